import { normalTail } from './standardNormal.js';

export interface MannKendall {
  /** Pairs that rise less pairs that fall. */
  readonly s: number;
  /** From -1, where every later value is lower, to 1, where every later one is higher; pairs that are equal count as neither. */
  readonly tau: number;
  /** The probability of an `s` at least as far from 0 where there is no trend. */
  readonly p: number;
}

/** Up to here the distribution is counted out, where no two values are equal. */
const COUNTED_TO = 60;

/**
 * Whether values rise or fall over time, whatever they are distributed like and however the rise is shaped. They must be free
 * of seasons, and not hang on the one before. Mann 1945, https://doi.org/10.2307/1907187; Kendall, Rank Correlation Methods.
 *
 * @param values In order of time, at least 2, all finite.
 */
export function mannKendall(values: readonly number[]): MannKendall {
  const count = values.length;
  let s = 0;
  let hasTies = false;
  for (let later = 1; later < count; later += 1)
    for (let earlier = 0; earlier < later; earlier += 1) {
      const sign = Math.sign((values[later] as number) - (values[earlier] as number));
      if (sign === 0) hasTies = true;
      s += sign;
    }
  const pairs = (count * (count - 1)) / 2;
  const p =
    !hasTies && count <= COUNTED_TO
      ? countedProbability(count, Math.abs(s))
      : Math.min(1, 2 * normalTail(Math.max(0, Math.abs(s) - 1) / Math.sqrt(kendallVariance(values))));
  return { s, tau: s / pairs, p: s === 0 ? 1 : p };
}

/** The variance of `s` where there is no trend; equal values lessen it. */
export function kendallVariance(values: readonly number[]): number {
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const part = (count: number): number => count * (count - 1) * (2 * count + 5);
  let tied = 0;
  for (const equal of times.values()) tied += part(equal);
  return (part(values.length) - tied) / 18;
}

/** Of each count that was asked for: which share of all its orders has so many inversions. Counting them out is most of a test. */
const INVERSIONS = new Map<number, Float64Array>();

/**
 * Of all orders of `count` different values, the share with at least this `s` either way. The next value put into an order
 * of those before it can have any number of them after it, each as likely.
 */
function countedProbability(count: number, s: number): number {
  const shares = INVERSIONS.get(count) ?? inversionsOf(count);
  INVERSIONS.set(count, shares);
  // s = pairs - 2 · inversions.
  const most = Math.floor((shares.length - 1 - s) / 2);
  let tail = 0;
  for (let inversions = 0; inversions <= most; inversions += 1) tail += shares[inversions] as number;
  return Math.min(1, 2 * tail);
}

function inversionsOf(count: number): Float64Array {
  let shares = Float64Array.of(1);
  for (let values = 2; values <= count; values += 1) {
    const next = new Float64Array(shares.length + values - 1);
    for (const [inversions, share] of shares.entries())
      for (let more = 0; more < values; more += 1)
        next[inversions + more] = (next[inversions + more] as number) + share / values;
    shares = next;
  }
  return shares;
}
