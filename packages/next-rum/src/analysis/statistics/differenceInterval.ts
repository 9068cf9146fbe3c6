import { wilsonInterval } from './wilsonInterval.js';

/** What was measured, and between what it lies with 95 %. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The 95 % interval of the difference of two independent estimates from that of each: what recovers their variances near the ends
 * (MOVER; Zou and Donner 2008, https://doi.org/10.1002/sim.3095). It keeps the lopsidedness that they have.
 *
 * @returns Of `after` less `before`.
 *
 * @example
 * ```ts
 * const { low, high } = differenceInterval(p75Before, p75After);
 * const isSlower = low > 0;
 * ```
 */
export function differenceInterval(before: Estimate, after: Estimate): Estimate {
  const value = after.value - before.value;
  return {
    value,
    low: value - Math.hypot(after.value - after.low, before.high - before.value),
    high: value + Math.hypot(after.high - after.value, before.value - before.low),
  };
}

/**
 * The 95 % interval of the difference of two shares: Newcombe's hybrid score interval, his method 10 (1998,
 * https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
 *
 * @param before How many of `n`.
 * @returns Of `after` less `before`, from -1 to 1; null where one of them is of nothing.
 */
export function shareDifference(
  before: { readonly hits: number; readonly n: number },
  after: { readonly hits: number; readonly n: number },
): Estimate | null {
  const estimates = [before, after].map(({ hits, n }): Estimate | null => {
    const interval = wilsonInterval(hits, n);
    return interval && { value: hits / n, low: interval[0], high: interval[1] };
  });
  const [one, other] = estimates;
  return one && other ? differenceInterval(one, other) : null;
}
