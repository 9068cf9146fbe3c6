import type { NextNumber } from '../anomaly/stateNumbers.js';

/**
 * How much more counts of a crowd scatter than Poisson's: a visit is several views, which multiplies their variance whatever the mean,
 * and moods make the mean itself vary. So the squared deviation over the mean is `visit + mood · mean` on average; both are fitted by
 * weighted least squares to what was seen.
 */
export interface Scatter {
  /** At a mean, as a dispersion: the variance is `mean + mean² · dispersion`. */
  readonly dispersionAt: (mean: number) => number;
  readonly add: (seen: number, mean: number) => void;
  readonly save: (into: number[]) => void;
}

/** Before anything is seen: of crowds a tenth either way, and views that come by themselves. */
const BEFORE = { visit: 1, mood: 0.02 };
/** Buckets that this counts as, at a small mean and at a large one. */
const PRIOR = { buckets: 4, means: [10, 100] as const };
/** What is kept at each bucket: 400 of them are remembered. */
const KEPT = 0.9975;
/** A bucket that is farther off than this many times what is usual counts as one at that distance. */
const FARTHEST = 12;

/** @param saved What `save` put down. */
export function createScatter(saved?: NextNumber): Scatter {
  /** Weighted sums of 1, mean, mean², ratio and ratio · mean. */
  const sums = [0, 0, 0, 0, 0].map((none) => (saved ? saved() : none));
  const put = (ratio: number, mean: number, weight: number): void => {
    // The larger what is expected, the more it scatters.
    const usual = weight / (BEFORE.visit + BEFORE.mood * mean) ** 2;
    for (const [place, term] of [1, mean, mean * mean, ratio, ratio * mean].entries())
      sums[place] = (sums[place] as number) + usual * term;
  };
  if (!saved) for (const mean of PRIOR.means) put(BEFORE.visit + BEFORE.mood * mean, mean, PRIOR.buckets);

  const fit = (): { readonly visit: number; readonly mood: number } => {
    const [n, means, squares, ratios, products] = sums as [number, number, number, number, number];
    const spread = n * squares - means * means;
    const mood = spread > 0 ? (n * products - means * ratios) / spread : 0;
    const visit = (ratios - mood * means) / n;
    if (mood < 0) return { visit: Math.max(1, ratios / n), mood: 0 };
    return visit < 1 ? { visit: 1, mood: Math.max(0, (products - means) / squares) } : { visit, mood };
  };

  return {
    dispersionAt: (mean) => {
      const { visit, mood } = fit();
      return (visit - 1) / mean + mood;
    },
    add: (seen, mean) => {
      if (!(mean > 0)) return;
      const { visit, mood } = fit();
      const ratio = Math.min((seen - mean) ** 2 / mean, FARTHEST * (visit + mood * mean));
      for (const [place, sum] of sums.entries()) sums[place] = KEPT * sum;
      put(ratio, mean, 1);
    },
    save: (into) => {
      into.push(...sums);
    },
  };
}
