import { normalUpperQuantile } from './standardNormal.js';

const Z_95 = normalUpperQuantile(0.025);

/**
 * The 95 % confidence interval of a share, by Wilson's score (https://doi.org/10.1080/01621459.1927.10502953): good for few and for
 * shares near 0 and 1 too.
 *
 * @param hits How many of `n`.
 * @returns Both ends, 0–1; null where n is 0.
 *
 * @example
 * ```ts
 * const interval = wilsonInterval(3, 100);
 * if (interval) console.log(`3 %, 95 % sure within ${interval[0]} and ${interval[1]}`);
 * ```
 */
export function wilsonInterval(hits: number, n: number): readonly [low: number, high: number] | null {
  if (n === 0) return null;
  const share = hits / n;
  const square = Z_95 ** 2;
  const middle = (share + square / (2 * n)) / (1 + square / n);
  const half = (Z_95 / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n ** 2));
  return [hits === 0 ? 0 : Math.max(0, middle - half), hits === n ? 1 : Math.min(1, middle + half)];
}
