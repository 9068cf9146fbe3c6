import { percentileInterval } from './percentileInterval.js';

/**
 * The 95 % confidence interval of a percentile of some values, by {@link percentileInterval}; null where they are too few:
 * fewer than 11 for p75.
 *
 * @param sorted Rising, in any unit.
 * @param share Which percentile, 0–1, both excluded.
 *
 * @example
 * ```ts
 * const interval = sortedInterval(Float64Array.from(durations).sort(), 0.75);
 * ```
 */
export function sortedInterval(
  sorted: ArrayLike<number>,
  share: number,
): readonly [low: number, high: number] | null {
  const ranks = percentileInterval(sorted.length, share);
  const low = ranks === null ? undefined : sorted[ranks.lower - 1];
  const high = ranks === null ? undefined : sorted[ranks.upper - 1];
  return low === undefined || high === undefined ? null : [low, high];
}
