import type { LossReason } from '../../protocol/index.js';
import { isSettled } from '../transport/isSettled.js';
import { retryPause } from '../transport/retryPause.js';
import type { BodyKey, BodyStore } from './bodyStore.js';
import { adoptLeftovers } from './leftovers.js';
import { resendBody } from './resendBody.js';

/** Sends what pages have left, one body after the other. */
export interface Resender {
  /** Looks in so many ms, unless it does so earlier anyway. */
  wake(delay: number): void;
  /** Looks now, even where a pause was due. */
  run(): void;
  stop(): void;
}

/** Whom a resender works for. */
export interface ResenderHost {
  /** Epoch ms. */
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** Whether anything may be sent. */
  readonly mayResend: () => boolean;
  /** A body that its own page still sends. */
  readonly isOwn: (key: BodyKey) => boolean;
  readonly lose: (reason: LossReason, count: number) => void;
}

export function createResender(
  store: BodyStore,
  { now, fetch, mayResend, isOwn, lose }: ResenderHost,
): Resender {
  const { claim, release, remove } = store;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer is due, epoch ms. */
  let wakeAt = Number.POSITIVE_INFINITY;
  let isRunning = false;
  let isOver = false;
  let failures = 0;
  /** Epoch ms. */
  let pausedUntil = 0;

  /** @returns When to look again, epoch ms. */
  async function resendAll(): Promise<number | undefined> {
    while (!isOver && mayResend()) {
      if (now() < pausedUntil) return pausedUntil;
      const claimed = await claim(isOwn);
      if (!claimed.key) return claimed.dueAt;
      const { key, body } = claimed;
      const { status, retryAfter, error, rejected = [] } = await resendBody(fetch, body, now());
      if (isSettled(status)) {
        failures = 0;
        const [, , items] = key;
        lose(
          error === 'unsupported_version' ? error : status === 413 ? 'too_large' : 'rejected',
          status === 202 ? rejected.length : items,
        );
        await remove(key);
      } else {
        failures += 1;
        pausedUntil = now() + Math.max(retryAfter, retryPause(failures));
        await release(key, body);
      }
    }
    return undefined;
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    wakeAt = Number.POSITIVE_INFINITY;
    if (isRunning) return;
    isRunning = true;
    try {
      await adoptLeftovers(store);
      const at = await resendAll();
      if (at !== undefined) wake(Math.max(0, at - now()));
    } catch {
      // The database was closed or cannot be written: what is in it waits for the next page.
    }
    isRunning = false;
  }

  function wake(delay: number): void {
    const at = now() + delay;
    if (isOver || at >= wakeAt) return;
    clearTimeout(timer);
    wakeAt = at;
    timer = setTimeout(run, delay);
  }

  return {
    wake,
    run() {
      pausedUntil = 0;
      void run();
    },
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
