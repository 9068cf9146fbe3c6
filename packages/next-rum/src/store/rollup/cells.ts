import type { VitalName } from '@rumkit/react-rum/protocol';
import {
  addCounter,
  addWrittenCounter,
  estimateCount,
  type HyperLogLog,
  writeCounter,
} from '../../analysis/hyperLogLog.js';
import {
  addHistogram,
  addWrittenHistogram,
  copyHistogram,
  emptyHistogram,
  type LogHistogram,
  writeHistogram,
} from '../../analysis/logHistogram.js';
import { numbersOf, writeNumbers } from '../../analysis/numberText.js';
import { COLUMN_DIMENSIONS, type ColumnDimension, OTHER } from '../filters.js';
import { VITAL_NAMES } from '../rows.js';
import type { Grain } from './grains.js';
import { addSeen, neverSeen, readSeen, type Seen, writeSeen } from './seen.js';

/** What views are told apart by. `all`: not at all. */
export type ViewDimension = 'all' | ColumnDimension;
export const VIEW_DIMENSIONS: readonly ViewDimension[] = ['all', ...COLUMN_DIMENSIONS];

/** Whose values may be too many for a bucket. */
export type FoldedDimension = ColumnDimension | 'error';

/**
 * What a row counts: views, sessions that began, visitors, views that are sample data, events of a type, or errors that are alike.
 * `folded`: how many views or errors have a value that the bucket counts under {@link OTHER}, by the dimension.
 */
export type Dimension = ViewDimension | 'session' | 'visitor' | 'sample' | 'event' | 'error' | 'folded';

export const DIMENSIONS: readonly Dimension[] = [
  ...VIEW_DIMENSIONS,
  'session',
  'visitor',
  'sample',
  'event',
  'error',
  'folded',
];

/** The views that have a vital, and how they fared. Ratings are those of the raw values. */
export interface VitalCell {
  n: number;
  good: number;
  poor: number;
  readonly histogram: LogHistogram;
}

/** What is known of one value of one dimension. */
export interface Cell {
  /** Of visitors 0, unless their exact number is known. */
  n: number;
  /** Null where no views are counted. */
  readonly vitals: { readonly [name in VitalName]: VitalCell } | null;
  /** Null where no visitors are counted. */
  readonly visitors: HyperLogLog | null;
  /** Null where no errors are counted. */
  readonly seen: Seen | null;
}

/** What is known of one bucket or span. */
export type Cells = Map<Dimension, Map<string, Cell>>;

export interface RollupRow {
  readonly app: string;
  readonly grain: Grain;
  readonly dimension: Dimension;
  /** Epoch ms. */
  readonly bucket: number;
  /** Of the dimension, such as a route; empty where there is only one. */
  readonly value: string;
  readonly n: number;
  /** Vitals of views, the visitors, or when errors were seen, as text. */
  readonly sketch: string | null;
}

/** Longest value, in UTF-16 code units: what the collector lets through, and what fits into PostgreSQL's index. */
const MAX_VALUE = 512;
/** Most values of one dimension in one bucket. The rarest ones are counted together, so that no flood of them makes it grow. */
export const MAX_VALUES = 1000;

export function cellOf(cells: Cells, dimension: Dimension, value: string): Cell {
  let byValue = cells.get(dimension);
  if (byValue === undefined) {
    byValue = new Map();
    cells.set(dimension, byValue);
  }
  const key = value.length > MAX_VALUE ? value.slice(0, MAX_VALUE) : value;
  let cell = byValue.get(key);
  if (cell === undefined) {
    cell = emptyCell(dimension);
    byValue.set(key, cell);
  }
  return cell;
}

export function emptyCell(dimension: Dimension): Cell {
  const vital = (): VitalCell => ({ n: 0, good: 0, poor: 0, histogram: emptyHistogram() });
  const ofViews = VIEW_DIMENSIONS.some((name) => name === dimension);
  return {
    n: 0,
    vitals: ofViews ? { lcp: vital(), inp: vital(), cls: vital(), fcp: vital(), ttfb: vital() } : null,
    visitors: dimension === 'visitor' ? new Map() : null,
    seen: dimension === 'error' ? neverSeen() : null,
  };
}

/**
 * Adds a row's numbers. Rows of parts, added in any order, give the numbers of the whole.
 *
 * @param times How often; -1 takes away what was added before. Visitors and errors cannot be taken away.
 */
export function addRow(cell: Cell, n: number, sketch: string | null, times: 1 | -1 = 1): void {
  if (cell.visitors !== null) {
    addWrittenCounter(cell.visitors, numbersOf(sketch ?? ''));
    return;
  }
  cell.n += times * n;
  if (cell.seen !== null && sketch !== null) addSeen(cell.seen, readSeen(sketch));
  if (cell.vitals === null || sketch === null) return;
  const next = numbersOf(sketch);
  for (const name of VITAL_NAMES) {
    const vital = cell.vitals[name];
    const count = next();
    if (count === 0) continue;
    vital.n += times * count;
    vital.good += times * next();
    vital.poor += times * next();
    addWrittenHistogram(vital.histogram, next, times);
  }
}

/** What a cell counts; of visitors an estimate, unless their number is known. */
export function countOf({ n, visitors }: Cell): number {
  return n === 0 && visitors !== null ? estimateCount(visitors) : n;
}

/** The rows of a bucket: of each dimension the {@link MAX_VALUES} most frequent values and one for the rest, and how much that is. */
export function toRollupRows(
  cells: Cells,
  bucket: { readonly app: string; readonly grain: Grain; readonly bucket: number },
): RollupRow[] {
  const rows: RollupRow[] = [];
  const folded = new Map([...(cells.get('folded') ?? [])].map(([dimension, { n }]) => [dimension, n]));
  for (const [dimension, byValue] of cells) {
    if (dimension === 'folded') continue;
    const kept = capValues(byValue, dimension);
    const more = (kept.get(OTHER)?.n ?? 0) - (byValue.get(OTHER)?.n ?? 0);
    if (more > 0) folded.set(dimension, (folded.get(dimension) ?? 0) + more);
    for (const [value, cell] of kept) {
      const n = countOf(cell);
      if (n > 0) rows.push({ ...bucket, dimension, value, n, sketch: sketchOf(cell) });
    }
  }
  for (const [value, n] of folded) rows.push({ ...bucket, dimension: 'folded', value, n, sketch: null });
  return rows;
}

function sketchOf({ vitals, visitors, seen }: Cell): string | null {
  if (visitors !== null) return writeNumbers(writeCounter(visitors));
  if (seen !== null) return writeSeen(seen);
  if (vitals === null) return null;
  return writeNumbers(
    VITAL_NAMES.flatMap((name) => {
      const { n, good, poor, histogram } = vitals[name];
      return n === 0 ? [0] : [n, good, poor, ...writeHistogram(histogram)];
    }),
  );
}

/** The {@link MAX_VALUES} most frequent values, and one for the rest. */
export function capValues<Kept extends ReadonlyMap<string, Cell>>(
  byValue: Kept,
  dimension: Dimension,
): Kept | Map<string, Cell> {
  // Where the collector has put views under the same name, they go together.
  const before = byValue.get(OTHER);
  if (byValue.size - (before === undefined ? 0 : 1) <= MAX_VALUES) return byValue;
  const ordered = [...byValue]
    .filter(([value]) => value !== OTHER)
    .sort(([valueA, a], [valueB, b]) => b.n - a.n || (valueA < valueB ? -1 : valueA > valueB ? 1 : 0));
  const kept = new Map(ordered.slice(0, MAX_VALUES));
  const other = emptyCell(dimension);
  for (const [, cell] of ordered.slice(MAX_VALUES)) addCell(other, cell);
  if (before !== undefined) addCell(other, before);
  return kept.set(OTHER, other);
}

/** Of views. */
export function copyCell({ n, vitals }: Cell): Cell {
  const copy = (vital: VitalCell): VitalCell => ({ ...vital, histogram: copyHistogram(vital.histogram) });
  return {
    n,
    vitals: vitals && {
      lcp: copy(vitals.lcp),
      inp: copy(vitals.inp),
      cls: copy(vitals.cls),
      fcp: copy(vitals.fcp),
      ttfb: copy(vitals.ttfb),
    },
    visitors: null,
    seen: null,
  };
}

/** @param times How often; -1 takes away what was added before. Visitors cannot be taken away. */
export function addCell(into: Cell, { n, vitals, visitors, seen }: Cell, times: 1 | -1 = 1): void {
  into.n += times * n;
  if (into.seen !== null && seen !== null) addSeen(into.seen, seen);
  if (into.visitors !== null && visitors !== null) addCounter(into.visitors, visitors);
  if (into.vitals === null || vitals === null) return;
  for (const name of VITAL_NAMES) {
    const [target, source] = [into.vitals[name], vitals[name]];
    target.n += times * source.n;
    target.good += times * source.good;
    target.poor += times * source.poor;
    addHistogram(target.histogram, source.histogram, times);
  }
}
