import { COLUMN_DIMENSIONS, OTHER } from '../../store/filters.js';
import type { ValueSummary } from '../../store/overviewStore.js';
import type { ColumnDimension, RumStore, ViewRange } from '../../store/store.js';
import type { BreakdownResponse } from '../api.js';
import { readChoice } from '../question.js';
import { storeFailure } from '../storeFailure.js';
import { type DataRoute, oneInOf, readBoth, readEarlier, resolve } from './dataRoute.js';
import { FORMATS, table } from './table.js';

/** Most rows of an answer. Routes are as many as a day may bring unless told otherwise: whoever ranks them wants each. */
const MAX_ROWS = 200;
const MAX_ROUTES = 1000;
/** A file is for whoever wants all there is: as many as a day can be allowed to bring. */
const MAX_FILE_ROWS = 100_000;
/** Where only the most frequent values of the earlier time are known, as many as rollups keep. */
const MAX_EARLIER_ROWS = 1000;

/** Views and vitals by the values of a dimension. */
export const breakdown: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const dimension = readChoice(parameters, 'dimension', COLUMN_DIMENSIONS, 'route');
  const limit = limitOf(dimension, readChoice(parameters, 'format', FORMATS, 'json'));
  const resolved = resolve(asked);
  const { range } = resolved;
  const [[present], oneIn] = await Promise.all([
    readBoth({ ...resolved, earlier: null }, (span) => store.breakdown(span, dimension, limit + 1)),
    oneInOf(store, resolved, dimension),
  ]);
  const shown = present.slice(0, limit);
  // Which values are called so is another matter at each time.
  const names = shown.map(({ value }) => value).filter((value) => value !== OTHER);
  const compared = await readEarlier(resolved, (span) => readValues(store, span, dimension, names));
  const before = new Map(compared?.rows.map((row) => [row.value, row]));
  const rows = shown.map(({ value, views: n, vitals }) => {
    const { views: earlier, vitals: then } = before.get(value) ?? {};
    return {
      value,
      views: n,
      vitals,
      compared: earlier === undefined || then === undefined ? null : { views: earlier, vitals: then },
    };
  });
  const body: BreakdownResponse = {
    range,
    oneIn: Math.max(oneIn, compared?.oneIn ?? 1),
    dimension,
    rows,
    truncated: present.length > limit,
  };
  return table(parameters, `${dimension}s`, body, rows);
};

/** What there was of some values, however rare they were, and one of how many views that was counted in. */
async function readValues(
  store: RumStore,
  span: ViewRange,
  dimension: ColumnDimension,
  values: readonly string[],
): Promise<{ readonly rows: readonly ValueSummary[]; readonly oneIn: number }> {
  if (values.length === 0) return { rows: [], oneIn: 1 };
  const { where = [] } = span;
  const ofThose = { ...span, where: [...where, { dimension, keep: true, values }] };
  try {
    const [rows, oneIn] = await Promise.all([
      store.breakdown(ofThose, dimension, values.length),
      store.oneIn(ofThose, dimension),
    ]);
    return { rows, oneIn };
  } catch (error) {
    if (where.length > 0 || storeFailure(error) !== 'not_kept') throw error;
    // Rollups count the rarest together, and single views are gone: nothing else is known of that time.
    return {
      rows: await store.breakdown(span, dimension, Math.max(values.length, MAX_EARLIER_ROWS)),
      oneIn: 1,
    };
  }
}

function limitOf(dimension: ColumnDimension, format: (typeof FORMATS)[number]): number {
  if (format !== 'json') return MAX_FILE_ROWS;
  return dimension === 'route' ? MAX_ROUTES : MAX_ROWS;
}
