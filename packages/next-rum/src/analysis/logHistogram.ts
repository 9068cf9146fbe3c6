import type { NumberSource } from './numberText.js';

/**
 * How often values fell into bins that are each about 2 % wide. Histograms of parts, added bin by bin, are the histogram of
 * the whole, so that percentiles of any span of time come from those of its minutes.
 *
 * The bins are those of DDSketch (https://www.vldb.org/pvldb/vol12/p2195-masson.pdf) with every bin kept. They stand side by
 * side, since adding up thousands of histograms is most of what a query over 30 days does: a fifth of the time that maps
 * from bin to count take.
 */
export interface LogHistogram {
  /** In bin 0, which lies far from all others. */
  zeros: number;
  /** The bin that `counts` begins with. */
  first: number;
  counts: Float64Array;
}

/** A percentile read from a histogram is at most this far from the exact one, as a share of it. */
export const HISTOGRAM_ERROR = 0.01;

/** A little less than promised, so that rounding at the border of a bin cannot break the promise. */
const ACCURACY = 0.0099;
const LOG_GAMMA = Math.log((1 + ACCURACY) / (1 - ACCURACY));
/** Smaller values count as zero: a millionth of a millisecond, or of a layout shift. */
const SMALLEST = 1e-6;
const FIRST_BIN = Math.ceil(Math.log(SMALLEST) / LOG_GAMMA);
/** Larger values count as this one; in ms, 31 years. */
const LARGEST = 1e12;

/** The bin that a value falls into: 0 for zero, 1 for the smallest value that is told from it. */
export function histogramBin(value: number): number {
  if (value < SMALLEST) return 0;
  return Math.ceil(Math.log(Math.min(value, LARGEST)) / LOG_GAMMA) - FIRST_BIN + 1;
}

export function emptyHistogram(): LogHistogram {
  return { zeros: 0, first: 0, counts: NO_COUNTS };
}

export function addToBin(histogram: LogHistogram, bin: number, count = 1): void {
  if (bin === 0) {
    histogram.zeros += count;
    return;
  }
  makeRoom(histogram, bin, bin);
  const at = bin - histogram.first;
  histogram.counts[at] = (histogram.counts[at] ?? 0) + count;
}

export function addHistogram(into: LogHistogram, { zeros, first, counts }: LogHistogram): void {
  into.zeros += zeros;
  if (counts.length === 0) return;
  makeRoom(into, first, first + counts.length - 1);
  const start = first - into.first;
  for (let at = 0; at < counts.length; at += 1) {
    into.counts[start + at] = (into.counts[start + at] ?? 0) + (counts[at] ?? 0);
  }
}

export function copyHistogram({ zeros, first, counts }: LogHistogram): LogHistogram {
  return { zeros, first, counts: counts.slice() };
}

/**
 * The percentile by nearest rank, within {@link HISTOGRAM_ERROR}: the smallest value that at least the given share of all
 * values does not exceed. Null where there are no values.
 *
 * @param share 0–1, such as 0.75.
 */
export function histogramPercentile({ zeros, first, counts }: LogHistogram, share: number): number | null {
  let total = zeros;
  for (let at = 0; at < counts.length; at += 1) total += counts[at] ?? 0;
  if (total === 0) return null;
  // 0.07 * 100 is a little more than 7.
  const rank = Math.max(1, Math.ceil(share * total - 1e-9 * total));
  let below = zeros;
  if (below >= rank) return 0;
  for (let at = 0; at < counts.length; at += 1) {
    below += counts[at] ?? 0;
    if (below >= rank) return middleOf(first + at);
  }
  return null;
}

/** As whole numbers: how many bins, then for each its distance from the one before and its count. */
export function writeHistogram(histogram: LogHistogram): number[] {
  const bins = binsOf(histogram);
  const numbers = [bins.length];
  let before = 0;
  for (const [bin, count] of bins) {
    numbers.push(bin - before, count);
    before = bin;
  }
  return numbers;
}

/**
 * Adds what {@link writeHistogram} made.
 *
 * @param next Gives its numbers; it is left where they end.
 * @param times How often; -1 takes away what was added before.
 */
export function addWrittenHistogram(into: LogHistogram, next: NumberSource, times = 1): void {
  let bin = 0;
  for (let left = next(); left > 0; left -= 1) {
    bin += next();
    const count = times * next();
    if (bin === 0) {
      into.zeros += count;
      continue;
    }
    makeRoom(into, bin, bin);
    const at = bin - into.first;
    into.counts[at] = (into.counts[at] ?? 0) + count;
  }
}

const NO_COUNTS = new Float64Array(0);
/** Bins that a histogram grows by beyond what it needs at each end. */
const SPARE = 32;

function makeRoom(histogram: LogHistogram, from: number, to: number): void {
  const { first, counts } = histogram;
  const end = first + counts.length;
  if (from >= first && to < end) return;
  const isEmpty = counts.length === 0;
  const begins = Math.max(1, (isEmpty ? from : Math.min(from, first)) - SPARE);
  const ends = (isEmpty ? to + 1 : Math.max(to + 1, end)) + SPARE;
  const wider = new Float64Array(ends - begins);
  wider.set(counts, isEmpty ? 0 : first - begins);
  histogram.first = begins;
  histogram.counts = wider;
}

/** Those that are not empty, in order. */
function binsOf({ zeros, first, counts }: LogHistogram): (readonly [bin: number, count: number])[] {
  const bins: (readonly [number, number])[] = zeros > 0 ? [[0, zeros]] : [];
  for (const [at, count] of counts.entries()) if (count > 0) bins.push([first + at, count]);
  return bins;
}

/** The value of a bin, other than that of zero, that is least far from all others in it. */
function middleOf(bin: number): number {
  return Math.exp((bin - 1 + FIRST_BIN) * LOG_GAMMA) * (1 - ACCURACY);
}
