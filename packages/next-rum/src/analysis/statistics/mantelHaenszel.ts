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
 * The probability is that of their test, with its correction for continuity, which also holds where nobody with the old has a hit, as of an error that
 * a release brings, or everybody with the new. The ratio would then be without end: it is taken as if half a hit and half a miss more had
 * been on either side (Haldane 1956, https://doi.org/10.1111/j.1469-1809.1955.tb01285.x), in each stratum as large a part of it as the stratum is of all.
 *
 * @returns Null where it cannot be told: nobody has a hit, or everybody.
 *
 * @example
 * ```ts
 * const odds = mantelHaenszel(hours.map(({ old, now }) => ({ oldHits, oldN, newHits, newN })));
 * if (odds && odds.low > 1) console.log(`slow views are ${odds.ratio.toFixed(1)} times as likely`);
 * ```
 */
export function mantelHaenszel(strata: readonly Stratum[]): CommonOdds | null {
  const both = strata.filter(({ oldN, newN }) => oldN > 0 && newN > 0);
  const p = probabilityOf(both);
  if (p === null) return null;
  const odds = oddsOf(both) ?? oddsOf(withHalves(both));
  return odds && { ...odds, p };
}

/** Of hits as many, with the new, as there are or as few; null where they could not have been any others. */
function probabilityOf(strata: readonly Stratum[]): number | null {
  let [beyond, variance] = [0, 0];
  for (const { oldHits, oldN, newHits, newN } of strata) {
    const n = oldN + newN;
    const hits = oldHits + newHits;
    beyond += newHits - (newN * hits) / n;
    variance += (newN * oldN * hits * (n - hits)) / (n * n * (n - 1));
  }
  return variance === 0
    ? null
    : Math.min(1, 2 * normalTail(Math.max(0, Math.abs(beyond) - 0.5) / Math.sqrt(variance)));
}

function oddsOf(strata: readonly Stratum[]): Omit<CommonOdds, 'p'> | null {
  let [sumR, sumS, sumPR, sumMixed, sumQS] = [0, 0, 0, 0, 0];
  for (const { oldHits, oldN, newHits, newN } of strata) {
    const n = oldN + newN;
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
  return { ratio: sumR / sumS, low: Math.exp(log - reach), high: Math.exp(log + reach) };
}

function withHalves(strata: readonly Stratum[]): readonly Stratum[] {
  const all = strata.reduce((sum, { oldN, newN }) => sum + oldN + newN, 0);
  return strata.map(({ oldHits, oldN, newHits, newN }) => {
    const part = (oldN + newN) / (2 * all);
    return {
      oldHits: oldHits + part,
      oldN: oldN + 2 * part,
      newHits: newHits + part,
      newN: newN + 2 * part,
    };
  });
}
