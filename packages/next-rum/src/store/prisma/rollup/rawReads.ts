import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { queryRows, type Sql, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { type Span, spanSql, viewsOf } from './rawSpans.js';

/** Silence that ends a session, ms. */
export const SESSION_GAP: number = 30 * 60_000;
/** How much there is of something in a bucket that begins at `bucket`, epoch ms. */
export interface BucketCount {
  readonly bucket: number;
  readonly n: number;
}

/** What began in a bucket. */
export interface Starts {
  /** Its beginning, epoch ms. */
  readonly bucket: number;
  readonly views: number;
  readonly sessions: number;
  /** Views that are sample data. */
  readonly samples: number;
}

/** Sessions that began, by buckets of `step` ms. */
export async function countSessions(
  client: SqlClient,
  dialect: Dialect,
  app: string,
  spans: readonly Span[],
  step: number,
): Promise<readonly BucketCount[]> {
  const counts = await countStarts(client, dialect, app, spans, step);
  return counts.map(({ bucket, sessions }) => ({ bucket, n: sessions })).filter(({ n }) => n > 0);
}

/**
 * Views, and among them those that began a session and those that are sample data, by buckets of `step` ms. Views of half
 * an hour before a span are looked at, so that a session which began there is not counted again, and left out.
 */
export async function countStarts(
  client: SqlClient,
  dialect: Dialect,
  app: string,
  spans: readonly Span[],
  step: number,
): Promise<readonly Starts[]> {
  if (spans.length === 0) return [];
  const within = spanSql(dialect, spans);
  const { begins } = within;
  const length = spans.reduce((sum, span) => sum + span.ends - span.begins, 0);
  // Of the half hour before a short span, such as the latest minutes with the half hour that they reach into, few are wanted,
  // and finding out which is cheaper than sorting them all.
  const wanted =
    length < 4 * spans.length * SESSION_GAP
      ? sql`(started_at >= ${begins} OR visitor IN (${dialect.distinct(sql`visitor`, viewsOf(within, app))}))`
      : sql`true`;
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT started_at - started_at % ${BigInt(step)} AS bucket, count(*) AS views,
        sum(CASE WHEN previous IS NULL OR started_at - previous >= ${SESSION_GAP} THEN 1 ELSE 0 END) AS sessions,
        sum(CASE WHEN sample THEN 1 ELSE 0 END) AS samples
      FROM (
        SELECT ${begins} AS first, started_at, sample,
          lag(started_at) OVER (PARTITION BY ${begins}, visitor ORDER BY started_at) AS previous
        ${viewsOf(within, app, { before: SESSION_GAP, wanted })}
      ) AS visits WHERE started_at >= first GROUP BY 1 ORDER BY 1`,
  );
  return rows.map((row) => ({
    bucket: Number(row.bucket),
    views: Number(row.views),
    sessions: Number(row.sessions),
    samples: Number(row.samples),
  }));
}

/** Events of each type, by buckets of `step` ms. */
export async function countEvents(
  client: SqlClient,
  dialect: Dialect,
  app: string,
  spans: readonly Span[],
  step: number,
): Promise<readonly (BucketCount & { readonly type: string })[]> {
  if (spans.length === 0) return [];
  const within = spanSql(dialect, spans);
  const rows = await queryRows<StoredRow & { readonly type: string }>(
    client,
    sql`SELECT occurred_at - occurred_at % ${BigInt(step)} AS bucket, type, count(*) AS n
      ${within.rows(
        sql`rum_event`,
        sql`app = ${app} AND occurred_at >= ${within.begins} AND occurred_at < ${within.ends}`,
      )} GROUP BY 1, 2`,
  );
  return rows.map(({ bucket, type, n }) => ({ bucket: Number(bucket), type, n: Number(n) }));
}

/** Different visitors in a span. */
export async function countVisitors(client: SqlClient, app: string, { begins, ends }: Span): Promise<number> {
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT count(DISTINCT visitor) AS n FROM rum_view
      WHERE app = ${app} AND started_at >= ${BigInt(begins)} AND started_at < ${BigInt(ends)}`,
  );
  return Number(row?.n ?? 0);
}

/** Reads rows as lists of columns, through one JSON text. */
export async function queryList<Tuple>(
  client: SqlClient,
  dialect: Dialect,
  columns: Sql,
  rest: Sql,
): Promise<readonly Tuple[]> {
  const [row] = await queryRows<{ list: string }>(
    client,
    sql`SELECT ${dialect.listOf(columns)} AS list ${rest}`,
  );
  // The columns are the caller's own, and only this package writes these tables.
  return JSON.parse(row?.list ?? '[]') as Tuple[];
}
