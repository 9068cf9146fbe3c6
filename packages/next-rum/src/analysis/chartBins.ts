import { binsOf, endOf, histogramCount, type LogHistogram } from './logHistogram.js';

/** `n` values that are more than `low` and at most `high`; in the first bin also those that are `low`. */
export interface ChartBin {
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Of the values; those that are larger share the last bin. */
const SHOWN = 0.99;

/**
 * The bins of a histogram joined to fewer ones that are about equally wide, for a chart whose axis is not logarithmic. Up to
 * the 99th percentile there are no gaps; what is larger is in one wide bin at the end. Counts are exact, since only whole bins
 * are joined.
 *
 * @param most How many bins there may be, at least 2.
 */
export function chartBins(histogram: LogHistogram, most: number): readonly ChartBin[] {
  const bins = binsOf(histogram);
  const [first] = bins;
  if (first === undefined) return [];
  const shown = SHOWN * histogramCount(histogram);
  const begin = first[0] === 0 ? 0 : endOf(first[0] - 1);
  let below = 0;
  const lastShown = bins.find(([, n]) => {
    below += n;
    return below >= shown;
  });
  const end = endOf(lastShown?.[0] ?? first[0]);
  const width = (end - begin) / (most - 1);

  const joined: { low: number; high: number; n: number; place: number }[] = [];
  let next = first[0];
  for (const [bin, n] of bins) {
    // Empty ones too, so that there is no gap.
    for (; next <= bin; next += 1) {
      const [low, high] = [next === first[0] ? begin : endOf(next - 1), endOf(next)];
      const place = Math.min(most - 1, Math.floor((low - begin) / width));
      const last = joined.at(-1);
      if (last?.place === place) last.high = high;
      else joined.push({ low, high, n: 0, place });
    }
    const last = joined.at(-1);
    if (last !== undefined) last.n += n;
  }
  return joined.map(({ low, high, n }) => ({ low, high, n }));
}
