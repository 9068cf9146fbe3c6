import { logChoose } from './logGamma.js';

/** Between which two of the sorted samples a percentile lies. */
export interface PercentileInterval {
  /** Rank among the sorted samples, from 1. */
  readonly lower: number;
  readonly upper: number;
  /** The probability, 0–1, at least that which was asked for, that the percentile lies from the one to the other. */
  readonly coverage: number;
}

/**
 * The confidence interval of a percentile, whatever the samples are distributed like: how many of them are below it is
 * binomial (Hahn and Meeker, Statistical Intervals, 5.2). The narrowest in ranks is taken.
 *
 * @param samples How many there are.
 * @param share Which percentile, 0–1, both excluded; such as 0.75.
 * @param confidence 0–1, both excluded.
 * @returns Null where the samples are too few for that confidence: fewer than 11 for p75 at 95 %.
 *
 * @example
 * ```ts
 * const interval = percentileInterval(sorted.length, 0.75);
 * if (interval) console.log(sorted[interval.lower - 1], sorted[interval.upper - 1]);
 * ```
 */
export function percentileInterval(
  samples: number,
  share: number,
  confidence = 0.95,
): PercentileInterval | null {
  if (samples < 2) return null;
  const odds = share / (1 - share);
  // The rank is at least the first and at most the last: 1 to n - 1 samples are below.
  let from = Math.max(1, Math.min(samples - 1, Math.floor((samples + 1) * share)));
  let to = from;
  const middle = Math.exp(
    logChoose(samples, from) + from * Math.log(share) + (samples - from) * Math.log1p(-share),
  );
  let coverage = middle;
  let below = (middle * from) / ((samples - from + 1) * odds);
  let above = (middle * (samples - to) * odds) / (to + 1);
  while (coverage < confidence) {
    const canFall = from > 1;
    const canRise = to < samples - 1;
    if (!canFall && !canRise) return null;
    if (canFall && (!canRise || below >= above)) {
      coverage += below;
      from -= 1;
      below *= from / ((samples - from + 1) * odds);
    } else {
      coverage += above;
      to += 1;
      above *= ((samples - to) * odds) / (to + 1);
    }
  }
  return { lower: from, upper: to + 1, coverage };
}
