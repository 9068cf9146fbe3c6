import type { CausesResponse } from '../api.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { latestColumns } from './sampleColumns.js';
import { table } from './table.js';
import { readMetric } from './vital.js';

/** So many are read within a tenth of a second, and percentiles of them are less than 1 % of ranks off. */
const MAX_VIEWS = 4_000;

/** Why a vital is as it is. */
export const causes: DataRoute = async (asked) => {
  const metric = readMetric(asked.parameters);
  const { range, views } = resolve(asked);
  const found = await asked.store.causes(views, metric, MAX_VIEWS);
  const body: CausesResponse = { range, metric, ...found };
  const { n, since, causes: rows } = found;
  const columns = since <= range.from ? null : latestColumns(since, n);
  return table(asked.parameters, `${metric}-causes`, body, rows, columns);
};
