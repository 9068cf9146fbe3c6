import type { Database } from '../databaseUrl.js';
import { type EncodeDouble, encodeRows } from './encodeRows.js';
import { isRow } from './isRow.js';
import { constantSql, type Sql, sql } from './sql.js';
import type { Column, ColumnType } from './tables.js';

interface Columns {
  readonly columns: readonly Column[];
}

/** What differs between the databases. Everything else is one SQL for both. */
export interface Dialect {
  /** The rows as an item of FROM with the columns of the table, from one JSON parameter. */
  rowsOf<Row extends object>(table: Columns, rows: readonly Row[]): Sql;
  /**
   * The JSON of rows, for {@link Dialect.rowsFrom}.
   *
   * @throws {StoreError} `invalid_data` where a row holds what no database can store.
   */
  encode<Row extends object>(table: Columns, rows: readonly Row[]): string;
  /** Rows that were encoded, as an item of FROM. */
  rowsFrom(table: Columns, json: string): Sql;
  /**
   * FROM and WHERE of a join that searches a table once for each of a few rows. PostgreSQL has to be made to: it cannot know
   * how few rows there are nor how little each of them finds, and would rather read the whole table.
   *
   * @param condition Of what one index finds, and no more ({@link isRow} for a key): PostgreSQL may take another for the rest, such
   *   as that of times, and pass all of one for each row where it has counted none of it.
   */
  searchEach(rows: Sql, table: Sql, condition: Sql): Sql;
  /**
   * True of the rows of an app with some ids. One statement that knows them all, since PostgreSQL may pass all rows of the app to
   * find those it has counted none of: once, where {@link Dialect.searchEach} would for each of them.
   */
  hasIds(app: string, ids: readonly string[]): Sql;
  /** Different values, for `IN`: PostgreSQL may think so many of them that it goes through the list for each row instead of hashing it. */
  distinct(column: Sql, from: Sql): Sql;
  /** All rows as one JSON text, each the list of the given columns: a fifth of the time that single rows take. */
  listOf(columns: Sql): Sql;
  /**
   * What a column of JSON text has under a name, as text: a string as it is, anything else as it is written in JSON. Null where it
   * has none, or null.
   */
  memberOf(column: Sql, name: string): Sql;
  /** Makes an order of text the same everywhere: by code points. */
  readonly byCodePoints: Sql;
  /** Ends a SELECT of marks that are to be deleted: it locks those that nobody is renewing and leaves out the others. */
  readonly ifUnlocked: Sql;
  /** Whether the raw tables are partitioned, by days of their ids. */
  readonly hasPartitions: boolean;
  /** One row, whose `found` tells whether the migrator's ledger exists. */
  readonly hasLedger: Sql;
  /** First statement of the migrator's transaction: whoever else runs it waits until that transaction ends. */
  readonly lockMigrations: Sql;
}

const POSTGRESQL_TYPES = {
  text: 'text',
  integer: 'integer',
  bigint: 'bigint',
  double: 'double precision',
  boolean: 'boolean',
} as const satisfies { [type in ColumnType]: string };

const POSTGRESQL: Dialect = {
  rowsOf: (table, rows) => {
    const input = POSTGRESQL.rowsFrom(table, POSTGRESQL.encode(table, rows));
    // The limit tells the planner how many there are; it would take them for a hundred, and compile what is made of them.
    return sql`(SELECT * FROM ${input} LIMIT ${BigInt(rows.length)}) AS input`;
  },
  encode: (table, rows) => encodeRows(table, rows, 'object', (value) => value),
  rowsFrom: (table, json) => {
    const columns = table.columns.map(({ name, type }) => `${name} ${POSTGRESQL_TYPES[type]}`).join(', ');
    return sql`jsonb_to_recordset(${json}::jsonb) AS input(${constantSql(columns)})`;
  },
  // OFFSET 0 keeps the subquery from being made part of the join: https://www.postgresql.org/docs/current/queries-table-expressions.html#QUERIES-LATERAL
  searchEach: (rows, table, condition) =>
    sql`FROM ${rows} CROSS JOIN LATERAL (SELECT * FROM ${table} WHERE ${condition} OFFSET 0) AS found`,
  hasIds: (app, ids) => isRow(app, sql`ANY (${arrayOf(ids)}::text[])`),
  // Of an array it expects ten.
  distinct: (column, from) => sql`SELECT unnest(array_agg(DISTINCT ${column})) ${from}`,
  listOf: (columns) => sql`coalesce(json_agg(json_build_array(${columns})), '[]')::text`,
  memberOf: (column, name) => sql`(${column}::json ->> ${name}::text)`,
  byCodePoints: sql`COLLATE "C"`,
  ifUnlocked: sql`FOR UPDATE OF rum_dirty SKIP LOCKED`,
  hasPartitions: true,
  hasLedger: sql`SELECT to_regclass('_rum_migrations') IS NOT NULL AS found`,
  // A lock of the transaction, not of the session, so that it also holds behind a pooler. The number is "rum" in ASCII.
  lockMigrations: sql`SELECT pg_advisory_xact_lock(7501165)::text`,
};

const SQLITE: Dialect = {
  rowsOf: (table, rows) => SQLITE.rowsFrom(table, SQLITE.encode(table, rows)),
  encode: (table, rows) => encodeRows(table, rows, 'values', asFraction),
  rowsFrom: (table, json) => {
    const columns = table.columns.map(sqliteColumn).join(', ');
    // Materialized as JSONB, because each ->> would parse the text of the row again: four times as fast.
    return sql`(
      WITH parsed AS MATERIALIZED (SELECT jsonb(value) AS value FROM json_each(${json}))
      SELECT ${constantSql(columns)} FROM parsed
    ) AS input`;
  },
  // CROSS JOIN is never reordered: https://sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join
  searchEach: (rows, table, condition) => sql`FROM ${rows} CROSS JOIN ${table} WHERE ${condition}`,
  // Of the app alone it might take another index.
  hasIds: (app, ids) => sql`(app, id) IN (SELECT ${app}, value FROM json_each(${JSON.stringify(ids)}))`,
  distinct: (column, from) => sql`SELECT ${column} ${from}`,
  listOf: (columns) => sql`json_group_array(json_array(${columns}))`,
  // By the name itself, since a path cannot have all of them. Numbers as they are written, since SQLite's own text of some differs;
  // that text is left where the name has a quotation mark, of which SQLite 3.45 makes no path (https://sqlite.org/json1.html#jpath).
  memberOf: (column, name) => sql`(
    SELECT CASE
      WHEN type IN ('true', 'false') THEN type
      WHEN type IN ('integer', 'real') THEN coalesce(${column} -> fullkey, CAST(value AS TEXT))
      ELSE CAST(value AS TEXT)
    END FROM json_each(${column}) WHERE key = ${name}
  )`,
  byCodePoints: sql`COLLATE BINARY`,
  // There is one writer at a time.
  ifUnlocked: sql``,
  hasPartitions: false,
  hasLedger: sql`SELECT count(*) AS found FROM sqlite_master WHERE type = 'table' AND name = '_rum_migrations'`,
  // The transaction holds the database's write lock from its beginning.
  lockMigrations: sql`SELECT 1`,
};

export const DIALECTS: { readonly [provider in Database['provider']]: Dialect } = {
  sqlite: SQLITE,
  postgresql: POSTGRESQL,
};

/** As PostgreSQL writes it: https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO. */
function arrayOf(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/** By position, which is found faster than a name and is not written again in every row. */
function sqliteColumn({ name, type }: Column, index: number): string {
  if (type !== 'double') return `value ->> ${index} AS ${name}`;
  const part = (position: number): string => `(value ->> '$[${index}][${position}]')`;
  const number = `${part(0)} / (1.0 * (1 << ${part(1)})) / (1 << ${part(2)})`;
  // Most rows lack most of their numbers: asking once whether there is one is cheaper than looking for its parts.
  return `CASE WHEN value ->> ${index} IS NOT NULL THEN ${number} END AS ${name}`;
}

/**
 * Writes a double as an integer and two powers of two that divide it.
 *
 * SQLite's reading of decimals is off by one bit for some of 17 digits (https://sqlite.org/floatingpoint.html), and a
 * vital must come out as it went in. Integers and divisions by powers of two are exact.
 */
const asFraction: EncodeDouble = (value) => {
  let numerator = value;
  let power = 0;
  while (!Number.isInteger(numerator) && power < 124) {
    numerator *= 2;
    power += 1;
  }
  return [Math.round(numerator), Math.min(power, 62), Math.max(power - 62, 0)];
};
