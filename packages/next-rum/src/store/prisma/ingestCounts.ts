import type { CountDelivery, IngestCount } from '../ingestStore.js';
import type { SqlClient, SqlRunner } from './client.js';
import { execute, joinSql, queryRows, sql } from './sql.js';
import type { StoredRow } from './tables.js';

/** ms */
const KEPT_FOR = 48 * 3_600_000;
/** ms */
const TRANSACTION = { maxWait: 5000, timeout: 15_000 };
/** What the name of a mark begins with. */
const MARK = 'delivery.';
const IS_COUNT = sql`counter NOT LIKE ${`${MARK}%`}`;

/** @see {@link IngestStore.addCounts} */
export async function addCounts(
  client: SqlClient,
  counts: readonly IngestCount[],
  now: number,
  delivery?: CountDelivery,
): Promise<void> {
  if (counts.length === 0) return;
  // Before the counts, so that what fails afterwards has not been added and can be added again.
  await forgetCounts(client, now);
  // In one order for all writers, so that two wait for each other instead of deadlocking.
  const ordered = [...counts].sort(
    (a, b) => a.minute - b.minute || (a.counter < b.counter ? -1 : a.counter > b.counter ? 1 : 0),
  );
  const rows = ordered.map(
    ({ minute, counter, amount }) => sql`(${BigInt(minute)}, ${counter}, ${BigInt(amount)})`,
  );
  await client.$transaction(async (transaction) => {
    if (delivery !== undefined && !(await isNew(transaction, delivery))) return;
    await execute(
      transaction,
      sql`INSERT INTO rum_ingest_minute (minute, counter, amount) VALUES ${joinSql(rows, ', ')}
        ON CONFLICT (minute, counter) DO UPDATE SET amount = rum_ingest_minute.amount + excluded.amount`,
    );
  }, TRANSACTION);
}

/** Leaves a mark, beside the counts and for as long as they are kept, by which the same delivery is known when it comes again. */
async function isNew(transaction: SqlRunner, { id, minute, known }: CountDelivery): Promise<boolean> {
  const marked = await execute(
    transaction,
    sql`INSERT INTO rum_ingest_minute (minute, counter, amount) VALUES (${BigInt(minute)}, ${MARK + id}, ${0n})
      ON CONFLICT (minute, counter) DO NOTHING`,
  );
  if (marked > 0 && known !== null) {
    await execute(
      transaction,
      sql`DELETE FROM rum_ingest_minute WHERE minute = ${BigInt(known.minute)} AND counter = ${MARK + known.id}`,
    );
  }
  return marked > 0;
}

/** Forgets minutes that are older than they may be. @param now Epoch ms. */
export async function forgetCounts(client: SqlClient, now: number): Promise<void> {
  await execute(
    client,
    sql`DELETE FROM rum_ingest_minute WHERE minute < ${BigInt(Math.floor(now) - KEPT_FOR)}`,
  );
}

/** @see {@link IngestStore.counts} */
export async function readCounts(client: SqlClient, from: number, to: number): Promise<IngestCount[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT minute, counter, amount FROM rum_ingest_minute
      WHERE minute >= ${BigInt(Math.ceil(from))} AND minute < ${BigInt(Math.ceil(to))} AND ${IS_COUNT} ORDER BY minute, counter`,
  );
  return rows.map((row) => ({
    minute: Number(row.minute),
    counter: String(row.counter),
    amount: Number(row.amount),
  }));
}

/** @see {@link IngestStore.sumCounts} */
export async function sumCounts(
  client: SqlClient,
  from: number,
  to: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT counter, CAST(SUM(amount) AS BIGINT) AS amount FROM rum_ingest_minute
      WHERE minute >= ${BigInt(Math.ceil(from))} AND minute < ${BigInt(Math.ceil(to))} AND ${IS_COUNT} GROUP BY counter`,
  );
  return new Map(rows.map((row) => [String(row.counter), Number(row.amount)]));
}
