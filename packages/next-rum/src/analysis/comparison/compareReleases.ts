import {
  addHistogram,
  countAbove,
  emptyHistogram,
  histogramBin,
  histogramCount,
  type LogHistogram,
} from '../logHistogram.js';
import { differenceInterval, type Estimate } from '../statistics/differenceInterval.js';
import { type CommonOdds, mantelHaenszel } from '../statistics/mantelHaenszel.js';
import { percentileEstimate } from './percentileEstimate.js';

/** A vital in one bucket of time: of views of the old release, or without a flag, and of the new one. */
export interface ReleaseBucket {
  /** Begin, epoch ms. */
  readonly t: number;
  readonly before: LogHistogram;
  readonly after: LogHistogram;
}

type Verdict = 'slower' | 'faster' | 'no significant change' | 'too few views';

interface PercentileChange {
  readonly before: { readonly n: number; readonly p75: Estimate | null };
  readonly after: { readonly n: number; readonly p75: Estimate | null };
  /** p75 after less before, in the vital's unit. */
  readonly difference: Estimate | null;
  /** p75 after over before; 1.1: a tenth slower. */
  readonly ratio: Estimate | null;
  readonly verdict: Verdict;
}

export interface ReleaseComparison {
  /** Of the buckets in which there were views of both. What both share, such as the time of day, cannot be what differs. */
  readonly concurrent: PercentileChange & {
    /** By what the odds of a view over the old one's p75 are multiplied, compared within each bucket. */
    readonly odds: CommonOdds | null;
  };
  /** Of all buckets: what came before against what came after, the times in between included. */
  readonly beforeAfter: PercentileChange;
}

/** Fewer samples on one side decide nothing. */
const FEWEST = 100;
const P75 = 0.75;

/**
 * Compares a vital before and after a release, or without and with a flag. Visitors who had the old one and the new one at the
 * same time are compared bucket by bucket, which neither the time of day nor a campaign can disturb, where all the old against all
 * the new may also differ by what else changed. It remains an observation: who gets the new one first may be different people.
 *
 * @example
 * ```ts
 * const { concurrent } = compareReleases(hours);
 * if (concurrent.verdict === 'slower') console.log(concurrent.ratio); // { value: 1.31, low: 1.22, high: 1.4 }
 * ```
 */
export function compareReleases(buckets: readonly ReleaseBucket[]): ReleaseComparison {
  const both = buckets.filter(({ before, after }) => histogramCount(before) > 0 && histogramCount(after) > 0);
  const change = changeOf(both);
  const limit = change.before.p75;
  const bin = limit === null ? null : histogramBin(limit.value);
  const odds =
    bin === null
      ? null
      : mantelHaenszel(
          both.map(({ before, after }) => ({
            oldHits: countAbove(before, bin),
            oldN: histogramCount(before),
            newHits: countAbove(after, bin),
            newN: histogramCount(after),
          })),
        );
  return {
    concurrent: { ...change, odds, verdict: verdictOf(change, odds && { value: odds.ratio, ...odds }) },
    beforeAfter: changeOf(buckets),
  };
}

function changeOf(buckets: readonly ReleaseBucket[]): PercentileChange {
  const sides = (['before', 'after'] as const).map((side) => {
    const sum = emptyHistogram();
    for (const bucket of buckets) addHistogram(sum, bucket[side]);
    return { n: histogramCount(sum), p75: percentileEstimate(sum, P75) };
  });
  const [before = NONE, after = NONE] = sides;
  const difference = before.p75 && after.p75 ? differenceInterval(before.p75, after.p75) : null;
  const logs =
    before.p75 && after.p75 && before.p75.low > 0 && after.p75.low > 0
      ? differenceInterval(logOf(before.p75), logOf(after.p75))
      : null;
  const ratio = logs && { value: Math.exp(logs.value), low: Math.exp(logs.low), high: Math.exp(logs.high) };
  const change: PercentileChange = { before, after, difference, ratio, verdict: 'too few views' };
  return {
    ...change,
    verdict: verdictOf(
      change,
      difference && { ...difference, low: difference.low + 1, high: difference.high + 1 },
    ),
  };
}

const NONE = { n: 0, p75: null };

function logOf({ value, low, high }: Estimate): Estimate {
  return { value: Math.log(value), low: Math.log(low), high: Math.log(high) };
}

/** @param factor On a scale on which 1 is no change. */
function verdictOf({ before, after }: PercentileChange, factor: Estimate | null): Verdict {
  if (before.n < FEWEST || after.n < FEWEST || factor === null) return 'too few views';
  if (factor.low > 1) return 'slower';
  return factor.high < 1 ? 'faster' : 'no significant change';
}
