import type { Filter, FilterDimension, Question } from '../server/question.js';

type Filters = readonly Filter[];

/** The filters with one value more; a value that is asked for is no longer left out, and the other way round. */
export function addValue(
  filters: Filters,
  dimension: FilterDimension,
  keep: boolean,
  value: string,
): Filters {
  const others = removeValue(filters, dimension, !keep, value);
  const same = others.find((filter) => filter.dimension === dimension && filter.keep === keep);
  if (same === undefined) return [...others, { dimension, keep, values: [value] }];
  if (same.values.includes(value)) return others;
  return others.map((filter) => (filter === same ? { ...same, values: [...same.values, value] } : filter));
}

/** The filters with one value less; a filter without values goes. */
export function removeValue(
  filters: Filters,
  dimension: FilterDimension,
  keep: boolean,
  value: string,
): Filters {
  return filters
    .map((filter) =>
      filter.dimension === dimension && filter.keep === keep
        ? { ...filter, values: filter.values.filter((known) => known !== value) }
        : filter,
    )
    .filter(({ values }) => values.length > 0);
}

/** The filters with `turned` keeping what it left out, or leaving out what it kept. */
export function turnFilter(filters: Filters, turned: Filter): Filters {
  return turned.values.reduce(
    (turning, value) => addValue(turning, turned.dimension, !turned.keep, value),
    filters,
  );
}

/** The question about one route alone. */
export function withRoute(question: Question, route: string): Question {
  return {
    ...question,
    filters: [
      ...question.filters.filter(({ dimension }) => dimension !== 'route'),
      { dimension: 'route', keep: true, values: [route] },
    ],
  };
}
