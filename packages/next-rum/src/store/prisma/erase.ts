import { GRAIN_MS, type Grain } from '../rollup/grains.js';
import type { EraseSelector } from '../store.js';
import type { SqlClient } from './client.js';
import { deleteRows } from './deleteRows.js';
import type { Dialect } from './dialect.js';
import { dropFindings } from './findings/findingRows.js';
import { readSince } from './rollup/knowledge.js';
import { execute, type Sql, sql } from './sql.js';

/**
 * Rollups are made anew without what was erased. Those of a time whose raw rows are gone already cannot be: of them, what
 * was erased `before` a moment takes each bucket along that began before it.
 *
 * @see {@link RumStore.erase}
 */
export async function erase(
  {
    client,
    dialect,
    writer,
  }: { readonly client: SqlClient; readonly dialect: Dialect; readonly writer: string },
  selector: EraseSelector,
): Promise<{ views: number; events: number }> {
  const { app } = selector;
  const [ofViews, ofEvents] = selected(selector);
  const views = await deleteRows(client, dialect, { kind: 'views', app, which: ofViews }, writer);
  const events = await deleteRows(client, dialect, { kind: 'events', app, which: ofEvents }, writer);
  await eraseDeadLetters(client, selector);
  if (views + events > 0) await dropFindings(client, app);
  if ('before' in selector) await eraseRollups(client, app, Math.ceil(selector.before));
  return { views, events };
}

/** What was put aside says the same of a visitor as a row does, but is none of the rows counted. */
async function eraseDeadLetters(client: SqlClient, selector: EraseSelector): Promise<void> {
  if ('sample' in selector) return;
  const which =
    'visitor' in selector
      ? sql`visitor = ${selector.visitor}`
      : sql`received_at < ${BigInt(Math.ceil(selector.before))}`;
  await execute(client, sql`DELETE FROM rum_dead_letter WHERE app = ${selector.app} AND ${which}`);
}

async function eraseRollups(client: SqlClient, app: string, before: number): Promise<void> {
  const { raw } = await readSince(client);
  for (const grain of Object.keys(GRAIN_MS) as Grain[]) {
    const end = before < raw ? before : Math.floor(before / GRAIN_MS[grain]) * GRAIN_MS[grain];
    await execute(
      client,
      sql`DELETE FROM rum_rollup WHERE app = ${app} AND grain = ${grain} AND bucket < ${BigInt(end)}`,
    );
  }
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
