import type { EventRow, ViewRow } from '../store/rows.js';
import type { RumStore } from '../store/store.js';
import type { StoreErrorCode } from '../store/storeError.js';
import { commitRows, type Entry, type RowOutcome } from './commitRows.js';
import { createHeldBytes, type HeldBytes } from './heldBytes.js';
import { storeFailure } from './storeFailure.js';

export type { RowOutcome };

interface IngestRows {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

type IngestResult =
  /** Committed. One outcome a row, in the order given. */
  | {
      readonly kind: 'committed';
      readonly views: readonly RowOutcome[];
      readonly events: readonly RowOutcome[];
    }
  /** Nothing was taken on: too much is waiting already. */
  | { readonly kind: 'full' }
  /** The database failed. Nothing is acknowledged; sending the same again is safe. */
  | { readonly kind: 'failed'; readonly cause: unknown };

/** What the writing to one store is like just now. Times are epoch ms. */
export interface IngestState {
  readonly rows: number;
  readonly maxRows: number;
  readonly bytes: number;
  readonly maxBytes: number;
  /** Since when the commit under way is under way. */
  readonly committingSince: number | null;
  readonly lastCommit: { readonly at: number; readonly rows: number; readonly durationMs: number } | null;
  readonly lastFailure: { readonly at: number; readonly code: StoreErrorCode } | null;
}

/** Writes to one store, one commit at a time. */
export interface Ingest {
  /** True when a further batch would be turned away. */
  full(): boolean;
  /**
   * Takes a body on, before anything is made of it: its text, and the rows in its place, weigh about so much until it is answered.
   *
   * @returns To be called with the answer; null where it is turned away.
   */
  hold(bytes: number): (() => void) | null;
  /** Never rejects; resolves after the commit. */
  submit(rows: IngestRows): Promise<IngestResult>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
  state(): IngestState;
}

export interface IngestLimits {
  /** Rows held in memory at most, waiting or being written. */
  readonly maxRows: number;
  /** Bytes of bodies that are held; a row of many properties weighs as much as a thousand others. */
  readonly held: HeldBytes;
  /** Epoch ms. */
  readonly now: () => number;
}

const MAX_ROWS = 20_000;
/** ms from the beginning of one commit to that of the next, at least: each has a price that does not depend on its rows. */
const COMMIT_EVERY = 10;
/** ms after a commit for which the next one waits for company. What comes later is committed at once. */
const MAX_GATHER = 10;
/**
 * Requests that are company enough, as a part of those in the commit before. Without it, of senders that send again as soon
 * as they are answered one would have a commit to itself and all others the next one, and this process and the database
 * would work in turn.
 */
const COMPANY = 0.4;
/** Rows of one commit, so that a long queue does not become one long lock. */
const MAX_COMMIT_ROWS = 5_000;
/** A commit that takes longer than this, ms, is not worth queueing behind. */
export const STALLED_AFTER = 5_000;

/**
 * Makes the group commit of a store: what arrives while one transaction runs is written by the next one together,
 * because a commit's price is the wait for the disk, not the rows.
 */
export function createIngest(store: RumStore, limits: Partial<IngestLimits> = {}): Ingest {
  const { maxRows = MAX_ROWS, held = createHeldBytes(), now = Date.now } = limits;
  const waiting: Submission[] = [];
  let wake = (): void => undefined;
  let heldRows = 0;
  /** The commit before this one; ms of `performance.now()`. */
  let before = { requests: 0, begunAt: Number.NEGATIVE_INFINITY, endedAt: Number.NEGATIVE_INFINITY };
  let running: Promise<void> | null = null;
  let committingSince: number | null = null;
  let lastCommit: IngestState['lastCommit'] = null;
  let lastFailure: IngestState['lastFailure'] = null;

  async function commit(entries: readonly Entry[]): Promise<{ readonly error: unknown } | null> {
    const began = now();
    committingSince = began;
    try {
      await commitRows(store, entries);
      const at = now();
      lastCommit = { at, rows: entries.length, durationMs: at - began };
      return null;
    } catch (error) {
      lastFailure = { at: now(), code: storeFailure(error) };
      return { error };
    } finally {
      committingSince = null;
    }
  }

  /** Resolves when a commit is worth its price: woken by what arrives, since a burst of requests lets no timer fire. */
  async function gather(): Promise<void> {
    const isEarly = (time: number): boolean =>
      time < before.begunAt + COMMIT_EVERY || waiting.length < before.requests * COMPANY;
    for (;;) {
      const time = performance.now();
      if (time >= before.endedAt + MAX_GATHER || !isEarly(time)) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, 1);
      });
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      await gather();
      const begunAt = performance.now();
      const group = nextGroup(waiting);
      if (group.length === 0) break;
      const failure = await commit(group.flatMap(({ entries }) => entries));
      before = { requests: group.length, begunAt, endedAt: performance.now() };
      for (const submission of group) {
        heldRows -= submission.entries.length;
        submission.settle(failure);
      }
    }
    running = null;
  }

  const full = (): boolean =>
    heldRows >= maxRows ||
    held.full() ||
    (committingSince !== null && now() - committingSince > STALLED_AFTER);

  return {
    full,
    hold: (bytes) => (full() ? null : held.hold(bytes)),
    submit: (rows) => {
      const size = rows.views.length + rows.events.length;
      if (size === 0) return Promise.resolve({ kind: 'committed', views: [], events: [] });
      if (heldRows + size > maxRows) return Promise.resolve({ kind: 'full' });
      heldRows += size;
      return new Promise((resolve) => {
        const views = rows.views.map((row): Entry => ({ kind: 'view', row, outcome: null }));
        const events = rows.events.map((row): Entry => ({ kind: 'event', row, outcome: null }));
        const entries = [...views, ...events];
        const settle: Submission['settle'] = (failure) => {
          const outcomes = (list: readonly Entry[]) => list.flatMap(({ outcome }) => outcome ?? []);
          // A commit that failed half way may still have written all of this request's rows.
          resolve(
            failure !== null && entries.some(({ outcome }) => outcome === null)
              ? { kind: 'failed', cause: failure.error }
              : { kind: 'committed', views: outcomes(views), events: outcomes(events) },
          );
        };
        waiting.push({ entries, settle });
        wake();
        running ??= run();
      });
    },
    idle: async () => {
      while (running !== null) await running;
    },
    state: () => ({
      rows: heldRows,
      maxRows,
      bytes: held.now(),
      maxBytes: held.most,
      committingSince,
      lastCommit,
      lastFailure,
    }),
  };
}

/** The one ingest of a store in this process, however often this module is bundled: two would wait for each other's lock. */
export function ingestOf(store: RumStore): Ingest {
  const shared = globalThis as { [INGESTS]?: WeakMap<RumStore, Ingest> };
  shared[INGESTS] ??= new WeakMap();
  let ingest = shared[INGESTS].get(store);
  if (ingest === undefined) {
    ingest = createIngest(store);
    shared[INGESTS].set(store, ingest);
  }
  return ingest;
}
const INGESTS: unique symbol = Symbol.for('@rumkit/next-rum/ingests');

interface Submission {
  readonly entries: readonly Entry[];
  settle(failure: { readonly error: unknown } | null): void;
}

function nextGroup(waiting: Submission[]): readonly Submission[] {
  let rows = 0;
  const end = waiting.findIndex(({ entries }) => {
    rows += entries.length;
    return rows > MAX_COMMIT_ROWS;
  });
  return waiting.splice(0, end === -1 ? waiting.length : Math.max(1, end));
}
