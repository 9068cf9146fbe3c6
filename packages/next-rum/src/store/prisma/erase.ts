import { GRAIN_MS, type Grain } from '../rollup/grains.js';
import { botsOf } from '../rows.js';
import type { EraseSelector } from '../store.js';
import type { SqlClient } from './client.js';
import { eraseDeadLetters } from './deadLetters.js';
import { type Doomed, deleteRows } from './deleteRows.js';
import { eraseUser } from './eraseUser.js';
import type { ErasingSource } from './erasingSource.js';
import { dropFindings } from './findings/findingRows.js';
import { emptyLog, giveSpaceBack } from './giveSpaceBack.js';
import { deleteRollups } from './rollup/deleteRollups.js';
import { readSince } from './rollup/knowledge.js';
import { sql } from './sql.js';
import { eraseTitles } from './watch/eraseTitles.js';
import { eraseWatched } from './watch/eraseWatched.js';

interface Erased {
  readonly views: number;
  readonly events: number;
}

/**
 * Rollups are made anew without what was erased. Those of a time whose raw rows are gone already cannot be: of them, what
 * was erased `before` a moment takes each bucket along that began before it.
 *
 * @see {@link RumStore.erase}
 */
export async function erase(source: ErasingSource, selector: EraseSelector): Promise<Erased> {
  const sum = { views: 0, events: 0 };
  for (const app of new Set([selector.app, botsOf(selector.app)])) {
    const { views, events } = await eraseOf(source, { ...selector, app });
    sum.views += views;
    sum.events += events;
  }
  await giveSpaceBack(source.client);
  await emptyLog(source.client);
  return sum;
}

async function eraseOf(source: ErasingSource, selector: EraseSelector): Promise<Erased> {
  const { client } = source;
  const { app } = selector;
  const erased = await eraseRows(source, selector);
  if ('before' in selector) await eraseRollups(client, app, Math.ceil(selector.before));
  await eraseWatched(client, selector);
  if (erased.views + erased.events > 0) {
    await dropFindings(client, app);
    await eraseTitles(source, app);
  }
  return erased;
}

async function eraseRows(source: ErasingSource, selector: EraseSelector): Promise<Erased> {
  if ('user' in selector) return eraseUser(source, selector);
  const { client, dialect, writer } = source;
  const { app } = selector;
  const which = selected(selector);
  const views = await deleteRows(client, dialect, { kind: 'views', app, which }, writer);
  const events = await deleteRows(client, dialect, { kind: 'events', app, which }, writer);
  await eraseDeadLetters(client, selector);
  return { views, events };
}

async function eraseRollups(client: SqlClient, app: string, before: number): Promise<void> {
  const { raw } = await readSince(client);
  for (const grain of Object.keys(GRAIN_MS) as Grain[]) {
    const end = before < raw ? before : Math.floor(before / GRAIN_MS[grain]) * GRAIN_MS[grain];
    await deleteRollups(client, { app, grain, before: end });
  }
}

function selected(selector: Exclude<EraseSelector, { readonly user: string }>): Doomed {
  if ('visitor' in selector) return { where: sql`visitor = ${selector.visitor}` };
  return 'before' in selector ? { before: selector.before } : { where: sql`sample` };
}
