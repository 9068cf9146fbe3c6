import type { EventRow, ViewRow } from '../rows.js';
import type { InsertResult } from '../store.js';
import type { SqlClient, SqlRunner } from './client.js';
import type { Dialect } from './dialect.js';
import { markTouched } from './rollup/marks.js';
import { execute, queryRows, type Sql, sql } from './sql.js';
import { EVENT_TABLE, type Table, VIEW_TABLE } from './tables.js';

/** One statement's worth: bounds the JSON parameter, not what a call may hold. */
const CHUNK_ROWS = 2000;
/** ms; the wait for a connection, and for all statements of one call. */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };

/** @see {@link RumStore.insert} */
export async function insert(
  client: SqlClient,
  dialect: Dialect,
  writer: string,
  rows: { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] },
): Promise<InsertResult> {
  const views = fold(rows.views, (view) => view.revision);
  const events = fold(rows.events, () => 0);
  if (views.length + events.length === 0) return { accepted: new Set(), duplicate: new Set() };
  const write = (into: Write) =>
    client.$transaction(async (transaction) => {
      const newViews = await insertInto(transaction, dialect, VIEW_TABLE, views, into);
      const newEvents = await insertInto(transaction, dialect, EVENT_TABLE, events, into);
      await markTouched(transaction, dialect, writer, {
        views: writtenOf(views, newViews),
        events: writtenOf(events, newEvents),
      });
      return [...newViews, ...newEvents];
    }, TRANSACTION);
  // Nearly always every row is new, which a count tells; handing each id back costs a quarter of the time more.
  const written = await write(allOrNone).catch((error: unknown) => {
    if (error instanceof SomeKnownError) return write(whichAreNew);
    throw error;
  });
  const accepted = new Set(written);
  const duplicate = new Set<string>();
  for (const { id } of [...views, ...events]) if (!accepted.has(id)) duplicate.add(id);
  return { accepted, duplicate };
}

function writtenOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  written: readonly string[],
): readonly Row[] {
  if (written.length === rows.length) return rows;
  const ids = new Set(written);
  return rows.filter(({ id }) => ids.has(id));
}

/** Runs one insert. @returns The ids of the rows that were written. */
type Write = (runner: SqlRunner, statement: Sql, ids: readonly string[]) => Promise<readonly string[]>;

const allOrNone: Write = async (runner, statement, ids) => {
  if ((await execute(runner, statement)) < ids.length) throw new SomeKnownError();
  return ids;
};

const whichAreNew: Write = async (runner, statement) =>
  (await queryRows<{ id: string }>(runner, sql`${statement} RETURNING id`)).map(({ id }) => id);

/** Rolls a transaction back whose rows were not all new. Never leaves this file. */
class SomeKnownError extends Error {}

/** @returns The ids of the rows that were written. */
async function insertInto<Row extends { readonly id: string }>(
  runner: SqlRunner,
  dialect: Dialect,
  table: Table<Row>,
  rows: readonly Row[],
  write: Write,
): Promise<readonly string[]> {
  const written: string[] = [];
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const chunk = rows.slice(start, start + CHUNK_ROWS);
    // SQLite needs the WHERE: without it ON would belong to a join (https://sqlite.org/lang_upsert.html#parsing_ambiguity).
    const statement = sql`INSERT INTO ${table.name} (${table.columnNames})
        SELECT ${table.columnNames} FROM ${dialect.rowsOf(table, chunk)} WHERE true
        ON CONFLICT (app, id) ${table.onConflict}`;
    const ids = await write(
      runner,
      statement,
      chunk.map((row) => row.id),
    );
    for (const id of ids) written.push(id);
  }
  return written;
}

/**
 * Each key once, with its highest revision, by id: in one order for all writers, so that two with rows in common wait for
 * each other instead of deadlocking.
 */
function fold<Row extends { readonly app: string; readonly id: string }>(
  rows: readonly Row[],
  revisionOf: (row: Row) => number,
): readonly Row[] {
  const ordered = [...rows].sort(
    (a, b) => compare(a.id, b.id) || compare(a.app, b.app) || revisionOf(b) - revisionOf(a),
  );
  return ordered.filter((row, index) => {
    const before = ordered[index - 1];
    return before === undefined || before.id !== row.id || before.app !== row.app;
  });
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
