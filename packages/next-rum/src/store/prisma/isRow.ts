import { type Sql, sql } from './sql.js';

/**
 * True of the row with a key. The app is asked for as if it came from elsewhere: PostgreSQL then cannot tell that it has counted
 * none of its rows yet, such as of a new app's, and takes the index of keys. Otherwise it takes them for one row, and any index
 * for as good, even one by which it passes all rows of the app.
 *
 * @param id A column or a value.
 */
export function isRow(app: string, id: Sql): Sql {
  return sql`app = (SELECT CAST(${app} AS TEXT)) AND id = ${id}`;
}
