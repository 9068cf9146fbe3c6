import { GRAIN_MS } from '../../rollup/grains.js';
import type { TimeRange } from '../../store.js';
import { eventsIn } from '../population.js';
import { queryList } from '../rollup/rawReads.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { toldApart, withPlan } from '../rollup/withPlan.js';
import { sql } from '../sql.js';
import { countGroups, namesOf } from './countedErrors.js';
import { errorSpans } from './errorSpans.js';
import type { Tallies } from './errorTally.js';
import { readToldErrors } from './toldErrors.js';

/** Some groups of errors, by themselves. */
export interface OnlyGroups {
  readonly tallies: Tallies;
  /** Whether a group that is not among them did not happen, and the others not more often. */
  readonly isAll: boolean;
}

/** Counts the errors of some groups, from raw rows too where rollups count them together with others, as far as those can be read. */
export async function countOnly(
  source: Source,
  range: TimeRange,
  stepMs: number,
  only: readonly string[],
): Promise<OnlyGroups> {
  const isAll = await canTellGroups(source, range);
  const tallies = await countGroups(source, range, { step: stepMs, apart: isAll ? 'error' : null, only });
  return { tallies, isAll };
}

/** Whether each group of errors can be told, from rollups or from not too many raw rows. */
async function canTellGroups(source: Source, range: TimeRange): Promise<boolean> {
  const { told } = await toldApart(source, range, 'error');
  return told === 'all' || (told === 'some' && (await eventsIn(source, range)).oneErrorIn === 1);
}

/** How long before a range a group is looked for that may be new in it, ms. */
const NEW_AFTER = 30 * GRAIN_MS.day;

/** Which of some groups were there before a range already, or may have been, where that cannot be told. */
export async function knownBefore(
  source: Source,
  range: TimeRange,
  fingerprints: readonly string[],
): Promise<ReadonlySet<string>> {
  const from = Math.ceil(range.from);
  const before = { app: range.app, from: Math.max(0, from - NEW_AFTER), to: from };
  const counted = await groupsWithin(source, before, fingerprints, null);
  const missing = fingerprints.filter((fingerprint) => !counted.has(fingerprint));
  if (missing.length === 0 || (await toldApart(source, before, 'error')).told === 'all') return counted;
  if (!(await canTellGroups(source, before))) return new Set(fingerprints);
  return new Set([...counted, ...(await groupsWithin(source, before, missing, 'error'))]);
}

/** Which of some groups there are in a range. */
function groupsWithin(
  source: Source,
  range: TimeRange,
  fingerprints: readonly string[],
  apart: 'error' | null,
): Promise<ReadonlySet<string>> {
  if (fingerprints.length === 0) return Promise.resolve(new Set());
  return withPlan(source, range, { step: GRAIN_MS.day, apart }, async (plan) => {
    const { client, dialect } = source;
    const rows = await queryList<readonly [string]>(
      client,
      dialect,
      sql`value`,
      sql`FROM (
        SELECT DISTINCT value ${rollupRows(dialect, range.app, plan, ['error'], sql`AND value IN (${namesOf(dialect, fingerprints)})`)}
      ) AS known`,
    );
    const known = new Set(rows.map(([value]) => value));
    const spans = await errorSpans(source, range.app, rawOf(plan));
    for await (const errors of readToldErrors(source, range.app, spans)) {
      for (const { fingerprint } of errors) known.add(fingerprint);
      if (fingerprints.every((fingerprint) => known.has(fingerprint))) break;
    }
    return known;
  });
}
