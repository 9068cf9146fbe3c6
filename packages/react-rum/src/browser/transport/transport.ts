import type { RumEvent, ViewDocument } from '../../protocol/index.js';
import { type BatchHead, batchContext, ENVELOPE_BYTES, writeBatch } from './batch.js';
import { createDelivery, KEEPALIVE_BYTES } from './delivery.js';
import { createFlushPolicy } from './flushPolicy.js';
import type { Losses } from './losses.js';
import { createQueue } from './queue.js';
import { createRetryGate } from './retryGate.js';

/** The way out of the page. */
export interface Transport {
  add(item: ViewDocument | RumEvent): void;
  /** There is something that `pull` will add. */
  changed(): void;
  flush(): Promise<void>;
  /** @param last The document itself goes. */
  leave(last: boolean): void;
  stop(): void;
}

export interface TransportOptions {
  readonly endpoint: string;
  readonly head: BatchHead;
  /** ms */
  readonly flushInterval: number;
  readonly losses: Losses;
  /** Epoch ms. */
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** Called before each flush, to add what is only made then. */
  readonly pull: () => void;
  readonly onUnsupported: () => void;
}

const QUEUE_BYTES = 1024 * 1024;
const FLUSH_BYTES = 16 * 1024;
const FLUSH_ITEMS = 50;

/** Wires queue, flush policy and delivery together. */
export function createTransport(options: TransportOptions): Transport {
  const { endpoint, head, losses, now, pull } = options;
  const queue = createQueue({ bytes: QUEUE_BYTES, itemBytes: KEEPALIVE_BYTES - ENVELOPE_BYTES }, losses);
  const delivery = createDelivery({
    url: endpoint.replace(/(\/?)$/, '/batch$1'),
    queue,
    losses,
    gate: createRetryGate(now, Math.random),
    now,
    write: (items) => writeBatch(head, batchContext(), items, now()),
    fetch: options.fetch,
    beacon,
    keepalive: 'keepalive' in Request.prototype,
    onUnsupported: options.onUnsupported,
  });
  const policy = createFlushPolicy(
    { bytes: FLUSH_BYTES, items: FLUSH_ITEMS, interval: options.flushInterval },
    () => void flush(),
  );

  function gather(): void {
    pull();
    policy.flushed();
  }
  function flush(): Promise<void> {
    gather();
    return delivery.send();
  }

  return {
    add(item) {
      const bytes = queue.add(item);
      if (bytes > 0) policy.added(bytes);
    },
    changed: () => policy.added(0),
    flush,
    leave(last) {
      gather();
      delivery.sendLeaving(last);
    },
    stop() {
      policy.flushed();
      delivery.stop();
    },
  };
}

function beacon(url: string, body: string): boolean {
  try {
    return navigator.sendBeacon(url, new Blob([body], { type: 'application/json' }));
  } catch {
    // Missing or forbidden here: the caller has another way.
    return false;
  }
}
