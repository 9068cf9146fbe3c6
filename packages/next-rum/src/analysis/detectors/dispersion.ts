import type { NextNumber } from '../anomaly/stateNumbers.js';

/**
 * How much more counts scatter than chance alone would let them, by the method of moments. Of n samples at a rate the squared
 * deviation, over the variance that a binomial count has, is `1 + (n - 1) · dispersion` on average; of counts with a mean, over
 * the variance of Poisson's, `1 + mean · dispersion` (Williams 1982, https://doi.org/10.2307/2347977).
 */
export interface Dispersion {
  /** 0 or more. @param prior What is thought of it before anything was seen. */
  readonly value: (prior: number) => number;
  /**
   * @param ratio Squared deviation over the variance that chance alone gives.
   * @param scale `n - 1`, or the mean.
   */
  readonly add: (ratio: number, scale: number) => void;
  readonly save: (into: number[]) => void;
}

/** Buckets that the prior counts as. */
const PRIOR_BUCKETS = 8;
/** What is kept at each bucket: 400 of them are remembered. */
const KEPT = 0.9975;
/** A bucket that is farther off than this many times what is usual counts as one at that distance. */
const FARTHEST = 12;

/** @param saved What `save` put down. */
export function createDispersion(saved?: NextNumber): Dispersion {
  let excess = saved ? saved() : 0;
  let scales = saved ? saved() : 0;
  let buckets = saved ? saved() : 0;
  const value = (prior: number): number => {
    if (scales === 0) return prior;
    const weight = (PRIOR_BUCKETS * scales) / buckets;
    return Math.max(0, (excess + prior * weight) / (scales + weight));
  };
  return {
    value,
    add: (ratio, scale) => {
      if (!(scale > 0)) return;
      const usual = scales === 0 ? Number.POSITIVE_INFINITY : 1 + scale * Math.max(0, excess / scales);
      excess = KEPT * excess + Math.min(ratio, Math.max(FARTHEST, FARTHEST * usual)) - 1;
      scales = KEPT * scales + scale;
      buckets = KEPT * buckets + 1;
    },
    save: (into) => {
      into.push(excess, scales, buckets);
    },
  };
}
