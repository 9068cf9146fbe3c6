import { logGamma, logRising } from './logGamma.js';
import { sumOfTail } from './sumOfTail.js';

/**
 * Counts that scatter more than a Poisson distribution lets them, as those of visits do: the variance is
 * `mean + mean² / dispersion`.
 */
export interface NegativeBinomial {
  /** More than 0. */
  readonly mean: number;
  /** More than 0; `Infinity` makes it a Poisson distribution. */
  readonly dispersion: number;
}

/** From here on it cannot be told from a Poisson distribution, while the digits of its terms cancel. */
const POISSON_FROM = 1e8;

/**
 * The probability of at least this many. Bliss and Fisher 1953, https://doi.org/10.2307/3001850.
 *
 * @param count A whole number.
 * @throws {RangeError} Where the mean or the dispersion is not more than 0, or something is no number.
 */
export function negativeBinomialTail(distribution: NegativeBinomial, count: number): number {
  check(distribution, count);
  if (count <= 0) return 1;
  if (count <= distribution.mean) return 1 - sumDown(distribution, count - 1);
  return sumUp(distribution, count);
}

/**
 * The probability of at most this many: of silence, where `count` is 0.
 *
 * @throws {RangeError} Where the mean or the dispersion is not more than 0, or something is no number.
 *
 * @example
 * ```ts
 * // No view in an hour that usually has 40, give or take 13
 * negativeBinomialLowerTail({ mean: 40, dispersion: 12.5 }, 0); // 1.6e-8
 * ```
 */
export function negativeBinomialLowerTail(distribution: NegativeBinomial, count: number): number {
  check(distribution, count);
  if (count < 0) return 0;
  if (count < distribution.mean) return sumDown(distribution, count);
  return 1 - sumUp(distribution, count + 1);
}

function check({ mean, dispersion }: NegativeBinomial, count: number): void {
  if (!(mean > 0 && mean < Number.POSITIVE_INFINITY))
    throw new RangeError(`RUM: mean is ${mean}; it must be a number over 0`);
  if (!(dispersion > 0)) throw new RangeError(`RUM: dispersion is ${dispersion}; it must be over 0`);
  if (!Number.isFinite(count)) throw new RangeError(`RUM: count is ${count}; it must be a number`);
}

function sumUp(distribution: NegativeBinomial, from: number): number {
  return sumOfTail(termAt(distribution, from), Number.POSITIVE_INFINITY, (index) =>
    growth(distribution, from + index),
  );
}

function sumDown(distribution: NegativeBinomial, from: number): number {
  return sumOfTail(termAt(distribution, from), from + 1, (index) =>
    from - index > 0 ? 1 / growth(distribution, from - index - 1) : 0,
  );
}

/** By what the probability of `count` is multiplied to give that of one more. */
function growth({ mean, dispersion }: NegativeBinomial, count: number): number {
  if (dispersion >= POISSON_FROM) return mean / (count + 1);
  return (((count + dispersion) / (count + 1)) * mean) / (dispersion + mean);
}

function termAt({ mean, dispersion }: NegativeBinomial, count: number): number {
  if (dispersion >= POISSON_FROM) return Math.exp(count * Math.log(mean) - mean - logGamma(count + 1));
  return Math.exp(
    logRising(dispersion, count) -
      logGamma(count + 1) -
      dispersion * Math.log1p(mean / dispersion) -
      count * Math.log1p(dispersion / mean),
  );
}
