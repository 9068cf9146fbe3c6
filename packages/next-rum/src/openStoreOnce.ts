import type { RetentionDays } from './server/config.js';
import { createLog, reasonOf } from './server/log.js';
import { toRetention } from './server/retention.js';
import { storeFailure } from './server/storeFailure.js';
import { openStore } from './store/openStore.js';
import { runJobs } from './store/runJobs.js';
import type { RumStore } from './store/store.js';
import { openStoreInThread } from './store/thread/openStoreInThread.js';

/**
 * Gives the store of a database, opened on first use; one per database and process, because Next bundles a module once
 * for every kind of entry and each copy would hold a connection of its own. A failed opening is not remembered. The store's jobs run until
 * it is closed.
 *
 * @param database `file:` or `postgresql:` URL.
 * @param inThread Whether in a thread of its own, beside the app's event loop.
 */
export function openStoreOnce(
  database: string,
  { retention, inThread }: { readonly retention: RetentionDays; readonly inThread: boolean },
): Promise<RumStore> {
  const shared = globalThis as { [STORES]?: Map<string, Promise<RumStore>> };
  shared[STORES] ??= new Map();
  const stores = shared[STORES];
  const known = stores.get(database);
  if (known !== undefined) return known;
  const open = inThread ? openStoreInThread : openStore;
  const opening = open(database).then((store) => withJobs(store, retention));
  stores.set(database, opening);
  opening.catch(() => {
    // Whoever awaits `opening` learns the reason; the next request opens anew.
    stores.delete(database);
  });
  return opening;
}

function withJobs(store: RumStore, retention: RetentionDays): RumStore {
  const log = createLog(console.error, Date.now);
  const stop = runJobs(store, {
    now: Date.now,
    retention: toRetention(retention),
    onError: (job, error) => log('job_failed', { job, code: storeFailure(error), reason: reasonOf(error) }),
  });
  return {
    ...store,
    close: async () => {
      await stop();
      await store.close();
    },
  };
}

const STORES: unique symbol = Symbol.for('@rumkit/next-rum/stores');
