import type { EventRow, ViewRow } from '../rows.js';
import type { EraseSelector, InsertResult } from '../store.js';
import type { SqlClient, SqlRunner } from './client.js';
import type { Dialect } from './dialect.js';
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
  rows: { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] },
): Promise<InsertResult> {
  const views = fold(rows.views, (view) => view.revision);
  const events = fold(rows.events, () => 0);
  if (views.length + events.length === 0) return { accepted: new Set(), duplicate: new Set() };
  const write = (into: Write) =>
    client.$transaction(
      async (transaction) => [
        ...(await insertInto(transaction, dialect, VIEW_TABLE, views, into)),
        ...(await insertInto(transaction, dialect, EVENT_TABLE, events, into)),
      ],
      TRANSACTION,
    );
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

/** @see {@link RumStore.erase} */
export async function erase(
  client: SqlClient,
  selector: EraseSelector,
): Promise<{ views: number; events: number }> {
  const [views, events] = selected(selector);
  return await client.$transaction(async (transaction) => {
    await eraseDeadLetters(transaction, selector);
    return {
      views: await execute(transaction, sql`DELETE FROM rum_view WHERE app = ${selector.app} AND ${views}`),
      events: await execute(
        transaction,
        sql`DELETE FROM rum_event WHERE app = ${selector.app} AND ${events}`,
      ),
    };
  }, TRANSACTION);
}

/** What was put aside says the same of a visitor as a row does, but is none of the rows counted. */
async function eraseDeadLetters(runner: SqlRunner, selector: EraseSelector): Promise<void> {
  if ('sample' in selector) return;
  const which =
    'visitor' in selector
      ? sql`visitor = ${selector.visitor}`
      : sql`received_at < ${BigInt(Math.ceil(selector.before))}`;
  await execute(runner, sql`DELETE FROM rum_dead_letter WHERE app = ${selector.app} AND ${which}`);
}

/** The condition on views and the one on events. */
function selected(selector: EraseSelector): readonly [Sql, Sql] {
  if ('visitor' in selector) {
    const ofVisitor = sql`visitor = ${selector.visitor}`;
    return [ofVisitor, ofVisitor];
  }
  if ('before' in selector) {
    const before = BigInt(Math.ceil(selector.before));
    return [sql`started_at < ${before}`, sql`occurred_at < ${before}`];
  }
  return [sql`sample`, sql`sample`];
}
