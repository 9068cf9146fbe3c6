import { DIMENSIONS } from '../../rollup/cells.js';
import type { Grain } from '../../rollup/grains.js';
import type { SqlClient, SqlRunner } from '../client.js';
import { execute, joinSql, sql } from '../sql.js';

/** Rows of one transaction, so that no lock is held for long. */
const MAX_ROWS = 5000;
/** ms */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };

/**
 * Deletes rollups of an app whose buckets begin before a moment, epoch ms, piece by piece.
 *
 * @param first Called in each transaction.
 * @returns How many there were.
 */
export async function deleteRollups(
  client: SqlClient,
  { app, grain, before }: { readonly app: string; readonly grain: Grain; readonly before: number },
  first: (transaction: SqlRunner) => Promise<void> = async () => undefined,
): Promise<number> {
  const names = joinSql(
    DIMENSIONS.map((dimension) => sql`${dimension}`),
    ', ',
  );
  for (let deleted = 0; ; ) {
    const count = await client.$transaction(async (transaction) => {
      await first(transaction);
      return execute(
        transaction,
        sql`DELETE FROM rum_rollup WHERE (app, grain, dimension, bucket, value) IN (
          SELECT app, grain, dimension, bucket, value FROM rum_rollup
          WHERE app = ${app} AND grain = ${grain} AND dimension IN (${names}) AND bucket < ${BigInt(before)}
          LIMIT ${BigInt(MAX_ROWS)}
        )`,
      );
    }, TRANSACTION);
    deleted += count;
    if (count < MAX_ROWS) return deleted;
  }
}
