/**
 * How often values fell into bins that are each about 2 % wide: bin number → count. Histograms of parts, added bin by bin,
 * are the histogram of the whole, so that percentiles of any span of time come from those of its minutes.
 *
 * The bins are those of DDSketch (https://www.vldb.org/pvldb/vol12/p2195-masson.pdf) with every bin kept.
 */
export type LogHistogram = Map<number, number>;

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

export function addToBin(histogram: LogHistogram, bin: number): void {
  histogram.set(bin, (histogram.get(bin) ?? 0) + 1);
}

export function addHistogram(into: LogHistogram, other: LogHistogram): void {
  for (const [bin, count] of other) into.set(bin, (into.get(bin) ?? 0) + count);
}

/**
 * The percentile by nearest rank, within {@link HISTOGRAM_ERROR}: the smallest value that at least the given share of all
 * values does not exceed. Null where there are no values.
 *
 * @param share 0–1, such as 0.75.
 */
export function histogramPercentile(histogram: LogHistogram, share: number): number | null {
  let total = 0;
  for (const count of histogram.values()) total += count;
  if (total === 0) return null;
  // 0.07 * 100 is a little more than 7.
  const rank = Math.max(1, Math.ceil(share * total - 1e-9 * total));
  let below = 0;
  for (const [bin, count] of [...histogram].sort(([a], [b]) => a - b)) {
    below += count;
    if (below >= rank) return middleOf(bin);
  }
  return null;
}

/** As whole numbers: how many bins, then for each its distance from the one before and its count. */
export function writeHistogram(histogram: LogHistogram): number[] {
  const numbers = [histogram.size];
  let before = 0;
  for (const [bin, count] of [...histogram].sort(([a], [b]) => a - b)) {
    numbers.push(bin - before, count);
    before = bin;
  }
  return numbers;
}

/** Adds what {@link writeHistogram} made and `numbers` holds at `start`. @returns Where the next thing begins. */
export function addWrittenHistogram(into: LogHistogram, numbers: readonly number[], start: number): number {
  const end = start + 1 + 2 * (numbers[start] ?? 0);
  let bin = 0;
  for (let index = start + 1; index < end; index += 2) {
    bin += numbers[index] ?? 0;
    into.set(bin, (into.get(bin) ?? 0) + (numbers[index + 1] ?? 0));
  }
  return end;
}

/** The value of a bin that is least far from all others in it. */
function middleOf(bin: number): number {
  if (bin === 0) return 0;
  return Math.exp((bin - 1 + FIRST_BIN) * LOG_GAMMA) * (1 - ACCURACY);
}
