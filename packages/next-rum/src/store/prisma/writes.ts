import type { EventRow, ViewRow } from '../rows.js';
import type { InsertResult } from '../store.js';
import type { SqlClient, SqlRunner } from './client.js';
import type { Dialect } from './dialect.js';
import { distinctMinutes, type EncodedInsert, type EncodedRows, encodeInsert } from './encodeInsert.js';
import { markTouched } from './rollup/marks.js';
import { execute, queryRows, type Sql, sql } from './sql.js';
import { EVENT_TABLE, type StoredRow, type Table, VIEW_TABLE } from './tables.js';

/** ms; the wait for a connection, and for all statements of one call. */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };

/** What {@link InsertResult} is made from: the ids of the rows that were written, or null where it was all of them. */
type Written = readonly string[] | null;

interface Rows {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

/** @see {@link RumStore.insert} */
export async function insert(
  client: SqlClient,
  dialect: Dialect,
  writer: string,
  rows: Rows,
): Promise<InsertResult> {
  return insertResult(rows, await writeEncoded(client, dialect, writer, encodeInsert(dialect, rows)));
}

function insertResult({ views, events }: Rows, written: Written): InsertResult {
  const accepted = new Set(written);
  const duplicate = new Set<string>();
  for (const rows of [views, events]) {
    for (const { id } of rows) {
      if (written === null) accepted.add(id);
      else if (!accepted.has(id)) duplicate.add(id);
    }
  }
  return { accepted, duplicate };
}

/**
 * Writes encoded rows in one transaction.
 *
 * @param writer Name of this store, under which it marks minutes.
 */
async function writeEncoded(
  client: SqlClient,
  dialect: Dialect,
  writer: string,
  rows: EncodedInsert,
): Promise<Written> {
  const inTransaction = <T>(write: (transaction: SqlRunner) => Promise<T>) =>
    client.$transaction(write, TRANSACTION);
  if (rows.minutes.length === 0) return [];
  try {
    // Nearly always every row is new, which a count tells; handing each id back costs a quarter of the time more.
    await inTransaction(async (transaction) => {
      await insertAll(transaction, dialect, VIEW_TABLE, rows.views);
      await insertAll(transaction, dialect, EVENT_TABLE, rows.events);
      await markTouched(transaction, dialect, writer, rows.minutes, rows.revised);
    });
    return null;
  } catch (error) {
    if (!(error instanceof SomeKnownError)) throw error;
  }
  return inTransaction(async (transaction) => {
    const views = await insertNew(transaction, dialect, VIEW_TABLE, rows.views, sql`started_at`);
    const events = await insertNew(transaction, dialect, EVENT_TABLE, rows.events, sql`occurred_at`);
    const ids = [...views, ...events].map(({ id }) => id);
    const written = new Set(ids);
    await markTouched(
      transaction,
      dialect,
      writer,
      distinctMinutes([...views, ...events]),
      rows.revised.filter(({ id }) => written.has(id)),
    );
    return ids;
  });
}

/** Rolls a transaction back whose rows were not all new. Never leaves this file. */
class SomeKnownError extends Error {}

async function insertAll<Row>(
  runner: SqlRunner,
  dialect: Dialect,
  table: Table<Row>,
  chunks: readonly EncodedRows[],
): Promise<void> {
  for (const { json, count } of chunks) {
    if ((await execute(runner, insertion(dialect, table, json))) < count) throw new SomeKnownError();
  }
}

/** A row that was written, with its time in epoch ms. */
interface NewRow {
  readonly app: string;
  readonly id: string;
  readonly time: number;
}

async function insertNew<Row>(
  runner: SqlRunner,
  dialect: Dialect,
  table: Table<Row>,
  chunks: readonly EncodedRows[],
  time: Sql,
): Promise<readonly NewRow[]> {
  const written: NewRow[] = [];
  for (const { json } of chunks) {
    const rows = await queryRows<StoredRow & { readonly app: string; readonly id: string }>(
      runner,
      sql`${insertion(dialect, table, json)} RETURNING app, id, ${time} AS time`,
    );
    for (const { app, id, time: at } of rows) written.push({ app, id, time: Number(at) });
  }
  return written;
}

function insertion<Row>(dialect: Dialect, table: Table<Row>, json: string): Sql {
  // SQLite needs the WHERE: without it ON would belong to a join (https://sqlite.org/lang_upsert.html#parsing_ambiguity).
  return sql`INSERT INTO ${table.name} (${table.columnNames})
    SELECT ${table.columnNames} FROM ${dialect.rowsFrom(table, json)} WHERE true
    ON CONFLICT (app, id) ${table.onConflict}`;
}
