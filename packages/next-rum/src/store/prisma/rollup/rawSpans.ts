import type { Segment } from '../../rollup/planRange.js';
import type { Dialect } from '../dialect.js';
import { type Sql, sql } from '../sql.js';
import { SEGMENTS } from './rollupTables.js';

/** A span of raw rows; half-open, epoch ms. */
export type Span = Omit<Segment, 'source'>;

/** Spans of rows as pieces of a statement. */
export interface SpanSql {
  /** Of the span that a row is in, epoch ms. */
  readonly begins: Sql;
  readonly ends: Sql;
  /** FROM and WHERE of a table's rows. */
  rows(table: Sql, condition: Sql): Sql;
}

/** One span is written as it is: SQLite would take its borders out of the JSON again for each row that they are compared with. */
export function spanSql(dialect: Dialect, spans: readonly Span[]): SpanSql {
  const [span, ...others] = spans;
  if (span !== undefined && others.length === 0) {
    return {
      begins: sql`CAST(${BigInt(span.begins)} AS BIGINT)`,
      ends: sql`CAST(${BigInt(span.ends)} AS BIGINT)`,
      rows: (table, condition) => sql`FROM ${table} WHERE ${condition}`,
    };
  }
  const input = dialect.rowsOf(
    SEGMENTS,
    spans.map(({ begins, ends }) => ({ source: 'raw' as const, begins, ends })),
  );
  return {
    begins: sql`begins`,
    ends: sql`ends`,
    rows: (table, condition) => dialect.searchEach(input, table, condition),
  };
}

/** FROM and WHERE of the wanted views of spans, and of so many ms before each. */
export function viewsOf(
  { begins, ends, rows }: SpanSql,
  app: string,
  { before = 0, wanted = sql`true` }: { readonly before?: number; readonly wanted?: Sql } = {},
): Sql {
  return rows(
    sql`rum_view`,
    sql`app = ${app} AND started_at >= ${begins} - ${BigInt(before)} AND started_at < ${ends} AND ${wanted}`,
  );
}
