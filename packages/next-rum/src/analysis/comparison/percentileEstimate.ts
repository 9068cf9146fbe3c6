import { histogramCount, type LogHistogram, valueOfRank } from '../logHistogram.js';
import type { Estimate } from '../statistics/differenceInterval.js';
import { percentileInterval } from '../statistics/percentileInterval.js';

/**
 * A percentile of a histogram with its 95 % interval by order statistics. The interval reaches to the outer borders of its bins,
 * so that it covers at least as much.
 *
 * @param share 0–1, such as 0.75.
 * @returns Null where the samples are too few: fewer than 11 for p75.
 */
export function percentileEstimate(histogram: LogHistogram, share: number): Estimate | null {
  const samples = histogramCount(histogram);
  const ranks = percentileInterval(samples, share);
  if (ranks === null) return null;
  const low = valueOfRank(histogram, ranks.lower);
  const high = valueOfRank(histogram, ranks.upper);
  const middle = valueOfRank(histogram, Math.max(1, Math.ceil(share * samples - 1e-9 * samples)));
  return low && high && middle && { value: middle.value, low: low.low, high: high.high };
}
