import type { LossReason, RumEvent, ViewDocument } from '../../protocol/index.js';
import { MAX_BATCH_ITEMS } from '../../protocol/limits.js';
import {
  ENVELOPE_BYTES,
  FLUSH_BYTES,
  ITEM_BYTES,
  KEEPALIVE_BYTES,
  KEEPALIVE_REQUESTS,
  LEAST_ITEM_BYTES,
  LEAST_ROOM,
  LONGEST_RETRY_AFTER_MS,
  PENDING_BYTES,
  TIMEOUT_MS,
} from '../limits.js';
import type { Session } from '../session.js';
import type { Emit } from '../signals.js';
import type { Answer } from './answer.js';
import { isSettled } from './isSettled.js';
import { createItem, type Item } from './item.js';
import { retryPause } from './retryPause.js';

/** The way out of the page: what is given to it waits until the collector has answered for it. */
export interface Transport {
  /** Takes an item, in place of an earlier revision of it. What there is no room for is counted as lost. */
  add(value: ViewDocument | RumEvent, session: Session): void;
  /** There is something that `pull` will add. */
  changed(): void;
  /**
   * Sends what waits, one batch after the other. Resolves once all of it was answered or must wait for a later try,
   * which comes by itself. Tries even where a pause was due. Never rejects.
   */
  flush(): Promise<void>;
  /**
   * Sends what waits at once, side by side, because the page may be gone after this task.
   *
   * @param isLast The document itself goes and nothing may come after: sends even where a pause was due.
   */
  leave(isLast: boolean): void;
  /** Drops what waits. */
  clear(): void;
}

/** Makes a gzip body; undefined where that is not worth it. */
export type Compress = (text: string) => Promise<Blob | undefined>;

interface Batch {
  readonly items: readonly Item[];
  /** Upper bound of its body. */
  readonly bytes: number;
}

const JSON_TYPE = 'application/json';

/**
 * @param flushInterval Longest time that something waits for its flush, in ms.
 * @param now Epoch ms.
 * @param mayDeliver Whether anything may be sent at all.
 * @param envelopeOf What a batch says besides its items and the time.
 * @param pull Called before each flush, to add what is only made then.
 * @param onUnsupported The collector does not speak this agent's protocol: nothing more is sent.
 */
export function createTransport(
  url: string,
  flushInterval: number,
  now: () => number,
  fetch: typeof globalThis.fetch,
  mayDeliver: () => boolean,
  envelopeOf: (session: Session) => object,
  lose: (reason: LossReason, count?: number) => void,
  pull: (isLeaving: boolean) => void,
  onUnsupported: () => void,
  compress: Compress | undefined,
  emit: Emit | undefined,
): Transport {
  /** All that was not answered for, by id, oldest first. What is under way stays here, and goes again if that fails. */
  const pending = new Map<string, Item>();
  let pendingBytes = 0;
  const hasKeepalive = 'keepalive' in Request.prototype;
  /** Left for requests that outlive the page. */
  let keepaliveBytes = hasKeepalive ? KEEPALIVE_BYTES : 0;
  let keepaliveRequests = KEEPALIVE_REQUESTS;

  /** Since the last flush; an item counts as at least its share of a full batch. */
  let newBytes = 0;
  /** 0: no flush is due. */
  let flushAt = 0;
  let timer: ReturnType<typeof setTimeout>;
  let flushing = Promise.resolve();
  /** Flushes that are not through. */
  let flushes = 0;
  /** Somebody keeps what goes in case that the page ends before its answer. */
  let isKept = false;

  let failures = 0;
  /** Because requests failed, none goes before, epoch ms. */
  let pausedUntil = 0;

  function add(value: ViewDocument | RumEvent, session: Session): void {
    const item = createItem(value, session);
    const { id, bytes } = item;
    const growth = bytes - (pending.get(id)?.bytes ?? 0);
    if (bytes > ITEM_BYTES) {
      lose('too_large');
    } else if (pendingBytes + growth > PENDING_BYTES && !item.isLoss && !item.isView) {
      // A report of losses always fits: it is small, and a full queue is what it has to tell. So do views: they are few, and
      // without its view an event tells little.
      lose('queue_full');
    } else {
      pendingBytes += growth;
      pending.set(id, item);
      newBytes += Math.max(bytes, LEAST_ITEM_BYTES);
      changed();
    }
  }

  /** The timer starts with the first thing that waits, so a silent page sends nothing. */
  function changed(): void {
    // A full batch is sent in a task of its own: the page's handler that filled it must not pay for it.
    const at = now() + (newBytes < FLUSH_BYTES ? flushInterval : 0);
    flushOnceAt(isKept ? at : Math.max(at, pausedUntil));
  }
  function flushOnceAt(at: number): void {
    if (flushAt && at >= flushAt) return;
    clearTimeout(timer);
    flushAt = at;
    timer = setTimeout(flushDue, at - now());
  }

  function gather(isLeaving: boolean): void {
    pull(isLeaving);
    clearTimeout(timer);
    flushAt = newBytes = 0;
  }

  /** Those of the items that are due, of one session, as many as go into one body; at least one if there is any. */
  function nextBatch(room: number, due: Set<Item>): Batch {
    const items: Item[] = [];
    let bytes = ENVELOPE_BYTES;
    for (const item of due) {
      const [first = item] = items;
      if (pending.get(item.id) !== item || first.session !== item.session) continue;
      if (items[0] && (bytes + item.bytes > room || items.length === MAX_BATCH_ITEMS)) break;
      items.push(item);
      bytes += item.bytes;
      due.delete(item);
    }
    return { items, bytes };
  }

  function write(items: readonly Item[], envelope: object): string {
    const list = (isView: boolean): string =>
      `[${items.filter((item) => item.isView === isView).map(({ json }) => json)}]`;
    // Not `${now()}`: for a dozen of large numbers made into text V8 sets up a cache of 47 KB.
    const head = JSON.stringify({ ...envelope, sentAt: now() }).slice(0, -1);
    return `${head},"views":${list(true)},"events":${list(false)}}`;
  }

  async function send(
    { items, bytes }: Batch,
    session: Session,
    isLeaving: boolean,
    isPaused: boolean,
  ): Promise<void> {
    const text = write(items, envelopeOf(session));
    isKept = !!emit?.('send', items, text);
    if (isPaused) return flushOnceAt(Math.max(now() + flushInterval, pausedUntil));
    // A page that may be going has no time for it.
    const compressed = isLeaving ? undefined : await compress?.(text);
    // Meanwhile the visitor may have changed their mind.
    if (!mayDeliver()) return;
    const size = compressed?.size ?? bytes;
    const keepalive = keepaliveRequests > 0 && size <= keepaliveBytes;
    // Taken over by the browser, which tells nothing more: should the page live on, it goes again.
    if (isLeaving && !hasKeepalive && navigator.sendBeacon(url, new Blob([text], { type: JSON_TYPE })))
      return;
    /** Of what outlives the page, in bytes; nothing before the browser has it. */
    let cost = 0;
    let status = 0;
    let retryAfter = 0;
    let answer: Answer = {};
    try {
      const request = fetch(url, {
        method: 'POST',
        headers: { 'content-type': JSON_TYPE, ...(compressed && { 'content-encoding': 'gzip' }) },
        body: compressed ?? text,
        keepalive,
        // A collector that never answers must not hold up what comes after.
        signal: AbortSignal.timeout?.(TIMEOUT_MS),
      });
      // Only now: what the page did not come to hand over before it went is not under way.
      for (const item of items) item.flight = keepalive ? 2 : 1;
      cost = size * +keepalive;
      keepaliveBytes -= cost;
      keepaliveRequests -= +keepalive;
      const response = await request;
      status = response.status;
      // Seconds, as the protocol has it.
      retryAfter = Math.min(
        +(response.headers.get('retry-after') as string) * 1000 || 0,
        LONGEST_RETRY_AFTER_MS,
      );
      answer = await response.json();
    } catch {
      // Offline, aborted or blocked: whether it arrived is unknown. Or the answer is no JSON: its status decides.
    }
    keepaliveBytes += cost;
    keepaliveRequests += +!!cost;
    emit?.('send', items, text, status, answer);

    if (isSettled(status)) {
      failures = pausedUntil = 0;
      const { error, rejected = [] } = answer;
      const isUnsupported = error === 'unsupported_version';
      const refused: readonly { readonly id?: string }[] = status === 202 ? rejected : items;
      lose(
        isUnsupported ? error : status === 413 ? 'too_large' : 'rejected',
        refused.filter(({ id = '' }) => !pending.get(id)?.isLoss).length,
      );
      for (const item of items) {
        // A newer revision may have taken its place.
        if (pending.get(item.id) !== item) continue;
        pending.delete(item.id);
        pendingBytes -= item.bytes;
      }
      if (isUnsupported) onUnsupported();
    } else {
      for (const item of items) item.flight = 0;
      // Requests that were under way side by side and fail together are one failure.
      if (now() >= pausedUntil) failures += 1;
      pausedUntil = now() + Math.max(retryAfter, retryPause(failures));
      changed();
    }
  }

  /**
   * One batch after the other, or side by side where the page may be gone after this task.
   *
   * @param isHeld Makes no request: tells only those who keep what would go.
   */
  async function sendAll(isLeaving: boolean, isLast = false, isHeld = false): Promise<void> {
    // What comes while this is under way waits for its own flush, so that batches stay few. Without keepalive the browser
    // ends a request with its page: then the same items go once more.
    const due = new Set([...pending.values()].filter(({ flight }) => flight < (isLast ? 2 : 1)));
    while (mayDeliver()) {
      const room = isLeaving && keepaliveRequests ? keepaliveBytes : 0;
      const batch = nextBatch(room > LEAST_ROOM ? room : KEEPALIVE_BYTES, due);
      const [first] = batch.items;
      if (!first) break;
      // A page that breaks what a request is written with has it tried again later.
      const sent = send(batch, first.session, isLeaving, isHeld || (!isLast && now() < pausedUntil)).catch(
        changed,
      );
      if (!isLeaving) await sent;
    }
  }

  function flushDue(): Promise<void> {
    // It was waited for, whatever the clock says: that may have been set back.
    if (flushAt >= pausedUntil) pausedUntil = 0;
    gather(false);
    // What cannot go before another batch is answered is kept at least.
    if (isKept && (flushes || pendingBytes > KEEPALIVE_BYTES - ENVELOPE_BYTES))
      void sendAll(false, false, true);
    flushes += 1;
    flushing = flushing
      .then(() => sendAll(false))
      .then(() => {
        flushes -= 1;
      });
    return flushing;
  }
  function flush(): Promise<void> {
    pausedUntil = 0;
    return flushDue();
  }

  return {
    add,
    changed,
    flush,
    leave(isLast) {
      gather(true);
      // Should the page live on, what was not answered for goes again.
      changed();
      // A browser that is short of time may end the page while it makes its requests.
      if (isKept) void sendAll(true, isLast, true);
      void sendAll(true, isLast);
    },
    clear() {
      pending.clear();
      pendingBytes = 0;
    },
  };
}
