import { newId } from '../../protocol/newId.js';
import type { Collector } from '../collector.js';
import { endpointOf } from '../endpointOf.js';
import { listen } from '../listen.js';
import type { RumAgentOptions } from '../options.js';
import { registry } from '../registry.js';
import { isSettled } from '../transport/isSettled.js';
import type { Item } from '../transport/item.js';
import { type BodyKey, type BodyStore, deleteBodyStore, LEASE_MS, openBodyStore } from './bodyStore.js';
import { forgetLeftovers, leaveBehind, takeBack } from './leftovers.js';
import { createResender, type Resender } from './resender.js';

/** A body of this page that was not answered for. */
interface OwnBody {
  readonly key: BodyKey;
  /** By id, less those of which a later body has this or a newer revision, and those that were answered for. */
  readonly items: Map<string, Item>;
  /** Not known to be in the database yet. */
  text?: string | undefined;
}

/** Leaves the page's own start alone, in ms. */
const START_DELAY_MS = 2000;

/**
 * Keeps each batch in IndexedDB from when it goes until it was answered for, and sends again what earlier pages left there.
 *
 * Only where the visitor has consented. Where nothing can be stored the agent goes on as without it.
 *
 * @param mayStore Whether the browser may be given anything to store, asked each time.
 * @param fetch For what is sent again.
 */
export function createOffline(
  options: RumAgentOptions,
  mayStore: () => boolean,
  fetch: typeof globalThis.fetch,
): Collector {
  const url = new URL(endpointOf(options), document.baseURI).href;

  return {
    name: 'offline',
    start({ now, lose, on }) {
      const page = registry();
      const own = new Set<OwnBody>();
      let store: BodyStore | undefined;
      let resender: Resender | undefined;
      let isOpened = false;
      /** Storage is blocked, or was closed from outside. */
      let isUnusable = false;
      let isOver = false;
      let isLeaving = false;

      if (options.privacy !== 'consent') {
        console.warn("RUM: offline keeps nothing — it stores in the browser, which needs privacy: 'consent'");
        return [];
      }

      function isOwn([, , , id]: BodyKey): boolean {
        return [...own].some(({ key }) => key[3] === id);
      }

      function close(): void {
        isUnusable = true;
        own.clear();
        resender?.stop();
        store?.close();
        store = undefined;
      }

      function write(body: OwnBody, superseded: readonly BodyKey[]): void {
        const { key, text } = body;
        if (text === undefined || !mayStore()) return;
        if (isLeaving) leaveBehind(key, { url, text });
        if (isLeaving || !store) return;
        const { put, tidy } = store;
        put(key, { url, text })
          .then(() => {
            body.text = undefined;
            takeBack(key);
            return tidy(superseded, isOwn);
          })
          .then(
            (dropped) => lose('queue_full', dropped),
            () => {
              // No room, or closed: the page goes on with what it holds in memory.
            },
          );
        resender?.wake(LEASE_MS);
      }

      async function open(): Promise<void> {
        if (isOpened || isOver || !mayStore()) return;
        isOpened = true;
        try {
          store = await openBodyStore(now, close);
        } catch {
          // Storage is blocked.
          return close();
        }
        // Meanwhile the visitor may have changed their mind.
        if (isOver || !mayStore()) return close();
        resender = createResender(store, {
          now,
          fetch,
          lose,
          mayResend: mayStore,
          isOwn,
        });
        for (const body of own) write(body, []);
        resender.wake(START_DELAY_MS);
      }

      function keep(items: readonly Item[], text: string): void {
        void open();
        // As long as the agent tries again, what was kept not long ago needs no new body each time.
        const fresh = [...own].filter(({ key }) => now() - key[0] <= LEASE_MS / 2);
        if (items.every((item) => fresh.some((body) => body.items.get(item.id) === item))) return;
        const superseded = forget(items, () => true);
        const bytes = new Blob([text]).size;
        const counted = items.filter(({ isLoss }) => !isLoss).length;
        const body: OwnBody = {
          key: [now(), bytes, counted, newId(now())],
          items: new Map(items.map((item) => [item.id, item])),
          text,
        };
        own.add(body);
        write(body, superseded);
      }

      /**
       * Takes items out of the bodies that have them.
       *
       * @param isMeant Tells for what a body has under an item's id whether it goes.
       * @returns Bodies that are empty now.
       */
      function forget(
        items: readonly Item[],
        isMeant: (known: Item | undefined, item: Item) => boolean,
      ): readonly BodyKey[] {
        const empty: BodyKey[] = [];
        for (const body of own) {
          for (const item of items) if (isMeant(body.items.get(item.id), item)) body.items.delete(item.id);
          if (body.items.size > 0) continue;
          own.delete(body);
          empty.push(body.key);
        }
        return empty;
      }

      /** Before the agent, which sends its last batches then. */
      function leave(): void {
        isLeaving = true;
        for (const body of own) write(body, []);
      }

      /** The page was in the back/forward cache, or frozen in the background. */
      function comeBack(): void {
        if (!isLeaving) return;
        isLeaving = false;
        for (const body of own) write(body, []);
      }

      on.send.push((items, text, status) => {
        if (status === undefined) {
          if (!mayStore() || isOver || isUnusable) return;
          keep(items, text);
          return true;
        }
        if (!isSettled(status)) return;
        for (const key of forget(items, (known, item) => known === item)) {
          takeBack(key);
          store?.remove(key).catch(() => {
            // Closed: then it is sent once more, and the collector knows it.
          });
        }
      });
      page.consentListeners.add(open);
      const unlisten = [
        listen(window, 'online', () => resender?.run()),
        listen(window, 'pagehide', leave),
        listen(document, 'freeze', leave),
        listen(window, 'pageshow', comeBack),
        listen(document, 'resume', comeBack),
      ];
      void open();

      return [
        ...unlisten,
        () => {
          isOver = true;
          page.consentListeners.delete(open);
          resender?.stop();
          if (page.consent !== 'denied') return;
          close();
          deleteBodyStore().catch(() => {
            // Storage is blocked: then there is nothing in it.
          });
          forgetLeftovers();
        },
      ];
    },
  };
}
