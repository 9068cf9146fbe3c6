import { sortedInterval } from './statistics/sortedInterval.js';

/** ms */
type DurationInterval = readonly [low: number, high: number] | null;

/** How long something took, ms. Percentiles by nearest rank, from the values themselves; null where there are none. */
export interface Durations {
  readonly n: number;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
  /** 95 % confidence interval of `p75`; null where there are fewer than 11. */
  readonly interval: DurationInterval;
  /** The same of the others; null where there are fewer than 6 and 59. */
  readonly intervals: { readonly p50: DurationInterval; readonly p95: DurationInterval };
  /** All together, ms. */
  readonly total: number;
}

/** @param values ms, in any order. */
export function durationsOf(values: readonly number[]): Durations {
  const sorted = Float64Array.from(values).sort();
  return {
    n: sorted.length,
    p50: atShare(sorted, 0.5),
    p75: atShare(sorted, 0.75),
    p95: atShare(sorted, 0.95),
    interval: sortedInterval(sorted, 0.75),
    intervals: { p50: sortedInterval(sorted, 0.5), p95: sortedInterval(sorted, 0.95) },
    total: sorted.reduce((sum, value) => sum + value, 0),
  };
}

/** A median by nearest rank, and its 95 % confidence interval; that is null where there are fewer than 6. */
export interface Median {
  readonly median: number;
  readonly interval: DurationInterval;
}

/** @returns Null of nothing. */
export function medianOf(values: readonly number[]): Median | null {
  const sorted = Float64Array.from(values).sort();
  const median = atShare(sorted, 0.5);
  return median === null ? null : { median, interval: sortedInterval(sorted, 0.5) };
}

function atShare(sorted: Float64Array, share: number): number | null {
  // 0.07 * 100 is a little more than 7.
  return sorted[Math.ceil(share * sorted.length - 1e-9 * sorted.length) - 1] ?? null;
}
