/**
 * The generalized Pareto distribution of excesses over a threshold: what the tail of nearly every distribution looks like
 * far out (Pickands 1975, https://doi.org/10.1214/aos/1176343003). `P(X > x) = (1 + shape · x / scale)^(-1 / shape)`;
 * exponential where the shape is 0, heavy where it is larger.
 */
export interface GeneralizedPareto {
  readonly shape: number;
  readonly scale: number;
}

/** A heavier tail has no mean. */
const HEAVIEST = 0.9;

/**
 * Fits by probability-weighted moments, which few values suffice for (Hosking and Wallis 1987,
 * https://doi.org/10.1080/00401706.1987.10488243).
 *
 * @param mean Of the excesses.
 * @param weightedMean Of each excess times the share of excesses above it.
 * @returns Null where all excesses are 0.
 */
export function fitGeneralizedPareto(mean: number, weightedMean: number): GeneralizedPareto | null {
  if (!(mean > 0)) return null;
  const shape = 2 - mean / (mean - 2 * weightedMean);
  return { shape, scale: mean * (1 - shape) };
}

/**
 * Draws the shape towards 0, the exponential tail, as much as if that had been seen in `prior` excesses, and keeps it from
 * being lighter: a few excesses say little of the shape, and a light tail calls impossible what it has not seen. The mean
 * stays.
 *
 * @param count Excesses that the fit was made from.
 * @param prior Excesses that the exponential tail counts as.
 */
export function shrinkShape(
  fit: GeneralizedPareto,
  mean: number,
  count: number,
  prior: number,
): GeneralizedPareto {
  const shape = Math.max(0, Math.min(HEAVIEST, (fit.shape * count) / (count + prior)));
  return { shape, scale: mean * (1 - shape) };
}

/** How improbable an excess of at least this is: -log10 of its probability, in decades. */
export function excessDecades({ shape, scale }: GeneralizedPareto, excess: number): number {
  if (shape < 1e-9) return excess / scale / Math.LN10;
  return Math.log10(1 + (shape * excess) / scale) / shape;
}
