import type { Grain } from '../../rollup/grains.js';
import type { SqlRunner } from '../client.js';
import type { Dialect } from '../dialect.js';
import { rowsWithKeys } from '../rowsWithKeys.js';
import { execute, sql } from '../sql.js';
import { BUCKETS, TOUCHED_MINUTES, type TouchedMinute } from './rollupTables.js';

/**
 * Marks the minutes of rows that were just written, in their transaction: as its last statement, since whoever else marks a
 * minute waits for the end of it, and in one order for all, so that none waits for another in a circle.
 *
 * @param writer Name of this store. Each has marks of its own, so that instances do not wait for each other.
 * @param minutes Each once.
 * @param revised Views that may have been in another minute before.
 */
export async function markTouched(
  runner: SqlRunner,
  dialect: Dialect,
  writer: string,
  minutes: readonly TouchedMinute[],
  revised: readonly { readonly app: string; readonly id: string }[],
): Promise<void> {
  if (minutes.length === 0) return;
  const moved =
    revised.length === 0
      ? sql``
      : sql`UNION SELECT app, moved_from - moved_from % 60000
          ${rowsWithKeys(dialect, sql`rum_view`, revised, sql`moved_from IS NOT NULL`)}`;
  await execute(
    runner,
    sql`INSERT INTO rum_dirty (app, grain, bucket, writer, seq)
      SELECT app, 'minute', bucket, ${writer}, 1 FROM (
        SELECT app, bucket FROM ${dialect.rowsOf(TOUCHED_MINUTES, minutes)} ${moved}
      ) AS touched WHERE true ORDER BY app, bucket
      ON CONFLICT (app, grain, bucket, writer) DO UPDATE SET seq = rum_dirty.seq + 1`,
  );
}

/** Marks buckets of one app. */
export async function markBuckets(
  runner: SqlRunner,
  dialect: Dialect,
  writer: string,
  {
    app,
    grain,
    buckets,
  }: { readonly app: string; readonly grain: Grain; readonly buckets: Iterable<number> },
): Promise<void> {
  const distinct = [...new Set(buckets)].map((bucket) => ({ bucket }));
  if (distinct.length === 0) return;
  await execute(
    runner,
    sql`INSERT INTO rum_dirty (app, grain, bucket, writer, seq)
      SELECT ${app}, ${grain}, bucket, ${writer}, 1 FROM ${dialect.rowsOf(BUCKETS, distinct)} WHERE true ORDER BY bucket
      ON CONFLICT (app, grain, bucket, writer) DO UPDATE SET seq = rum_dirty.seq + 1`,
  );
}
