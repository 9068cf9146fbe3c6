import {
  COLUMN_DIMENSIONS,
  type ColumnDimension,
  type Filter,
  type FilterDimension,
  isColumn,
  propertyOf,
} from '../filters.js';
import type { ViewRange } from '../store.js';
import type { Dialect } from './dialect.js';
import { NAMES } from './rollup/rollupTables.js';
import { constantSql, joinSql, type Sql, sql } from './sql.js';

const COLUMNS: { readonly [dimension in ColumnDimension]: Sql } = Object.fromEntries(
  COLUMN_DIMENSIONS.map((dimension) => [dimension, constantSql(`coalesce(${dimension}, '')`)]),
) as { readonly [dimension in ColumnDimension]: Sql };

/** What a view has of a dimension, empty where it has nothing. */
export function valueIn(dimension: ColumnDimension): Sql {
  return COLUMNS[dimension];
}

/** The same of any dimension. */
export function anyValueIn(dialect: Dialect, dimension: FilterDimension): Sql {
  if (isColumn(dimension)) return valueIn(dimension);
  if (dimension === 'user') return sql`coalesce(user_id, '')`;
  const name = propertyOf(dimension);
  if (name?.includes('\0')) return sql`''`;
  return name === null
    ? sql`coalesce(${dialect.memberOf(sql`utm`, dimension.replace('utm_', ''))}, '')`
    : sql`coalesce(${dialect.memberOf(sql`attributes`, name)}, '')`;
}

/** `AND` and what must be true of a view. */
export function havingValues(dialect: Dialect, { where = [] }: ViewRange): Sql {
  return where.reduce((condition, filter) => {
    const holds = hasOneOf(dialect, filter);
    return filter.keep ? sql`${condition} AND ${holds}` : sql`${condition} AND NOT ${holds}`;
  }, sql``);
}

/** So many are handed over as one parameter: databases take some ten thousands of a statement. */
const MANY_VALUES = 100;

/** A condition: whether a view has one of the values that a filter names. */
export function hasOneOf(dialect: Dialect, { dimension, values }: Omit<Filter, 'keep'>): Sql {
  // Neither database can store a NUL, and PostgreSQL refuses to look for one.
  const known = values.filter((value) => !value.includes('\0'));
  if (known.length === 0) return sql`false`;
  const value = anyValueIn(dialect, dimension);
  if (known.length > MANY_VALUES) {
    const names = dialect.rowsOf(
      NAMES,
      known.map((name) => ({ name })),
    );
    // Not a join for PostgreSQL, which could go through the list again for each row.
    return sql`((${value} IN (SELECT name FROM ${names})) IS TRUE)`;
  }
  const list = joinSql(
    known.map((name) => sql`${name}`),
    ', ',
  );
  return sql`(${value} IN (${list}))`;
}

/**
 * Whose rollups can tell the vitals of the views, where they tell each value: `all`, of one dimension, or none because filters speak
 * of several.
 */
export function rollupsFor({ where = [] }: ViewRange): 'all' | ColumnDimension | null {
  const [dimension, ...others] = new Set(where.map((filter) => filter.dimension));
  if (dimension === undefined) return 'all';
  return others.length === 0 && isColumn(dimension) ? dimension : null;
}
