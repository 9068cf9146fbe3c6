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
  /** All values as they were, in any order; null once there are more than {@link MAX_VALUES}, or some whose bins only were told. */
  values: number[] | null;
}

/** Values that a histogram remembers one by one, so that percentiles of few are exact. */
const MAX_VALUES = 1000;

/** A percentile read from the bins of a histogram is at most this far from the exact one, as a share of it. */
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
  return { zeros: 0, first: 0, counts: NO_COUNTS, values: [] };
}

/** @param bin Of the value, {@link histogramBin}. */
export function addValue(histogram: LogHistogram, value: number, bin: number): void {
  const { values } = histogram;
  addToBin(histogram, bin, 1);
  if (values === null || values.length >= MAX_VALUES) return;
  values.push(value);
  histogram.values = values;
}

/** Adds values of which only the bin is known. */
export function addToBin(histogram: LogHistogram, bin: number, count: number): void {
  histogram.values = null;
  if (bin === 0) {
    histogram.zeros += count;
    return;
  }
  makeRoom(histogram, bin, bin);
  const at = bin - histogram.first;
  histogram.counts[at] = (histogram.counts[at] ?? 0) + count;
}

/** @param times How often; -1 takes away what was added before, a weight makes it count for more or less than others. */
export function addHistogram(
  into: LogHistogram,
  { zeros, first, counts, values }: LogHistogram,
  times = 1,
): void {
  if (zeros === 0 && counts.length === 0) return;
  into.values =
    times === 1 && into.values !== null && values !== null && into.values.length + values.length <= MAX_VALUES
      ? [...into.values, ...values]
      : null;
  into.zeros += times * zeros;
  if (counts.length === 0) return;
  makeRoom(into, first, first + counts.length - 1);
  const start = first - into.first;
  for (let at = 0; at < counts.length; at += 1) {
    into.counts[start + at] = (into.counts[start + at] ?? 0) + times * (counts[at] ?? 0);
  }
}

export function copyHistogram({ zeros, first, counts, values }: LogHistogram): LogHistogram {
  return { zeros, first, counts: counts.slice(), values: values && [...values] };
}

/** How many values there are. */
export function histogramCount({ zeros, counts }: LogHistogram): number {
  let total = zeros;
  for (let at = 0; at < counts.length; at += 1) total += counts[at] ?? 0;
  return total;
}

/** How many values are in higher bins than this one. */
export function countAbove({ zeros, first, counts }: LogHistogram, bin: number): number {
  let total = bin < 0 ? zeros : 0;
  for (let at = Math.max(0, bin + 1 - first); at < counts.length; at += 1) total += counts[at] ?? 0;
  return total;
}

/**
 * The percentile by nearest rank: the smallest value that at least the given share of all values does not exceed; of more than
 * {@link MAX_VALUES} values within {@link HISTOGRAM_ERROR}. Null where there are no values.
 *
 * @param share 0–1, such as 0.75.
 */
export function histogramPercentile(histogram: LogHistogram, share: number): number | null {
  const total = histogramCount(histogram);
  // 0.07 * 100 is a little more than 7.
  return valueOfRank(histogram, Math.max(1, Math.ceil(share * total - 1e-9 * total)))?.value ?? null;
}

/** What is known of the value that has a place among all of them: it lies from `low` to `high`. */
export interface RankedValue {
  readonly low: number;
  readonly high: number;
  /** Within {@link HISTOGRAM_ERROR} of it. */
  readonly value: number;
}

/** @param rank Its place among the sorted values, from 1. */
export function valueOfRank(histogram: LogHistogram, rank: number): RankedValue | null {
  const { zeros, first, counts, values } = histogram;
  if (values !== null) {
    const value = Float64Array.from(values).sort()[rank - 1];
    return value === undefined ? null : { low: value, high: value, value };
  }
  let below = zeros;
  if (below >= rank) return { low: 0, high: SMALLEST, value: 0 };
  for (let at = 0; at < counts.length; at += 1) {
    below += counts[at] ?? 0;
    const bin = first + at;
    if (below >= rank) return { low: endOf(bin - 1), high: endOf(bin), value: middleOf(bin) };
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
  let left = next();
  if (left > 0) into.values = null;
  for (; left > 0; left -= 1) {
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
export function binsOf({ zeros, first, counts }: LogHistogram): (readonly [bin: number, count: number])[] {
  const bins: (readonly [number, number])[] = zeros > 0 ? [[0, zeros]] : [];
  for (const [at, count] of counts.entries()) if (count > 0) bins.push([first + at, count]);
  return bins;
}

/** The largest value of a bin; that of zero ends where the first one begins. */
export function endOf(bin: number): number {
  return Math.exp((bin - 1 + FIRST_BIN) * LOG_GAMMA);
}

/** The value of a bin, other than that of zero, that is least far from all others in it. */
function middleOf(bin: number): number {
  return endOf(bin) * (1 - ACCURACY);
}
