import type { DeadLetter } from '../store/ingestStore.js';
import type { EventRow, ViewRow } from '../store/rows.js';
import type { InsertResult, RumStore } from '../store/store.js';
import { cleanText } from './cleanText.js';
import { reasonOf } from './log.js';
import { storeFailure } from './storeFailure.js';

/** What became of one row. `storage`: the database refuses this row, whatever it is sent with. */
export type RowOutcome = 'accepted' | 'duplicate' | 'storage';

/** A row on its way to the database, and what became of it once that is known. */
export type Entry = { outcome: RowOutcome | null } & (
  | { readonly kind: 'view'; readonly row: ViewRow }
  | { readonly kind: 'event'; readonly row: EventRow }
);

/**
 * Writes entries so that every id is given to the store once, and sets every entry's outcome. What the database refuses is
 * put aside.
 *
 * @throws What the store throws. Entries without an outcome may or may not be written.
 */
export async function commitRows(store: RumStore, entries: readonly Entry[]): Promise<void> {
  const poison: Poison[] = [];
  try {
    const ids = new Set(entries.map(({ row }) => row.id));
    if (ids.size === entries.length) await insertBisecting(store, entries, poison);
    else await insertRepeated(store, entries, poison);
  } finally {
    if (poison.length > 0) await putAside(store, poison);
  }
}

interface Poison {
  readonly entry: Entry;
  readonly reason: string;
}

async function insertRepeated(store: RumStore, entries: readonly Entry[], poison: Poison[]): Promise<void> {
  const chosen = new Map<string, Entry>();
  const superseded: Entry[] = [];
  for (const entry of entries) {
    const key = keyOf(entry);
    const other = chosen.get(key);
    if (other === undefined) chosen.set(key, entry);
    else if (revisionOf(entry) > revisionOf(other)) {
      chosen.set(key, entry);
      superseded.push(other);
    } else superseded.push(entry);
  }
  await insertBisecting(store, [...chosen.values()], poison);
  const again: Entry[] = [];
  for (const entry of superseded) {
    // Where the chosen one turned out to be poison, the next best has its chance.
    if (chosen.get(keyOf(entry))?.outcome === 'storage') again.push(entry);
    else entry.outcome = 'duplicate';
  }
  if (again.length > 0) await insertRepeated(store, again, poison);
}

/** Halves what the database refuses until the one bad row is found, so that it sinks alone. */
async function insertBisecting(store: RumStore, entries: readonly Entry[], poison: Poison[]): Promise<void> {
  let result: InsertResult;
  try {
    result = await store.insert({
      views: entries.flatMap((entry) => (entry.kind === 'view' ? entry.row : [])),
      events: entries.flatMap((entry) => (entry.kind === 'event' ? entry.row : [])),
    });
  } catch (error) {
    if (storeFailure(error) !== 'invalid_data') throw error;
    const [only] = entries;
    if (entries.length === 1 && only !== undefined) {
      only.outcome = 'storage';
      poison.push({ entry: only, reason: reasonOf(error) });
      return;
    }
    const middle = Math.ceil(entries.length / 2);
    await insertBisecting(store, entries.slice(0, middle), poison);
    await insertBisecting(store, entries.slice(middle), poison);
    return;
  }
  for (const entry of entries) {
    entry.outcome = result.accepted.has(entry.row.id) ? 'accepted' : 'duplicate';
  }
}

const MAX_REASON = 2000;
const MAX_PAYLOAD = 64 * 1024;

/** A database that is gone must see the row again; one that refuses even the letter has said all it will. */
async function putAside(store: RumStore, poison: readonly Poison[]): Promise<void> {
  const letters = poison.map(
    ({ entry: { kind, row }, reason }): DeadLetter => ({
      app: row.app,
      id: row.id,
      kind,
      visitor: row.visitor,
      receivedAt: row.receivedAt,
      reason: cleanText(reason, MAX_REASON),
      // JSON writes what no database can store as escapes.
      payload: JSON.stringify(row).slice(0, MAX_PAYLOAD),
    }),
  );
  try {
    await store.putAside(letters);
  } catch (error) {
    if (storeFailure(error) !== 'unavailable') return;
    for (const { entry } of poison) entry.outcome = null;
    throw error;
  }
}

function keyOf({ kind, row }: Entry): string {
  return `${kind} ${row.app} ${row.id}`;
}
function revisionOf(entry: Entry): number {
  return entry.kind === 'view' ? entry.row.revision : 0;
}
