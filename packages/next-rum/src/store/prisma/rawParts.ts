import { GRAIN_MS } from '../rollup/grains.js';
import type { ViewRange } from '../store.js';
import { StoreError } from '../storeError.js';
import { isGivenUp } from './databaseFailure.js';
import { type RowsWithin, rowsWithin } from './partitions/rowsWithin.js';
import type { RawKind } from './rawTables.js';
import { readSince } from './rollup/knowledge.js';
import { SESSION_GAP } from './rollup/rawReads.js';
import type { Span } from './rollup/rawSpans.js';
import type { Source } from './rollup/rollupCells.js';
import { thinned } from './thinning.js';

/** Read in one go, ms. */
export const PART: number = 6 * GRAIN_MS.hour;
/**
 * So many times as long a part may be where one row in some is read: a statement costs a third of a millisecond by itself. For each
 * of the spans PostgreSQL asks all partitions of the part.
 */
const MOST_TIMES = { partitioned: 4, whole: 20 };
/** After which a read is given up, ms: as long as PostgreSQL may take for a statement. */
const PATIENCE = 15_000;

/** Reads a range of which all is there, and anew where some of it was about to be deleted meanwhile. */
export async function whereKept<T>(
  { client }: Source,
  range: ViewRange,
  read: (range: ViewRange) => Promise<T>,
): Promise<T> {
  for (;;) {
    const { raw: since } = await readSince(client);
    const from = Math.ceil(range.from);
    if (from < since) {
      throw new StoreError(
        'not_kept',
        `RUM: single views are kept since ${new Date(since).toISOString()} only`,
      );
    }
    const result = await read({ ...range, from });
    if ((await readSince(client)).raw === since) return result;
  }
}

/** A range that is read in one go. */
export interface Part extends ViewRange {
  readonly ids: RowsWithin['ids'];
  /** All of it, or spans that stand for it. */
  readonly spans: readonly Span[];
}

/** How a range is read. */
export interface Reading {
  /** Of a part of which each row is read, ms. */
  readonly length: number;
  /** One of how many rows is to be read, default each. */
  readonly oneIn?: number;
  /** In which steps rows are counted, ms, default at once. */
  readonly step?: number;
}

/** PostgreSQL holds up nobody else meanwhile, but has to plan each statement anew. */
export function longPart({ dialect }: Source): number {
  return dialect.hasPartitions ? GRAIN_MS.day : PART;
}

/** Reads a range part by part, two at a time: PostgreSQL does them side by side, or one while this process counts the other. */
export async function inParts(
  source: Source,
  kind: RawKind,
  range: ViewRange,
  reading: Reading,
  read: (part: Part) => Promise<void>,
): Promise<void> {
  const parts = partsOf(source, kind, range, reading);
  const began = performance.now();
  // A generator gives one part at a time, however many ask.
  const take = async (): Promise<void> => {
    let at = range.from;
    try {
      for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
        if (performance.now() - began > PATIENCE) throw tooSlow(began, next.value.from, range);
        await read(next.value);
        at = next.value.to;
      }
    } catch (error) {
      throw isGivenUp(error) ? tooSlow(began, at, range, error) : error;
    } finally {
      // Where this one failed, the other ends too.
      await parts.return(undefined);
    }
  };
  await allOf([take(), take()]);
}

/** @param at Up to which it was read. */
function tooSlow(began: number, at: number, { from, to }: ViewRange, cause?: unknown): StoreError {
  const seconds = Math.max(1, Math.round((performance.now() - began) / 1000));
  const share = Math.min(1, (at - from) / (to - from));
  return new StoreError(
    'too_slow',
    `RUM: after ${seconds} s ${Math.round(100 * share)} % of the time asked for was read`,
    { cause, share },
  );
}

/** Waits for all of them, so that none goes on after its read was given up. */
export async function allOf<Results extends readonly unknown[]>(
  running: {
    readonly [place in keyof Results]: Promise<Results[place]>;
  },
): Promise<Results> {
  await Promise.allSettled(running);
  return Promise.all(running) as unknown as Promise<Results>;
}

/** Parts of a range short enough that no statement takes long; those without any row are left out. */
async function* partsOf(
  source: Source,
  kind: RawKind,
  range: ViewRange,
  { length: ofAll, oneIn = 1, step = GRAIN_MS.hour }: Reading,
): AsyncGenerator<Part> {
  const length = ofAll * Math.min(oneIn, MOST_TIMES[source.dialect.hasPartitions ? 'partitioned' : 'whole']);
  const to = Math.ceil(range.to);
  const rows = await rowsWithin(source, kind, { ...range, from: range.from - SESSION_GAP });
  for (let begins = range.from; begins < to; ) {
    const first = await rows.next(begins);
    if (first === null) return;
    const ends = Number.isFinite(length) ? Math.min(to, first - (first % length) + length) : to;
    const spans = thinned({ begins: first, ends }, oneIn, step);
    if (spans.length > 0) yield { ...range, ids: rows.ids, spans, from: first, to: ends };
    begins = ends;
  }
}
