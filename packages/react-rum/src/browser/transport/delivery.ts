import { LIMITS } from '../../protocol/index.js';
import { ENVELOPE_BYTES } from './batch.js';
import type { Losses } from './losses.js';
import type { Queue, QueueItem } from './queue.js';
import type { RetryGate } from './retryGate.js';
import { readVerdict, type Verdict } from './verdict.js';

/** Brings the queue's items to the collector, each until it is answered for. */
export interface Delivery {
  /**
   * Sends what waits, one batch after the other. Resolves once all of it was answered or must wait for a later try,
   * which comes by itself. Never rejects.
   */
  send(): Promise<void>;
  /**
   * Sends what waits at once, side by side, because the page may be gone after this task.
   *
   * @param last Nothing may come after: goes even where a pause was due.
   */
  sendLeaving(last: boolean): void;
  /** Ends all later tries. */
  stop(): void;
}

export interface DeliveryOptions {
  readonly url: string;
  readonly queue: Queue;
  readonly losses: Losses;
  readonly gate: RetryGate;
  /** Epoch ms. */
  readonly now: () => number;
  /** Body of a batch, written at the time of the call. */
  readonly write: (items: readonly QueueItem[]) => string;
  readonly fetch: typeof globalThis.fetch;
  /** `navigator.sendBeacon` with JSON: true where the browser took it over. */
  readonly beacon: (url: string, body: string) => boolean;
  /** Whether `fetch` knows `keepalive`. */
  readonly keepalive: boolean;
  /** The collector does not speak this agent's protocol: nothing more is sent. */
  readonly onUnsupported: () => void;
}

/** Browsers allow 64 KiB of keepalive bodies in flight; the rest is left to the page. */
export const KEEPALIVE_BYTES = 60_000;
/** Chromium allows nine keepalive requests at a time. */
const KEEPALIVE_REQUESTS = 9;
const TIMEOUT_MS = 30_000;

interface Flight {
  readonly items: readonly QueueItem[];
  /** 0 without keepalive. */
  readonly keepaliveBytes: number;
  /** A beacon took the same items over. */
  rescued: boolean;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { url, queue, losses, gate, now, write } = options;
  const flights = new Set<Flight>();
  let stopped = false;
  let running: Promise<void> | null = null;
  let due = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  /** Bytes that a further keepalive request may have; 0: none may go. */
  function keepaliveRoom(): number {
    if (!options.keepalive || flights.size >= KEEPALIVE_REQUESTS) return 0;
    let room = KEEPALIVE_BYTES;
    for (const flight of flights) room -= flight.keepaliveBytes;
    return room;
  }

  async function request(items: readonly QueueItem[]): Promise<void> {
    const bytes = sizeOf(items);
    const keepalive = bytes <= keepaliveRoom();
    const flight: Flight = { items, keepaliveBytes: keepalive ? bytes : 0, rescued: false };
    flights.add(flight);
    const verdict = await post(write(items), keepalive);
    flights.delete(flight);
    settle(flight, verdict);
  }

  async function post(body: string, keepalive: boolean): Promise<Verdict> {
    try {
      const response = await options.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        keepalive,
        // A collector that never answers must not hold up what comes after.
        signal: AbortSignal.timeout?.(TIMEOUT_MS),
      });
      return await readVerdict(response, now());
    } catch {
      // No answer at all: offline, aborted, or blocked. Whether it arrived is unknown, so it is sent again.
      return { kind: 'retry', after: 0 };
    }
  }

  function settle({ items, rescued }: Flight, verdict: Verdict): void {
    switch (verdict.kind) {
      case 'done':
        gate.succeeded();
        losses.add('rejected', countRejected(items, verdict.rejected));
        return;
      case 'drop':
        gate.succeeded();
        losses.add(verdict.reason, items.filter((item) => !item.isLoss).length);
        if (verdict.reason === 'unsupported_version') {
          stop();
          options.onUnsupported();
        }
        return;
      case 'retry':
        gate.failed(verdict.after);
        if (!rescued) queue.restore(items);
        scheduleRetry();
    }
  }

  function scheduleRetry(): void {
    clearTimeout(retryTimer);
    if (!stopped && queue.size() > 0) retryTimer = setTimeout(send, gate.wait());
  }

  async function pump(): Promise<void> {
    while (!stopped && due > 0 && queue.size() > 0) {
      if (gate.wait() > 0) return scheduleRetry();
      const items = takeBatch(KEEPALIVE_BYTES);
      due -= items.length;
      await request(items);
    }
  }

  function takeBatch(bytes: number): QueueItem[] {
    return queue.take(bytes - ENVELOPE_BYTES, LIMITS.batchItems);
  }

  function send(): Promise<void> {
    // What comes while this is under way waits for its own flush, so that batches stay few.
    due = queue.size();
    running ??= pump().finally(() => {
      running = null;
    });
    return running;
  }

  /** Hands items to the browser, in halves where all are too much at once. Returns those it did not take. */
  function handOver(items: readonly QueueItem[]): readonly QueueItem[] {
    if (options.beacon(url, write(items))) return [];
    if (items.length === 1) return items;
    const middle = items.length >> 1;
    const left = handOver(items.slice(0, middle));
    return left.length > 0 ? [...left, ...items.slice(middle)] : handOver(items.slice(middle));
  }

  function stop(): void {
    stopped = true;
    clearTimeout(retryTimer);
  }

  return {
    send,
    sendLeaving(last) {
      if (stopped) return;
      if (!last && (gate.wait() > 0 || gate.probing())) {
        void send();
        return;
      }
      // Without keepalive the browser ends a request with its page: the same items go once more, as a beacon.
      for (const flight of flights) {
        if (last && !flight.keepaliveBytes) flight.rescued ||= options.beacon(url, write(flight.items));
      }
      let beacons = true;
      while (queue.size() > 0) {
        const room = keepaliveRoom();
        let items: readonly QueueItem[] = takeBatch(room > 2 * ENVELOPE_BYTES ? room : KEEPALIVE_BYTES);
        if (sizeOf(items) > room && beacons) {
          items = handOver(items);
          beacons = items.length === 0;
        }
        if (items.length > 0) void request(items);
      }
    },
    stop,
  };
}

/** Upper bound of a body's size. */
function sizeOf(items: readonly QueueItem[]): number {
  return items.reduce((sum, item) => sum + item.bytes + 1, ENVELOPE_BYTES);
}

function countRejected(
  items: readonly QueueItem[],
  rejected: readonly { readonly kind: QueueItem['kind']; readonly index: number }[],
): number {
  return rejected.filter(({ kind, index }) => {
    const item = items.filter((candidate) => candidate.kind === kind)[index];
    return item && !item.isLoss;
  }).length;
}
