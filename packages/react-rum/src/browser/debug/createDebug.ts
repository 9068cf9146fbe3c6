import type { Collector } from '../collector.js';
import { guard } from '../guard.js';
import type { RumAgentOptions } from '../options.js';
import { registry } from '../registry.js';
import type { Item } from '../transport/item.js';
import { createLedger } from './ledger.js';
import { logBatch, logItem, say } from './log.js';
import { showOverlay } from './overlay.js';
import { takeSnapshot } from './snapshot.js';
import { type Outcome, type SentItem, watchBeforeSend } from './watchBeforeSend.js';

/** Tells the console what is captured, dropped, lost and sent, and shows this page's numbers in a small overlay. */
export function createDebug({ beforeSend }: RumAgentOptions): Collector {
  return {
    name: 'debug',
    start(context) {
      const page = registry();
      const ledger = createLedger();
      /** When batches under way were sent, `performance.now()`. */
      const sentAt = new WeakMap<readonly Item[], number>();
      let isOver = false;

      say(`debug mode, session ${page.agent?.sessionId()}, view ${page.agent?.viewId()}`);
      context.on.view.push(({ path, navigationType }) => {
        if (!isOver) say(`a view begins: ${path} · ${navigationType}`);
      });
      context.on.send.push((items, text, status, answer = {}) => {
        if (isOver) return;
        const time = performance.now();
        if (status === undefined) {
          sentAt.set(items, time);
          return;
        }
        const duration = time - (sentAt.get(items) ?? time);
        logBatch(
          items.map(({ json }) => JSON.parse(json)),
          text,
          status,
          answer,
          duration,
        );
        ledger.answer(
          items.map(({ id }) => id),
          status,
          answer,
          duration,
        );
      });
      const tell = guard((item: SentItem, outcome: Outcome) => {
        ledger.take(item, outcome);
        logItem(item, outcome);
      });
      const unwatch = watchBeforeSend(page.hooks, beforeSend, tell);
      let hide = (): void => {};
      // A browser without constructable style sheets has the console only.
      guard(() => {
        hide = showOverlay(() => takeSnapshot(context, page, ledger));
      })();

      return [
        unwatch,
        () => hide(),
        () => {
          isOver = true;
          say(page.consent === 'denied' ? 'recording ends: consent is denied' : 'recording ends');
        },
      ];
    },
  };
}
