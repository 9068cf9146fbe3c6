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
  const given = new Set([...rows.views, ...rows.events].map(({ id }) => id));
  if (given.size === 0) return { accepted: new Set(), duplicate: new Set() };
  const views = foldViews(rows.views);
  const events = foldEvents(rows.events);
  const write = (into: Write) =>
    client.$transaction(
      async (transaction) =>
        new Set([
          ...(await insertInto(transaction, dialect, VIEW_TABLE, views, into)),
          ...(await insertInto(transaction, dialect, EVENT_TABLE, events, into)),
        ]),
      TRANSACTION,
    );
  // Nearly always every row is new, which a count tells; handing each id back costs a quarter of the time more.
  const accepted = await write(allOrNone).catch((error: unknown) => {
    if (error instanceof SomeKnownError) return write(whichAreNew);
    throw error;
  });
  return { accepted, duplicate: new Set([...given].filter((id) => !accepted.has(id))) };
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
  // In one order for all writers, so that two with rows in common wait for each other instead of deadlocking.
  const ordered = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const written: string[] = [];
  for (let start = 0; start < ordered.length; start += CHUNK_ROWS) {
    const chunk = ordered.slice(start, start + CHUNK_ROWS);
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

function foldViews(views: readonly ViewRow[]): ViewRow[] {
  const highest = new Map<string, ViewRow>();
  for (const view of views) {
    const known = highest.get(keyOf(view));
    if (!known || known.revision < view.revision) highest.set(keyOf(view), view);
  }
  return [...highest.values()];
}

function foldEvents(events: readonly EventRow[]): EventRow[] {
  const first = new Map<string, EventRow>();
  for (const event of events) if (!first.has(keyOf(event))) first.set(keyOf(event), event);
  return [...first.values()];
}

function keyOf({ app, id }: { readonly app: string; readonly id: string }): string {
  // Neither holds U+0000: no database could store it.
  return `${app}\0${id}`;
}

/** @see {@link RumStore.erase} */
export async function erase(
  client: SqlClient,
  selector: EraseSelector,
): Promise<{ views: number; events: number }> {
  const [views, events] = selected(selector);
  return await client.$transaction(
    async (transaction) => ({
      views: await execute(transaction, sql`DELETE FROM rum_view WHERE app = ${selector.app} AND ${views}`),
      events: await execute(
        transaction,
        sql`DELETE FROM rum_event WHERE app = ${selector.app} AND ${events}`,
      ),
    }),
    TRANSACTION,
  );
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
