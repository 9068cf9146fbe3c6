import type { NextNumber } from '../anomaly/stateNumbers.js';
import {
  addHistogram,
  addToBin,
  binsOf,
  countAbove,
  emptyHistogram,
  endOf,
  histogramCount,
  type LogHistogram,
} from '../logHistogram.js';
import type { SegmentCounts } from './segment.js';

/** Of samples, how many are over what is usual. */
export interface Above {
  readonly n: number;
  readonly count: number;
}

/** What is usual in a segment; what was seen ten days ago counts half of what is seen now. */
export interface Baseline {
  /** The share of samples that is usually over the threshold, 0–1; NaN where too little was seen. */
  readonly share: () => number;
  /** From how many samples it is known. */
  readonly known: () => number;
  /** Of p75 the value, in its unit; of errors null. */
  readonly threshold: () => number | null;
  readonly above: (segment: SegmentCounts) => Above;
  /** How many samples are usually over another one's threshold. */
  readonly usuallyAbove: (other: Baseline) => Above;
  /** Of the histogram, the bin that the threshold is the end of; of errors NaN. */
  readonly bin: () => number;
  /** Puts aside what was seen: it teaches nothing before it was judged. */
  readonly hold: (segment: SegmentCounts) => void;
  /** What was put aside is learnt, or else forgotten. */
  readonly settle: (isLearnt: boolean) => void;
  /**
   * A new day begins.
   *
   * @param siteShare Of all segments together.
   */
  readonly turn: (siteShare: number) => void;
  /** Takes what was learnt for a tenth of what it was, since it is no longer true. */
  readonly doubt: () => void;
  readonly save: (into: number[]) => void;
}

/** Days. */
const HALF_LIFE = 10;
const DAILY_WEIGHT = 2 ** (1 / HALF_LIFE);
/** Fewer samples make no baseline. */
const FEWEST = 150;
const DOUBTED = 0.1;
/** A segment's errors are drawn towards those of the site as by so many views. */
const SITE_VIEWS = 200;
const P75_ABOVE = 0.25;
/** Weights grow from day to day, and are brought down again from here. */
const HEAVY = 1e9;

/** Counts samples above the p75 of what is usual, so that small samples say as little as they know. */
export function createPercentileBaseline(metric: string, saved?: NextNumber): Baseline {
  let weight = saved ? saved() : 1;
  let bin = saved ? saved() : Number.NaN;
  let usual = saved ? saved() : Number.NaN;
  const nothing = (): LogHistogram => ({ ...emptyHistogram(), values: null });
  const usually = nothing();
  if (saved) for (let left = saved(); left > 0; left -= 1) addToBin(usually, saved(), saved());
  let held = nothing();
  if (saved) for (let left = saved(); left > 0; left -= 1) addToBin(held, saved(), saved());
  const scale = (by: number): void => {
    usually.zeros *= by;
    for (let at = 0; at < usually.counts.length; at += 1) usually.counts[at] = (usually.counts[at] ?? 0) * by;
  };

  return {
    share: () => usual,
    known: () => histogramCount(usually) / weight,
    threshold: () => (Number.isNaN(bin) ? null : bin === 0 ? 0 : endOf(bin)),
    above: ({ vitals }) => {
      const histogram = vitals[metric];
      return histogram === undefined || Number.isNaN(bin)
        ? { n: 0, count: 0 }
        : { n: histogramCount(histogram), count: countAbove(histogram, bin) };
    },
    usuallyAbove: (other) => ({
      n: histogramCount(usually) / weight,
      count: countAbove(usually, other.bin()) / weight,
    }),
    bin: () => bin,
    hold: ({ vitals }) => {
      const histogram = vitals[metric];
      if (histogram !== undefined) addHistogram(held, histogram);
    },
    settle: (isLearnt) => {
      if (isLearnt) addHistogram(usually, held, weight);
      held = nothing();
    },
    turn: () => {
      weight *= DAILY_WEIGHT;
      if (weight > HEAVY) {
        scale(1 / weight);
        weight = 1;
      }
      const total = histogramCount(usually);
      if (total / weight < FEWEST) return;
      let above = total;
      for (const [each, count] of binsOf(usually)) {
        const left = above - count;
        // Of the two borders around the percentile the nearer one.
        if (left <= P75_ABOVE * total) {
          const isNearer =
            P75_ABOVE * total - left <= above - P75_ABOVE * total || Number.isNaN(bin) || above === total;
          bin = isNearer ? each : each - 1;
          usual = (isNearer ? left : above) / total;
          return;
        }
        above = left;
      }
    },
    doubt: () => scale(DOUBTED),
    save: (into) => {
      const bins = binsOf(usually);
      into.push(weight, bin, usual, bins.length);
      for (const [each, count] of bins) into.push(each, count);
      const waiting = binsOf(held);
      into.push(waiting.length);
      for (const [each, count] of waiting) into.push(each, count);
    },
  };
}

/** Counts views with an error. */
export function createErrorBaseline(saved?: NextNumber): Baseline {
  let weight = saved ? saved() : 1;
  let views = saved ? saved() : 0;
  let errors = saved ? saved() : 0;
  let usual = saved ? saved() : Number.NaN;
  let held = { views: saved ? saved() : 0, errors: saved ? saved() : 0 };
  return {
    share: () => usual,
    known: () => views / weight,
    threshold: () => null,
    above: (segment) => ({ n: segment.views, count: segment.errorViews }),
    usuallyAbove: () => ({ n: views / weight, count: errors / weight }),
    bin: () => Number.NaN,
    hold: (segment) => {
      held.views += segment.views;
      held.errors += segment.errorViews;
    },
    settle: (isLearnt) => {
      if (isLearnt) {
        views += weight * held.views;
        errors += weight * held.errors;
      }
      held = { views: 0, errors: 0 };
    },
    turn: (siteShare) => {
      weight *= DAILY_WEIGHT;
      const seen = views / weight;
      if (seen < FEWEST) return;
      // Half an error more, since never is not for ever.
      usual = Number.isNaN(siteShare)
        ? (errors / weight + 0.5) / (seen + 1)
        : (errors / weight + SITE_VIEWS * siteShare) / (seen + SITE_VIEWS);
    },
    doubt: () => {
      views *= DOUBTED;
      errors *= DOUBTED;
    },
    save: (into) => {
      into.push(weight, views, errors, usual, held.views, held.errors);
    },
  };
}
