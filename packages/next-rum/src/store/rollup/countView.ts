import { addName } from '../../analysis/hyperLogLog.js';
import { addValue, histogramBin } from '../../analysis/logHistogram.js';
import { COLUMN_DIMENSIONS } from '../filters.js';
import { VITAL_NAMES } from '../rows.js';
import { type Cells, cellOf, type ViewDimension } from './cells.js';

/** What of a view is counted. */
export interface CountedView {
  readonly visitor: string;
  readonly sample: boolean;
  /** Values in the order of {@link COLUMN_DIMENSIONS}. Null or empty where the view has none. */
  readonly values: readonly (string | null)[];
  /** In the order of {@link VITAL_NAMES}. Null where the view has none. */
  readonly vitals: readonly (number | null)[];
  /** Of each vital: 0 good, 1 needs improvement, 2 poor; digits to the base 3, the first vital's the lowest. */
  readonly ratings: number;
}

/** Adds a view to what is known of a bucket. */
export function countView(cells: Cells, view: CountedView): void {
  const bins = binsOf(view);
  countBins(cells, 'all', '', bins, view);
  for (const [index, dimension] of COLUMN_DIMENSIONS.entries()) {
    const value = view.values[index] ?? null;
    if (value !== null && value !== '') countBins(cells, dimension, value, bins, view);
  }
  countVisitor(cells, view.visitor);
  if (view.sample) cellOf(cells, 'sample', '').n += 1;
}

export function countVisitor(cells: Cells, visitor: string): void {
  const { visitors } = cellOf(cells, 'visitor', '');
  if (visitors !== null) addName(visitors, visitor);
}

/** Adds a view to what is known of one value only. */
export function countIn(
  cells: Cells,
  dimension: ViewDimension,
  value: string,
  view: Pick<CountedView, 'vitals' | 'ratings'>,
): void {
  countBins(cells, dimension, value, binsOf(view), view);
}

function binsOf({ vitals }: Pick<CountedView, 'vitals'>): readonly (number | null)[] {
  return vitals.map((value) => (value === null ? null : histogramBin(value)));
}

function countBins(
  cells: Cells,
  dimension: ViewDimension,
  value: string,
  bins: readonly (number | null)[],
  { vitals, ratings }: Pick<CountedView, 'vitals' | 'ratings'>,
): void {
  const cell = cellOf(cells, dimension, value);
  cell.n += 1;
  if (cell.vitals === null) return;
  let rest = ratings;
  for (const [index, name] of VITAL_NAMES.entries()) {
    const rating = rest % 3;
    rest = Math.floor(rest / 3);
    const bin = bins[index] ?? null;
    if (bin === null) continue;
    const vital = cell.vitals[name];
    vital.n += 1;
    if (rating === 0) vital.good += 1;
    if (rating === 2) vital.poor += 1;
    addValue(vital.histogram, vitals[index] ?? 0, bin);
  }
}
