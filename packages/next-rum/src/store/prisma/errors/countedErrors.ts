import { GRAIN_MS } from '../../rollup/grains.js';
import type { Segment } from '../../rollup/planRange.js';
import { readSeen, SEEN_PLACES } from '../../rollup/seen.js';
import type { TimeRange } from '../../store.js';
import { queryList } from '../rollup/rawReads.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { withPlan } from '../rollup/withPlan.js';
import { constantSql, queryRows, type Sql, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { errorSpans } from './errorSpans.js';
import { addError, addErrors, type Tallies } from './errorTally.js';
import { readToldErrors } from './toldErrors.js';

/**
 * Counts the errors of a range, from rollups as far as they can be relied on.
 *
 * @param only Only this group.
 */
export function countErrors(
  source: Source,
  range: TimeRange,
  stepMs: number,
  only: string | null = null,
): Promise<Tallies> {
  return withPlan(source, range, { step: stepMs }, async (plan) => {
    const tallies: Tallies = new Map();
    const wanted = only === null ? sql`` : sql`AND value = ${only}`;
    for (const { value, t, n, seen } of await errorsByGroup(source, range.app, plan, stepMs, wanted)) {
      addErrors(tallies, value, t, n, readSeen(seen));
    }
    const spans = await errorSpans(source, range.app, rawOf(plan));
    for await (const errors of readToldErrors(source, range.app, spans)) {
      for (const error of errors) {
        if (only === null || error.fingerprint === only) addError(tallies, error, stepMs);
      }
    }
    return tallies;
  });
}

/** How many errors there were, whichever they are. */
export async function sumErrors(source: Source, app: string, plan: readonly Segment[]): Promise<number> {
  const { client, dialect } = source;
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT sum(n) AS n ${rollupRows(dialect, app, plan, ['error'])}`,
  );
  let sum = Number(row?.n ?? 0);
  const spans = await errorSpans(source, app, rawOf(plan));
  for await (const errors of readToldErrors(source, app, spans)) {
    for (const { count } of errors) sum += count;
  }
  return sum;
}

interface ErrorSum {
  readonly value: string;
  readonly t: number;
  readonly n: number;
  /** As `writeSeen` writes it. */
  readonly seen: string;
}

async function errorsByGroup(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
  stepMs: number,
  wanted: Sql,
): Promise<readonly ErrorSum[]> {
  const rows = await queryList<readonly [string, number, number, string, string]>(
    client,
    dialect,
    sql`value, t, n, first, last`,
    sql`FROM (
      SELECT value, bucket - bucket % ${BigInt(stepMs)} AS t, sum(n) AS n,
        min(${seenPlace('first')}) AS first, max(${seenPlace('last')}) AS last
      ${rollupRows(dialect, app, plan, ['error'], wanted)} GROUP BY 1, 2
    ) AS sums`,
  );
  return rows.map(([value, t, n, first, last]) => ({ value, t, n, seen: `${first}${last}` }));
}

/** Of what is written with a count of errors, the part that says when. */
export function seenPlace(of: keyof typeof SEEN_PLACES): Sql {
  const [from, length] = SEEN_PLACES[of];
  return constantSql(`substr(sketch, ${from}, ${length})`);
}

/** How long before a range a group is looked for that may be new in it, ms. */
const NEW_AFTER = 30 * GRAIN_MS.day;

/** Which of some groups were there before a range already. */
export function knownBefore(
  source: Source,
  range: TimeRange,
  fingerprints: readonly string[],
): Promise<ReadonlySet<string>> {
  const from = Math.ceil(range.from);
  const before = { app: range.app, from: Math.max(0, from - NEW_AFTER), to: from };
  if (fingerprints.length === 0) return Promise.resolve(new Set());
  return withPlan(source, before, { step: GRAIN_MS.day }, async (plan) => {
    const { client, dialect } = source;
    const names = dialect.rowsOf(
      NAMES,
      fingerprints.map((name) => ({ name })),
    );
    const rows = await queryList<readonly [string]>(
      client,
      dialect,
      sql`value`,
      sql`FROM (
        SELECT DISTINCT value ${rollupRows(dialect, range.app, plan, ['error'], sql`AND value IN (SELECT name FROM ${names})`)}
      ) AS known`,
    );
    const known = new Set(rows.map(([value]) => value));
    const spans = await errorSpans(source, range.app, rawOf(plan));
    for await (const errors of readToldErrors(source, range.app, spans)) {
      for (const { fingerprint } of errors) known.add(fingerprint);
    }
    return known;
  });
}
