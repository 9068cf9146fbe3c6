import { isColumn, type ValuesOf } from '../../store/filters.js';
import type { ValuesResponse } from '../api.js';
import { InvalidParameter, MAX_FILTER_LENGTH, readDimension, writeDimension } from '../question.js';
import { type Asked, type DataRoute, NO_USERS, resolve } from './dataRoute.js';
import { table } from './table.js';

const MAX_VALUES = 50;

/** What a filter may be set to, or what properties are called. */
export const values: DataRoute = async (asked) => {
  const { parameters, store } = asked;
  const of = readValuesOf(asked);
  const search = parameters.get('search') ?? '';
  if (search.length > MAX_FILTER_LENGTH) {
    throw new InvalidParameter('search', `search may have at most ${MAX_FILTER_LENGTH} characters`);
  }
  const { views, filters } = resolve(asked);
  const range = { ...views, where: filters.filter(({ dimension }) => dimension !== of) };
  const found =
    of !== 'property' && isColumn(of)
      ? await store.values(range, of, search, MAX_VALUES)
      : await store.latestValues(range, of, search, MAX_VALUES);
  const dimension = of === 'property' ? of : writeDimension(of);
  // A longer one cannot be asked for.
  const offered = found.values.filter(({ value }) => value.length <= MAX_FILTER_LENGTH);
  const body: ValuesResponse = { dimension, values: offered, told: found.told };
  // A property may be called what no header can say.
  const name = dimension.startsWith('property') ? 'property' : dimension;
  return table(parameters, `${name}-values`, body, offered);
};

/** @throws {InvalidParameter} */
function readValuesOf({ parameters, config }: Asked): ValuesOf {
  const text = parameters.get('dimension') ?? 'route';
  if (text === 'property') return text;
  const dimension = readDimension(text, 'dimension');
  if (dimension === 'user' && config.privacy !== 'consent') throw new InvalidParameter('dimension', NO_USERS);
  return dimension;
}
