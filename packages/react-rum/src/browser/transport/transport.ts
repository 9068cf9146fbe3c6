import type { LossReason, RumEvent, ViewDocument } from '../../protocol/index.js';
import { MAX_BATCH_ITEMS } from '../../protocol/limits.js';
import type { Session } from '../session.js';
import { type Answer, isSettled } from './answer.js';
import { createItem, type Flight, type Item } from './item.js';
import { type Compress, post } from './post.js';
import { retryPause } from './retryPause.js';

/** The way out of the page: what is given to it waits until the collector has answered for it. */
export interface Transport {
  /** Takes an item, in place of an earlier revision of it. What there is no room for is counted as lost. */
  add(value: ViewDocument | RumEvent, session: Session): void;
  /** There is something that `pull` will add. */
  changed(): void;
  /**
   * Sends what waits, one batch after the other. Resolves once all of it was answered or must wait for a later try,
   * which comes by itself. Never rejects.
   *
   * @param isAnew Tries even where a pause was due.
   */
  flush(isAnew?: boolean): Promise<void>;
  /**
   * Sends what waits at once, side by side, because the page may be gone after this task.
   *
   * @param isLast The document itself goes and nothing may come after: sends even where a pause was due.
   */
  leave(isLast: boolean): void;
  /** Drops what waits. */
  clear(): void;
}

/**
 * Told of a batch in the task in which it goes, or would go if no pause were due, and again with what was answered.
 *
 * @param items The same object both times.
 */
export type OnSend = (items: readonly Item[], text: string, answer?: Answer) => void;

/** Whom the transport works for. */
export interface TransportHost {
  readonly lose: (reason: LossReason, count?: number) => void;
  /** Called before each flush, to add what is only made then. */
  readonly pull: (isLeaving: boolean) => void;
  /** Whether anything may be sent at all. */
  readonly mayDeliver: () => boolean;
  /** What a batch says besides its items and the time. */
  readonly envelopeOf: (session: Session) => object;
  /** The collector does not speak this agent's protocol: nothing more is sent. */
  readonly onUnsupported: () => void;
  readonly onSend: readonly OnSend[];
}

const FLUSH_BYTES = 16 * 1024;
const FLUSH_ITEMS = 50;
/** Of everything that waits or is under way. */
const PENDING_BYTES = 1024 * 1024;
/** Browsers allow 64 KiB of keepalive bodies in flight; the rest is left to the page. No body is larger. */
const KEEPALIVE_BYTES = 60_000;
/** Chromium allows nine keepalive requests at a time. */
const KEEPALIVE_REQUESTS = 9;
/** Less room than this is not worth a request of its own, in bytes. */
const LEAST_ROOM = 4000;
/** More than the text around the items of a batch takes. */
const ENVELOPE_BYTES = 4000;
/** Larger items could not be sent together with their envelope, in bytes. */
const ITEM_BYTES = 50_000;

/**
 * @param flushInterval Longest time that something waits for its flush, in ms.
 * @param now Epoch ms.
 */
export function createTransport(
  url: string,
  flushInterval: number,
  now: () => number,
  fetch: typeof globalThis.fetch,
  { lose, pull, mayDeliver, envelopeOf, onUnsupported, onSend }: TransportHost,
  compress: Compress | undefined,
): Transport {
  /** All that was not answered for, by id, oldest first. What is under way stays here, and goes again if that fails. */
  const pending = new Map<string, Item>();
  let pendingBytes = 0;
  const hasKeepalive = 'keepalive' in Request.prototype;
  /** Left for requests that outlive the page. */
  let keepaliveBytes = hasKeepalive ? KEEPALIVE_BYTES : 0;
  let keepaliveRequests = KEEPALIVE_REQUESTS;

  // Since the last flush.
  let newBytes = 0;
  let newItems = 0;
  let flushAt = Number.POSITIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout>;
  let flushing = Promise.resolve();

  let failures = 0;
  /** Because requests failed, none goes before, epoch ms. */
  let pausedUntil = 0;

  function add(value: ViewDocument | RumEvent, session: Session): void {
    const item = createItem(value, session);
    const older = pending.get(item.id);
    const problem: LossReason | undefined =
      item.bytes > ITEM_BYTES
        ? 'too_large'
        : // A report of losses always fits: it is small, and a full queue is what it has to tell.
          pendingBytes + item.bytes > PENDING_BYTES && !item.isLoss
          ? 'queue_full'
          : undefined;
    if (problem) {
      lose(problem);
      return;
    }
    if (older) pendingBytes -= older.bytes;
    pending.set(item.id, item);
    pendingBytes += item.bytes;
    newBytes += item.bytes;
    newItems += 1;
    changed();
  }

  /** The timer starts with the first thing that waits, so a silent page sends nothing. */
  function changed(): void {
    // A full batch is sent in a task of its own: the page's handler that filled it must not pay for it.
    const isFull = newBytes >= FLUSH_BYTES || newItems >= FLUSH_ITEMS;
    const at = Math.max(now() + (isFull ? 0 : flushInterval), pausedUntil);
    if (at >= flushAt) return;
    clearTimeout(timer);
    flushAt = at;
    timer = setTimeout(flush, at - now());
  }

  function gather(isLeaving: boolean): void {
    pull(isLeaving);
    clearTimeout(timer);
    flushAt = Number.POSITIVE_INFINITY;
    newBytes = newItems = 0;
  }

  /** Those of the items that are due, of one session, as many as go into one body; at least one if there is any. */
  function nextBatch(room: number, due: Set<Item>): Item[] {
    const batch: Item[] = [];
    for (const item of due) {
      if (pending.get(item.id) !== item || (batch[0] ?? item).session !== item.session) continue;
      if (batch[0] && (sizeOf(batch) + item.bytes > room || batch.length === MAX_BATCH_ITEMS)) break;
      batch.push(item);
    }
    for (const item of batch) due.delete(item);
    return batch;
  }

  function write(batch: readonly Item[]): string {
    const list = (isView: boolean): string =>
      `[${batch.filter((item) => item.isView === isView).map(({ json }) => json)}]`;
    const [{ session }] = batch as [Item];
    return `${JSON.stringify(envelopeOf(session)).slice(0, -1)},"sentAt":${now()},"views":${list(true)},"events":${list(false)}}`;
  }

  async function send(batch: readonly Item[], isLeaving: boolean, isPaused?: boolean): Promise<void> {
    const bytes = sizeOf(batch);
    const body = write(batch);
    const tell = (answer?: Answer): void => {
      for (const told of onSend) told(batch, body, answer);
    };
    tell();
    if (isPaused) return;
    const keepalive = keepaliveRequests > 0 && bytes <= keepaliveBytes;
    // Taken over by the browser, which tells nothing more: should the page live on, it goes again.
    if (
      isLeaving &&
      !hasKeepalive &&
      navigator.sendBeacon(url, new Blob([body], { type: 'application/json' }))
    )
      return;
    const flight: Flight = { keepalive };
    const take = (direction: number): void => {
      if (!keepalive) return;
      keepaliveRequests -= direction;
      keepaliveBytes -= direction * bytes;
    };
    for (const item of batch) item.flight = flight;
    take(1);
    const answer = await post(fetch, url, body, keepalive, isLeaving ? undefined : compress);
    take(-1);
    tell(answer);
    const { status, error, rejected = [] } = answer;
    if (isSettled(answer)) {
      failures = pausedUntil = 0;
      const isUnsupported = error === 'unsupported_version';
      const refused: readonly { readonly id?: string }[] = status === 202 ? rejected : batch;
      lose(
        isUnsupported ? error : status === 413 ? 'too_large' : 'rejected',
        refused.filter(({ id = '' }) => !pending.get(id)?.isLoss).length,
      );
      for (const item of batch) {
        // A newer revision may have taken its place.
        if (pending.get(item.id) !== item) continue;
        pending.delete(item.id);
        pendingBytes -= item.bytes;
      }
      if (isUnsupported) onUnsupported();
    } else {
      for (const item of batch) if (item.flight === flight) item.flight = undefined;
      // Requests that were under way side by side and fail together are one failure.
      if (now() >= pausedUntil) failures += 1;
      pausedUntil = now() + Math.max(answer.retryAfter, retryPause(failures));
      changed();
    }
  }

  async function sendInTurn(): Promise<void> {
    // What comes while this is under way waits for its own flush, so that batches stay few.
    const due = new Set([...pending.values()].filter(({ flight }) => !flight));
    while (mayDeliver() && now() >= pausedUntil) {
      const batch = nextBatch(KEEPALIVE_BYTES, due);
      if (!batch[0]) break;
      await send(batch, false);
    }
  }

  function flush(isAnew?: boolean): Promise<void> {
    if (isAnew === true) pausedUntil = 0;
    gather(false);
    flushing = flushing.then(sendInTurn);
    return flushing;
  }

  function leave(isLast: boolean): void {
    gather(true);
    // Should the page live on, what was not answered for goes again.
    if (pending.size) changed();
    // Without keepalive the browser ends a request with its page: the same items go once more.
    const due = new Set([...pending.values()].filter(({ flight }) => !(isLast ? flight?.keepalive : flight)));
    // Where somebody keeps it, it is written down even while no request may go.
    const isPaused = !isLast && now() < pausedUntil;
    while (mayDeliver() && (!isPaused || onSend[0])) {
      const room = keepaliveRequests && keepaliveBytes;
      const batch = nextBatch(room > LEAST_ROOM ? room : KEEPALIVE_BYTES, due);
      if (!batch[0]) break;
      void send(batch, true, isPaused);
    }
  }

  return {
    add,
    changed,
    flush,
    leave,
    clear() {
      clearTimeout(timer);
      pending.clear();
      pendingBytes = 0;
      flushAt = Number.POSITIVE_INFINITY;
    },
  };
}

/** Upper bound of a body's size. */
function sizeOf(batch: readonly Item[]): number {
  return batch.reduce((sum, { bytes }) => sum + bytes, ENVELOPE_BYTES);
}
