import type { Segment } from '../../rollup/planRange.js';
import { readSeen, SEEN_PLACES } from '../../rollup/seen.js';
import type { TimeRange } from '../../store.js';
import type { Dialect } from '../dialect.js';
import { queryList } from '../rollup/rawReads.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { type Planning, withPlan } from '../rollup/withPlan.js';
import { constantSql, queryRows, type Sql, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { errorSpans } from './errorSpans.js';
import { addError, addErrors, type Tallies } from './errorTally.js';
import { readToldErrors } from './toldErrors.js';

/** Counts the errors of a range, from rollups as far as they can be relied on; the rarest groups may be counted together. */
export async function countErrors(source: Source, range: TimeRange, stepMs: number): Promise<Tallies> {
  const { tallies } = await countGroups(source, range, { step: stepMs, only: null });
  return tallies;
}

/** @see {@link Planning}, of which `step` in ms */
interface Counting extends Pick<Planning, 'apart' | 'isWorth'> {
  readonly step: number;
  /** Groups; null for all. */
  readonly only: readonly string[] | null;
}

/** The same of some groups, or all, and whether groups were told apart. */
export function countGroups(
  source: Source,
  range: TimeRange,
  { only, ...planning }: Counting,
): Promise<{ readonly tallies: Tallies; readonly isApart: boolean }> {
  return withPlan(source, range, planning, async (plan, _, isApart) => {
    const tallies: Tallies = new Map();
    const { step } = planning;
    const wanted = only === null ? sql`` : sql`AND value IN (${namesOf(source.dialect, only)})`;
    const isWanted = only && new Set(only);
    for (const { value, t, n, seen } of await errorsByGroup(source, range.app, plan, step, wanted)) {
      addErrors(tallies, value, t, n, readSeen(seen));
    }
    const spans = await errorSpans(source, range.app, rawOf(plan));
    for await (const errors of readToldErrors(source, range.app, spans)) {
      for (const error of errors) {
        if (isWanted?.has(error.fingerprint) !== false) addError(tallies, error, step);
      }
    }
    return { tallies, isApart };
  });
}

/** A SELECT of the names of groups. */
export function namesOf(dialect: Dialect, fingerprints: readonly string[]): Sql {
  const names = fingerprints.map((name) => ({ name }));
  return sql`SELECT name FROM ${dialect.rowsOf(NAMES, names)}`;
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
