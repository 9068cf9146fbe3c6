import { normalTail, normalUpperQuantile } from './standardNormal.js';

/** Hits among those who had the old and the new at the same time, such as in the same hour. */
export interface Stratum {
  readonly oldHits: number;
  readonly oldN: number;
  readonly newHits: number;
  readonly newN: number;
}

export interface CommonOdds {
  /** By what the odds of a hit are multiplied with the new; 1: no difference. */
  readonly ratio: number;
  /** 95 %. */
  readonly low: number;
  readonly high: number;
  /** The probability of a ratio as far from 1 where there is no difference. */
  readonly p: number;
}

/**
 * By how much hits are more frequent with the new than with the old, only comparing what happened at the same time: the odds ratio
 * of Mantel and Haenszel 1959 (https://doi.org/10.1093/jnci/22.4.719), its variance by Robins, Breslow and Greenland 1986
 * (https://doi.org/10.2307/2531052). So neither the time of day nor a campaign is taken for the release.
 *
 * @returns Null where it cannot be told, since nobody, or everybody, with one of the two had a hit.
 *
 * @example
 * ```ts
 * const odds = mantelHaenszel(hours.map(({ old, now }) => ({ oldHits, oldN, newHits, newN })));
 * if (odds && odds.low > 1) console.log(`slow views are ${odds.ratio.toFixed(1)} times as likely`);
 * ```
 */
export function mantelHaenszel(strata: readonly Stratum[]): CommonOdds | null {
  let [sumR, sumS, sumPR, sumMixed, sumQS] = [0, 0, 0, 0, 0];
  for (const { oldHits, oldN, newHits, newN } of strata) {
    const n = oldN + newN;
    if (oldN === 0 || newN === 0) continue;
    const r = (newHits * (oldN - oldHits)) / n;
    const s = (oldHits * (newN - newHits)) / n;
    const p = (newHits + oldN - oldHits) / n;
    sumR += r;
    sumS += s;
    sumPR += p * r;
    sumMixed += p * s + (1 - p) * r;
    sumQS += (1 - p) * s;
  }
  if (sumR === 0 || sumS === 0) return null;
  const deviation = Math.sqrt(
    sumPR / (2 * sumR * sumR) + sumMixed / (2 * sumR * sumS) + sumQS / (2 * sumS * sumS),
  );
  const log = Math.log(sumR / sumS);
  const reach = normalUpperQuantile(0.025) * deviation;
  return {
    ratio: sumR / sumS,
    low: Math.exp(log - reach),
    high: Math.exp(log + reach),
    p: Math.min(1, 2 * normalTail(Math.abs(log) / deviation)),
  };
}
