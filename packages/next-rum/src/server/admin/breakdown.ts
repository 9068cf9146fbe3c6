import { COLUMN_DIMENSIONS } from '../../store/filters.js';
import type { ColumnDimension } from '../../store/store.js';
import type { BreakdownResponse } from '../api.js';
import { readChoice } from '../question.js';
import { type DataRoute, oneInOf, readBoth, resolve } from './dataRoute.js';
import { FORMATS, table } from './table.js';

/** Most rows of an answer. Routes are as many as a day may bring unless told otherwise: whoever ranks them wants each. */
const MAX_ROWS = 200;
const MAX_ROUTES = 1000;
/** A file is for whoever wants all there is: as many as a day can be allowed to bring. */
const MAX_FILE_ROWS = 100_000;
/** More than are shown, so that a value which was rarer before is found there. */
const MAX_EARLIER_ROWS = 1000;

/** Views and vitals by the values of a dimension. */
export const breakdown: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const dimension = readChoice(parameters, 'dimension', COLUMN_DIMENSIONS, 'route');
  const limit = limitOf(dimension, readChoice(parameters, 'format', FORMATS, 'json'));
  const resolved = resolve(asked);
  const { range, views } = resolved;
  const [[present, compared], oneIn] = await Promise.all([
    readBoth(resolved, (span) =>
      store.breakdown(span, dimension, span === views ? limit + 1 : Math.max(limit, MAX_EARLIER_ROWS)),
    ),
    oneInOf(store, resolved, dimension),
  ]);
  const before = new Map(compared?.map((row) => [row.value, row]));
  const rows = present.slice(0, limit).map(({ value, views: n, vitals }) => {
    const { views: earlier, vitals: then } = before.get(value) ?? {};
    return {
      value,
      views: n,
      vitals,
      compared: earlier === undefined || then === undefined ? null : { views: earlier, vitals: then },
    };
  });
  const body: BreakdownResponse = { range, oneIn, dimension, rows, truncated: present.length > limit };
  return table(parameters, `${dimension}s`, body, rows);
};

function limitOf(dimension: ColumnDimension, format: (typeof FORMATS)[number]): number {
  if (format !== 'json') return MAX_FILE_ROWS;
  return dimension === 'route' ? MAX_ROUTES : MAX_ROWS;
}
