import { logChoose, logRising } from './logGamma.js';
import { sumOfTail } from './sumOfTail.js';

/**
 * How many of `trials` succeed where the rate itself varies as a beta distribution: its mean is `a / (a + b)`, and it is known
 * as if from `a + b` earlier trials. A binomial test takes a rate for certain and so cries wolf where it varies from hour to
 * hour, or is known from few samples only.
 */
export interface BetaBinomial {
  readonly trials: number;
  /** More than 0. */
  readonly a: number;
  readonly b: number;
}

/**
 * The probability of at least this many successes. Skellam 1948, https://doi.org/10.1111/j.2517-6161.1948.tb00014.x.
 *
 * @param successes A whole number.
 *
 * @example
 * ```ts
 * // 12 errors in 300 views, where 1 % is usual and known as if from 5,000 views
 * betaBinomialTail({ trials: 300, a: 50, b: 4950 }, 12); // 0.00012
 * ```
 */
export function betaBinomialTail({ trials, a, b }: BetaBinomial, successes: number): number {
  if (successes <= 0) return 1;
  if (successes > trials) return 0;
  // The smaller tail is added up: the other is what is left of 1, in which small probabilities would drown.
  if (successes <= (trials * a) / (a + b))
    return 1 - betaBinomialTail({ trials, a: b, b: a }, trials - successes + 1);
  const first = Math.exp(
    logChoose(trials, successes) +
      logRising(a, successes) +
      logRising(b, trials - successes) -
      logRising(a + b, trials),
  );
  return sumOfTail(first, trials - successes + 1, (index) => {
    const count = successes + index;
    return ((trials - count) * (count + a)) / ((count + 1) * (trials - count - 1 + b));
  });
}
