import { bucketOf } from '../rollup/grains.js';
import type { SqlClient, SqlRunner } from './client.js';
import type { Dialect } from './dialect.js';
import { idRangesOf } from './partitions/idRanges.js';
import { readPartitions } from './partitions/partitions.js';
import { passRows } from './passRows.js';
import { RAW_TABLES, type RawKind } from './rawTables.js';
import { markBuckets } from './rollup/marks.js';
import { constantSql, queryRows, type Sql, sql } from './sql.js';
import type { StoredRow } from './tables.js';

/** Rows of one transaction, so that no lock is held for long. */
const MAX_ROWS = 5000;
/** ms; for one transaction. */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };

/** Rows from before a moment, epoch ms, which an index finds, or those of which something else is true, for which all are passed. */
export type Doomed = { readonly before: number } | { readonly where: Sql };

interface Rows {
  readonly kind: RawKind;
  readonly app: string;
  readonly which: Doomed;
}

/**
 * Deletes rows of an app, piece by piece. They are looked for outside of the transactions, which only delete by key, so that
 * nobody who writes waits for the search.
 *
 * @param marked Null leaves the rollups as they are. Otherwise they are to be made anew without the rows; the name is the
 *   writer of the marks.
 * @param before Called in each transaction.
 * @returns How many there were.
 */
export async function deleteRows(
  client: SqlClient,
  dialect: Dialect,
  rows: Rows,
  marked: string | null,
  before: (transaction: SqlRunner) => Promise<void> = async () => undefined,
): Promise<number> {
  const { kind, app } = rows;
  const table = constantSql(RAW_TABLES[kind].name);
  const time = constantSql(RAW_TABLES[kind].time);
  let deleted = 0;
  // One partition at a time: of ids that may be anywhere PostgreSQL would look through all of them for each piece.
  const ranges = idRangesOf(await readPartitions(client, dialect, kind), sql`${table}.id`);
  for (const { condition } of ranges) {
    for await (const ids of findIds(client, rows, condition)) {
      // Asked again, since a view may have been replaced meanwhile, and not of an index.
      const doomed = sql`${dialect.hasIds(app, ids)} AND ${condition} AND (${conditionOf(rows)}) IS TRUE`;
      deleted += await client.$transaction(async (transaction) => {
        await before(transaction);
        const gone = await queryRows<StoredRow>(
          transaction,
          sql`DELETE FROM ${table} WHERE ${doomed} RETURNING ${time} AS at`,
        );
        if (marked !== null) {
          const buckets = gone.map(({ at }) => bucketOf(Number(at), 'minute'));
          await markBuckets(transaction, dialect, marked, { app, grain: 'minute', buckets });
        }
        return gone.length;
      }, TRANSACTION);
    }
  }
  return deleted;
}

function conditionOf({ kind, which }: Rows): Sql {
  if ('where' in which) return which.where;
  return sql`${constantSql(RAW_TABLES[kind].time)} < ${BigInt(Math.ceil(which.before))}`;
}

/** Ids within a range, in pieces. Whoever takes one deletes it before the next is looked for. */
function findIds(client: SqlClient, rows: Rows, range: Sql): AsyncGenerator<readonly string[]> {
  return 'before' in rows.which ? findByTime(client, rows, range) : findByPassing(client, rows, range);
}

async function* findByTime(client: SqlClient, rows: Rows, range: Sql): AsyncGenerator<readonly string[]> {
  const table = constantSql(RAW_TABLES[rows.kind].name);
  for (let count = MAX_ROWS; count === MAX_ROWS; ) {
    const ids = await idsOf(
      client,
      sql`SELECT id FROM ${table} WHERE app = ${rows.app} AND ${range} AND ${conditionOf(rows)} LIMIT ${BigInt(MAX_ROWS)}`,
    );
    count = ids.length;
    if (count > 0) yield ids;
  }
}

async function* findByPassing(client: SqlClient, rows: Rows, range: Sql): AsyncGenerator<readonly string[]> {
  const table = constantSql(RAW_TABLES[rows.kind].name);
  for await (const piece of passRows(client, rows, range)) {
    const ids = await idsOf(client, sql`SELECT id FROM ${table} WHERE ${piece} AND ${conditionOf(rows)}`);
    for (let from = 0; from < ids.length; from += MAX_ROWS) yield ids.slice(from, from + MAX_ROWS);
  }
}

async function idsOf(client: SqlClient, statement: Sql): Promise<readonly string[]> {
  return (await queryRows<{ readonly id: string }>(client, statement)).map(({ id }) => id);
}
