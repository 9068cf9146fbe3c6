import { GRAIN_MS } from '../../rollup/grains.js';
import type { Knowledge } from '../../rollup/planRange.js';
import type { TimeRange } from '../../store.js';
import { eventsIn } from '../population.js';
import { queryList } from '../rollup/rawReads.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { type Apart, toldApart, withPlan } from '../rollup/withPlan.js';
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
  const { tallies, isApart } = await countGroups(source, range, {
    step: stepMs,
    only,
    apart: 'error',
    isWorth: (apart) => canTellGroups(source, range, apart),
  });
  return { tallies, isAll: isApart };
}

/** Whether each group of errors can be told, from rollups or from not too many raw rows. */
async function canTellGroups(source: Source, range: TimeRange, { told }: Apart): Promise<boolean> {
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
  if (fingerprints.length === 0) return new Set();
  const { groups, known } = await groupsWithin(source, before, fingerprints, null);
  const missing = fingerprints.filter((fingerprint) => !groups.has(fingerprint));
  if (missing.length === 0) return groups;
  const apart = await toldApart(source, before, 'error', known);
  if (apart.told === 'all') return groups;
  if (!(await canTellGroups(source, before, apart))) return new Set(fingerprints);
  const others = await groupsWithin(source, before, missing, 'error');
  return new Set([...groups, ...others.groups]);
}

/** Which of some groups there are in a range, and what is known of it. */
function groupsWithin(
  source: Source,
  range: TimeRange,
  fingerprints: readonly string[],
  apart: 'error' | null,
): Promise<{ readonly groups: ReadonlySet<string>; readonly known: Knowledge }> {
  return withPlan(source, range, { step: GRAIN_MS.day, apart }, async (plan, known) => {
    const { client, dialect } = source;
    const rows = await queryList<readonly [string]>(
      client,
      dialect,
      sql`value`,
      sql`FROM (
        SELECT DISTINCT value ${rollupRows(dialect, range.app, plan, ['error'], sql`AND value IN (${namesOf(dialect, fingerprints)})`)}
      ) AS known`,
    );
    const groups = new Set(rows.map(([value]) => value));
    const spans = await errorSpans(source, range.app, rawOf(plan));
    for await (const errors of readToldErrors(source, range.app, spans)) {
      for (const { fingerprint } of errors) groups.add(fingerprint);
      if (fingerprints.every((fingerprint) => groups.has(fingerprint))) break;
    }
    return { groups, known };
  });
}
