import type { Dialect } from './dialect.js';
import { ROW_KEYS } from './rollup/rollupTables.js';
import { type Sql, sql } from './sql.js';

/**
 * FROM and WHERE of the rows of a table with some keys, each found by its own, whatever else the table has.
 *
 * @param wanted What else is true of them, of which no index knows.
 */
export function rowsWithKeys(
  dialect: Dialect,
  table: Sql,
  keys: readonly { readonly app: string; readonly id: string }[],
  wanted: Sql = sql`true`,
): Sql {
  const asked = sql`(SELECT app AS key_app, id AS key_id FROM ${dialect.rowsOf(ROW_KEYS, keys)}) AS asked`;
  return dialect.searchEach(asked, table, sql`app = key_app AND id = key_id AND ${wanted}`);
}
