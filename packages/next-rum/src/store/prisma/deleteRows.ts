import { bucketOf } from '../rollup/grains.js';
import type { SqlClient, SqlRunner } from './client.js';
import type { Dialect } from './dialect.js';
import { idRangesOf } from './partitions/idRanges.js';
import { readPartitions } from './partitions/partitions.js';
import { RAW_TABLES, type RawKind } from './rawTables.js';
import { markBuckets } from './rollup/marks.js';
import { constantSql, queryRows, type Sql, sql } from './sql.js';
import type { StoredRow } from './tables.js';

/** Rows of one transaction, so that no lock is held for long. */
const MAX_ROWS = 5000;
/** ms; for one transaction. */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };

/**
 * Deletes rows of an app, piece by piece.
 *
 * @param marked Null leaves the rollups as they are. Otherwise they are to be made anew without the rows; the name is the
 *   writer of the marks.
 * @param before Called in each transaction.
 * @returns How many there were.
 */
export async function deleteRows(
  client: SqlClient,
  dialect: Dialect,
  { kind, app, which }: { readonly kind: RawKind; readonly app: string; readonly which: Sql },
  marked: string | null,
  before: (transaction: SqlRunner) => Promise<void> = async () => undefined,
): Promise<number> {
  const table = constantSql(RAW_TABLES[kind].name);
  const time = constantSql(RAW_TABLES[kind].time);
  let deleted = 0;
  // One partition at a time: of ids that may be anywhere PostgreSQL would look through all of them for each piece.
  for (const { condition } of idRangesOf(await readPartitions(client, dialect, kind))) {
    for (let count = MAX_ROWS; count === MAX_ROWS; deleted += count) {
      count = await client.$transaction(async (transaction) => {
        await before(transaction);
        const rows = await queryRows<StoredRow>(
          transaction,
          // Outside of the list the app is not named on its own: where PostgreSQL has not counted the rows of a new app yet it takes
          // them for one, and would go through the list again for each of them.
          sql`DELETE FROM ${table} WHERE ${condition} AND (app, id) IN (
              SELECT app, id FROM ${table} WHERE app = ${app} AND ${condition} AND ${which} LIMIT ${BigInt(MAX_ROWS)}
            ) RETURNING ${time} AS at`,
        );
        if (marked !== null) {
          const buckets = rows.map(({ at }) => bucketOf(Number(at), 'minute'));
          await markBuckets(transaction, dialect, marked, { app, grain: 'minute', buckets });
        }
        return rows.length;
      }, TRANSACTION);
    }
  }
  return deleted;
}
