import { FILTER_DIMENSIONS, type Filter, type FilterDimension, type ViewRange } from '../store.js';
import { constantSql, joinSql, type Sql, sql } from './sql.js';

const COLUMNS: { readonly [dimension in FilterDimension]: Sql } = Object.fromEntries(
  FILTER_DIMENSIONS.map((dimension) => [dimension, constantSql(`coalesce(${dimension}, '')`)]),
) as { readonly [dimension in FilterDimension]: Sql };

/** What a view has of a dimension, empty where it has nothing. */
export function valueIn(dimension: FilterDimension): Sql {
  return COLUMNS[dimension];
}

/** `AND` and what must be true of a view. */
export function havingValues({ where = [] }: ViewRange): Sql {
  return where.reduce((condition, filter) => sql`${condition} AND ${holds(filter)}`, sql``);
}

function holds({ dimension, keep, values }: Filter): Sql {
  // Neither database can store a NUL, and PostgreSQL refuses to look for one.
  const storable = values.filter((value) => !value.includes('\0'));
  if (storable.length === 0) return keep ? sql`false` : sql`true`;
  const list = joinSql(
    storable.map((value) => sql`${value}`),
    ', ',
  );
  return keep ? sql`${valueIn(dimension)} IN (${list})` : sql`${valueIn(dimension)} NOT IN (${list})`;
}

/** Whose rollups can tell the vitals of the views: `all`, of one dimension, or none because filters speak of several. */
export function rollupsFor({ where = [] }: ViewRange): 'all' | FilterDimension | null {
  const [dimension, ...others] = new Set(where.map((filter) => filter.dimension));
  if (dimension === undefined) return 'all';
  return others.length === 0 ? dimension : null;
}
