import { GRAIN_MS } from '../../rollup/grains.js';
import { joinSql, type Sql, sql } from '../sql.js';

/** The ids of one partition. */
export interface IdRange {
  /** Start of the UTC day whose ids they are, epoch ms; null for those of no day that has a partition. */
  readonly day: number | null;
  /** True of exactly these ids. */
  readonly condition: Sql;
}

/** The least UUIDv7 of a moment. Whole, so that it sorts in any collation as it does by code points. */
export function firstIdOf(time: number): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/**
 * Cuts all ids by partitions, so that a statement about one of them need not look at the others. Every id is in exactly one
 * range, whatever the days: partitions that were made or dropped meanwhile cost time, never truth.
 *
 * @param days Starts of UTC days, epoch ms, in order.
 * @param id The column.
 */
export function idRangesOf(days: readonly number[], id: Sql = sql`id`): readonly IdRange[] {
  const within = (day: number): Sql =>
    sql`(${id} >= ${firstIdOf(day)} AND ${id} < ${firstIdOf(day + GRAIN_MS.day)})`;
  return [
    ...days.map((day) => ({ day, condition: within(day) })),
    { day: null, condition: outside(days, id) },
  ];
}

function outside(days: readonly number[], id: Sql): Sql {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return sql`true`;
  const gaps = days.flatMap((day, index) => {
    const next = days[index + 1];
    const ends = day + GRAIN_MS.day;
    if (next === undefined || next === ends) return [];
    return [sql`(${id} >= ${firstIdOf(ends)} AND ${id} < ${firstIdOf(next)})`];
  });
  const pieces = [sql`${id} < ${firstIdOf(first)}`, ...gaps, sql`${id} >= ${firstIdOf(last + GRAIN_MS.day)}`];
  return sql`(${joinSql(pieces, ' OR ')})`;
}
