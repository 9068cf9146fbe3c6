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
  /** Ids of its items, less those that a later body has. */
  readonly ids: Set<string>;
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
      const own = new Map<readonly Item[], OwnBody>();
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
            return tidy(superseded);
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
          isOwn: ([, , , id]) => [...own.values()].some(({ key }) => key[3] === id),
        });
        for (const body of own.values()) write(body, []);
        resender.wake(START_DELAY_MS);
      }

      function keep(items: readonly Item[], text: string): void {
        void open();
        if (isKept(items)) return;
        const superseded: BodyKey[] = [];
        for (const [older, { key, ids }] of own) {
          for (const { id } of items) ids.delete(id);
          if (ids.size > 0) continue;
          own.delete(older);
          superseded.push(key);
        }
        const bytes = new Blob([text]).size;
        const counted = items.filter(({ isLoss }) => !isLoss).length;
        const body: OwnBody = {
          key: [now(), bytes, counted, newId(now())],
          ids: new Set(items.map(({ id }) => id)),
          text,
        };
        own.set(items, body);
        write(body, superseded);
      }

      /** The very same items were kept not long ago: as long as the agent tries again, they need no new body each time. */
      function isKept(items: readonly Item[]): boolean {
        for (const [older, body] of own) {
          const isSame = older.length === items.length && older.every((item, index) => item === items[index]);
          if (!isSame || body.ids.size < items.length || now() - body.key[0] > LEASE_MS / 2) continue;
          own.delete(older);
          own.set(items, body);
          return true;
        }
        return false;
      }

      /** Before the agent, which sends its last batches then. */
      function leave(): void {
        isLeaving = true;
        for (const body of own.values()) write(body, []);
      }

      /** The page was in the back/forward cache, or frozen in the background. */
      function comeBack(): void {
        if (!isLeaving) return;
        isLeaving = false;
        for (const body of own.values()) write(body, []);
      }

      on.send.push((items, text, status) => {
        const body = own.get(items);
        if (status === undefined) {
          if (!mayStore() || isOver || isUnusable) return;
          keep(items, text);
          return true;
        }
        if (body && isSettled(status)) {
          own.delete(items);
          if (body.text !== undefined) takeBack(body.key);
          store?.remove(body.key).catch(() => {
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
