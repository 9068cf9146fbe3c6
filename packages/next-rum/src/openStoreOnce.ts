import { openStore } from './store/openStore.js';
import type { RumStore } from './store/store.js';

/**
 * Gives the store of a database, opened on first use; one per database and process, because Next bundles a module once
 * for every kind of entry and each copy would hold a connection of its own. A failed opening is not remembered.
 *
 * @param database `file:` or `postgresql:` URL.
 */
export function openStoreOnce(database: string): Promise<RumStore> {
  const shared = globalThis as { [STORES]?: Map<string, Promise<RumStore>> };
  shared[STORES] ??= new Map();
  const stores = shared[STORES];
  const known = stores.get(database);
  if (known !== undefined) return known;
  const opening = openStore(database);
  stores.set(database, opening);
  opening.catch(() => {
    // Whoever awaits `opening` learns the reason; the next request opens anew.
    stores.delete(database);
  });
  return opening;
}

const STORES: unique symbol = Symbol.for('@rumkit/next-rum/stores');
