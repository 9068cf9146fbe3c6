import { parseDatabaseUrl } from '../databaseUrl.js';
import { openStore } from '../openStore.js';
import { DIALECTS } from '../prisma/dialect.js';
import { encodeInsert } from '../prisma/encodeInsert.js';
import { insertResult } from '../prisma/writes.js';
import type { JobOptions, RumStore } from '../store.js';
import type { AsOf } from './storeCalls.js';
import { type StoreThread, startStoreThread } from './storeThread.js';

/**
 * Opens a store like `openStore`, in a thread of its own: neither the database's native code nor the counting and merging of
 * what it answers holds up the event loop that serves the app. A thread that ended is started again by the next call.
 *
 * Where no thread can run the code, because a bundler left it behind, the store is opened in this one.
 *
 * @throws {StoreError} As `openStore`.
 */
export async function openStoreInThread(url: string): Promise<RumStore> {
  const dialect = DIALECTS[parseDatabaseUrl(url).provider];
  const spare = spareThreads();
  let thread = spare.get(url) ?? startStoreThread(url);
  spare.delete(url);
  let closing: Promise<void> | null = null;
  try {
    await thread.call('open');
  } catch (error) {
    if (thread.isStillborn()) return openStore(url);
    if (!thread.hasEnded()) spare.set(url, thread);
    throw error;
  }

  const call: StoreThread['call'] = (name, ...parameters) => {
    // One that was closed stays so, and says it.
    if (thread.hasEnded() && closing === null) thread = startStoreThread(url);
    return thread.call(name, ...parameters);
  };
  return {
    insert: async (rows) => insertResult(rows, await call('insertEncoded', encodeInsert(dialect, rows))),
    totals: (range) => call('totals', range),
    vitals: (range) => call('vitals', range),
    traffic: (range, bucketMs) => call('traffic', range, bucketMs),
    routes: (range, limit) => call('routes', range, limit),
    visitors: (range, pseudonyms) => call('visitors', range, pseudonyms),
    views: (range, limit) => call('views', range, limit),
    events: (range, limit) => call('events', range, limit),
    rollUp: (options) => call('rollUp', asOf(options)),
    retain: (options) => call('retain', asOf(options)),
    jobs: (now) => call('jobs', now),
    erase: (selector) => call('erase', selector),
    dailySalt: (day, now) => call('dailySalt', day, now),
    putAside: (letters) => call('putAside', letters),
    deadLetters: (app, limit) => call('deadLetters', app, limit),
    countDeadLetters: () => call('countDeadLetters'),
    deadLetterReasons: (limit) => call('deadLetterReasons', limit),
    addCounts: (counts, now) => call('addCounts', counts, now),
    counts: (from, to) => call('counts', from, to),
    sumCounts: (from, to) => call('sumCounts', from, to),
    admitLabels: (list, labels, limit) => call('admitLabels', list, labels, limit),
    addPoints: (key, points, change) => call('addPoints', key, points, change),
    points: (key, now) => call('points', key, now),
    endWindows: (which) => call('endWindows', which),
    ping: () => call('ping'),
    close: () => {
      closing ??= thread.close();
      return closing;
    },
  };
}

/**
 * Threads, by URL, whose database could not be opened: starting another one for each try would cost more than the try.
 * Shared, however often this module is bundled.
 */
function spareThreads(): Map<string, StoreThread> {
  const shared = globalThis as { [SPARE]?: Map<string, StoreThread> };
  shared[SPARE] ??= new Map();
  return shared[SPARE];
}
const SPARE: unique symbol = Symbol.for('@rumkit/next-rum/spare-threads');

function asOf<Options extends JobOptions>({ now, ...options }: Options): AsOf<Options> {
  return { ...options, now: now() };
}
