import { randomUUID } from 'node:crypto';
import type { BatchReceipt } from '@rumkit/react-rum/protocol';
import type { CountDelivery, IngestCount, IngestStore } from '../store/ingestStore.js';

/** Why a batch was not taken on though nothing is wrong with it: its sender sends it again. */
export type Deferral = 'busy' | 'draining' | 'rate_limited' | 'timeout' | 'unavailable' | 'failed';

/** What became of one batch. */
type BatchOutcome =
  | { readonly kind: 'accepted'; readonly receipt: BatchReceipt; readonly marks: RowMarks }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'deferred'; readonly reason: Deferral };

/** Rows with something to say about them, of those taken on. */
export interface RowMarks {
  readonly bot: number;
  readonly clockCorrected: number;
  readonly clockClamped: number;
  /** Rows whose route, release or name became `(other)`. */
  readonly otherLabel: number;
}

/**
 * Counts what comes in, by the minute. In every minute
 * `batches.received = batches.accepted + batches.refused.* + batches.deferred.*` and
 * `items.received = items.accepted + items.duplicate + items.rejected.*`, the items of a batch being counted when it is
 * accepted, because until then nobody answers for them.
 */
export interface Meter {
  count(outcome: BatchOutcome): void;
  /** Rows committed after their batch had been told to come again: their second delivery will be a duplicate. */
  countLate(rows: number): void;
  /** Everything that is still in memory, by minute: the last hour of this process. */
  recent(): readonly IngestCount[];
  /** Whether a minute that is over has something that is not yet stored. */
  due(): boolean;
  /** Stores what is not yet stored; with `all`, of the minute under way too. A failure keeps it for the next time. */
  save(store: IngestStore, all?: boolean): Promise<void>;
}

interface Delivery extends Pick<CountDelivery, 'id' | 'minute'> {
  readonly counts: readonly IngestCount[];
}

const MINUTE = 60_000;
/** Minutes remembered. Counts that no database could be found for in that time are given up. */
const REMEMBERED = 60;
/** ms until what could not be stored is tried again. */
const RETRY_AFTER = 10_000;

/** @param now Epoch ms. */
export function createMeter(now: () => number): Meter {
  const minutes = new Map<
    number,
    { readonly total: Map<string, number>; readonly saved: Map<string, number> }
  >();
  let unsavedSince: number | null = null;
  let saving: Promise<void> | null = null;
  let retryAt = 0;
  /** The last delivery that was committed, and one of which that is not known. */
  let known: CountDelivery['known'] = null;
  let unsure: Delivery | null = null;

  /** @param minute One for everything that is counted together, so that each minute adds up. */
  function add(minute: number, counter: string, amount: number): void {
    if (amount === 0) return;
    let counts = minutes.get(minute);
    if (counts === undefined) {
      counts = { total: new Map(), saved: new Map() };
      minutes.set(minute, counts);
      const [oldest] = minutes.keys();
      if (minutes.size > REMEMBERED && oldest !== undefined) minutes.delete(oldest);
    }
    counts.total.set(counter, (counts.total.get(counter) ?? 0) + amount);
    unsavedSince ??= minute;
  }

  function countAccepted(
    minute: number,
    { accepted, duplicate, rejected, ignored = 0 }: BatchReceipt,
    marks: RowMarks,
  ): void {
    add(minute, 'batches.accepted', 1);
    add(minute, 'items.received', accepted + duplicate + rejected.length + ignored);
    add(minute, 'items.rejected.ignored', ignored);
    add(minute, 'items.accepted', accepted);
    add(minute, 'items.duplicate', duplicate);
    for (const { reason } of rejected) add(minute, `items.rejected.${reason}`, 1);
    add(minute, 'rows.bot', marks.bot);
    add(minute, 'rows.clock_corrected', marks.clockCorrected);
    add(minute, 'rows.clock_clamped', marks.clockClamped);
    add(minute, 'rows.other_label', marks.otherLabel);
  }

  async function deliver(store: IngestStore, delivery: Delivery): Promise<void> {
    const { id, minute, counts } = delivery;
    unsure = delivery;
    await store.addCounts(counts, now(), { id, minute, known });
    unsure = null;
    known = { id, minute };
    for (const count of counts) {
      const saved = minutes.get(count.minute)?.saved;
      saved?.set(count.counter, (saved.get(count.counter) ?? 0) + count.amount);
    }
  }

  async function write(store: IngestStore, before: number): Promise<void> {
    // As it was, since it may have been committed after all.
    if (unsure !== null) await deliver(store, unsure);
    const fresh: IngestCount[] = [];
    for (const [minute, { total, saved }] of minutes) {
      if (minute >= before) continue;
      for (const [counter, amount] of total) {
        const added = amount - (saved.get(counter) ?? 0);
        if (added > 0) fresh.push({ minute, counter, amount: added });
      }
    }
    if (fresh.length > 0) {
      await deliver(store, { id: randomUUID(), minute: minuteOf(now()), counts: fresh });
    }
    const left = [...minutes].find(([, { total, saved }]) =>
      [...total].some(([counter, amount]) => saved.get(counter) !== amount),
    );
    unsavedSince = left?.[0] ?? null;
  }

  return {
    count: (outcome) => {
      const minute = minuteOf(now());
      add(minute, 'batches.received', 1);
      switch (outcome.kind) {
        case 'accepted':
          return countAccepted(minute, outcome.receipt, outcome.marks);
        case 'refused':
          return add(minute, `batches.refused.${outcome.reason}`, 1);
        case 'deferred':
          return add(minute, `batches.deferred.${outcome.reason}`, 1);
        default:
          return outcome satisfies never;
      }
    },
    countLate: (rows) => add(minuteOf(now()), 'items.late', rows),
    recent: () =>
      [...minutes].flatMap(([minute, { total }]) =>
        [...total].map(([counter, amount]) => ({ minute, counter, amount })),
      ),
    due: () => saving === null && unsavedSince !== null && now() >= Math.max(retryAt, unsavedSince + MINUTE),
    save: async (store, all = false) => {
      // One at a time: two would both find the same counts unsaved.
      while (saving !== null) {
        // Whoever began that one learns of its failure.
        await saving.catch(() => undefined);
      }
      const time = now();
      retryAt = time + RETRY_AFTER;
      saving = write(store, all ? Number.POSITIVE_INFINITY : minuteOf(time)).finally(() => {
        saving = null;
      });
      return saving;
    },
  };
}

/** The minute that a time is in. Both epoch ms. */
function minuteOf(time: number): number {
  return time - (time % MINUTE);
}
