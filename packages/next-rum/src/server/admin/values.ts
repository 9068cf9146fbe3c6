import { FILTER_DIMENSIONS } from '../../store/store.js';
import type { ValuesResponse } from '../api.js';
import { InvalidParameter, MAX_FILTER_LENGTH, readChoice } from '../question.js';
import { type DataRoute, resolve } from './dataRoute.js';
import { table } from './table.js';

const MAX_VALUES = 50;

/** What a filter may be set to. */
export const values: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const dimension = readChoice(parameters, 'dimension', FILTER_DIMENSIONS, 'route');
  const search = parameters.get('search') ?? '';
  if (search.length > MAX_FILTER_LENGTH) {
    throw new InvalidParameter('search', `search may have at most ${MAX_FILTER_LENGTH} characters`);
  }
  const { views, filters } = resolve(asked);
  const where = filters.filter((filter) => filter.dimension !== dimension);
  const found = await store.values({ ...views, where }, dimension, search, MAX_VALUES);
  const body: ValuesResponse = { dimension, values: found };
  return table(parameters, `${dimension}-values`, body, found);
};
