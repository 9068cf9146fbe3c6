import { COLUMN_DIMENSIONS } from '../../store/filters.js';
import type { BreakdownResponse } from '../api.js';
import { readChoice } from '../question.js';
import { type DataRoute, oneInOf, readBoth, resolve } from './dataRoute.js';
import { table } from './table.js';

const MAX_ROWS = 200;
/** More than are shown, so that a value which was rarer before is found there. */
const MAX_EARLIER_ROWS = 1000;

/** Views and vitals by the values of a dimension. */
export const breakdown: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const dimension = readChoice(parameters, 'dimension', COLUMN_DIMENSIONS, 'route');
  const resolved = resolve(asked);
  const { range, views } = resolved;
  const [[present, compared], oneIn] = await Promise.all([
    readBoth(resolved, (span) =>
      store.breakdown(span, dimension, span === views ? MAX_ROWS + 1 : MAX_EARLIER_ROWS),
    ),
    oneInOf(store, resolved, dimension),
  ]);
  const before = new Map(compared?.map((row) => [row.value, row]));
  const rows = present.slice(0, MAX_ROWS).map(({ value, views: n, vitals }) => {
    const { views: earlier, vitals: then } = before.get(value) ?? {};
    return {
      value,
      views: n,
      vitals,
      compared: earlier === undefined || then === undefined ? null : { views: earlier, vitals: then },
    };
  });
  const body: BreakdownResponse = { range, oneIn, dimension, rows, truncated: present.length > MAX_ROWS };
  return table(parameters, `${dimension}s`, body, rows);
};
