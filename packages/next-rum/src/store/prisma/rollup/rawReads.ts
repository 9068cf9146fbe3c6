import { VITAL_THRESHOLDS } from '../../../analysis/rating.js';
import type { CountedView } from '../../rollup/countView.js';
import type { Segment } from '../../rollup/planRange.js';
import { VITAL_NAMES } from '../../rows.js';
import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { constantSql, joinSql, queryRows, type Sql, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { vitalValue } from '../vitalReads.js';
import { SEGMENTS } from './rollupTables.js';

/** Silence that ends a session, ms. */
export const SESSION_GAP: number = 30 * 60_000;
/** Views fetched at once, some 50 ms of SQLite. */
const CHUNK_VIEWS = 5000;

/** A span of raw rows; half-open, epoch ms. */
export type Span = Omit<Segment, 'source'>;

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

/** Reads what is to be counted of the views of spans, in chunks. */
export async function* readCountedViews(
  client: SqlClient,
  dialect: Dialect,
  app: string,
  spans: readonly Span[],
): AsyncGenerator<readonly (CountedView & { readonly startedAt: number })[]> {
  for await (const rows of readViews<ViewTuple>(client, dialect, { app, spans, columns: VIEW_TUPLE })) {
    yield rows.map(
      ([startedAt, visitor, sample, ratings, route, release, device, browser, country, ...vitals]) => ({
        startedAt,
        visitor,
        sample: sample === 1,
        ratings,
        values: ['', route, release, device, browser, country],
        vitals,
      }),
    );
  }
}

/** Reads columns of the views of spans, in chunks. */
export async function* readViews<Tuple>(
  client: SqlClient,
  dialect: Dialect,
  {
    app,
    spans,
    columns,
    wanted = sql`true`,
  }: { readonly app: string; readonly spans: readonly Span[]; readonly columns: Sql; readonly wanted?: Sql },
): AsyncGenerator<readonly Tuple[]> {
  for (const chunk of await inChunks(client, dialect, app, spans)) {
    yield await queryList<Tuple>(client, dialect, columns, viewsOf(spanSql(dialect, chunk), app, { wanted }));
  }
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
      ? sql`(started_at >= ${begins} OR visitor IN (SELECT visitor ${viewsOf(within, app)}))`
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

export async function countViews(
  client: SqlClient,
  dialect: Dialect,
  app: string,
  spans: readonly Span[],
): Promise<number> {
  if (spans.length === 0) return 0;
  const views = viewsOf(spanSql(dialect, spans), app);
  const [row] = await queryRows<StoredRow>(client, sql`SELECT count(*) AS n ${views}`);
  return Number(row?.n ?? 0);
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

type ViewTuple = readonly [
  startedAt: number,
  visitor: string,
  sample: 0 | 1,
  ratings: number,
  route: string,
  release: string | null,
  device: string,
  browser: string | null,
  country: string | null,
  ...vitals: (number | null)[],
];

/** {@link CountedView.ratings}, made here, because a number may lose its last bit on its way through JSON. */
const RATINGS: Sql = joinSql(
  VITAL_NAMES.map((name, index) => {
    const { good, poor } = VITAL_THRESHOLDS[name];
    const value = vitalValue(name);
    return sql`${constantSql(`${3 ** index}`)} * (CASE WHEN ${value} > ${poor} THEN 2 WHEN ${value} > ${good} THEN 1 ELSE 0 END)`;
  }),
  ' + ',
);

const VITAL_VALUES: Sql = joinSql(VITAL_NAMES.map(vitalValue), ', ');

const VIEW_TUPLE: Sql = sql`started_at, visitor, CASE WHEN sample THEN 1 ELSE 0 END, ${RATINGS},
  route, release, device, browser, country, ${VITAL_VALUES}`;

/** What {@link countIn} counts of a view: a value, its ratings, its vitals. */
export type VitalTuple = readonly [value: string, ratings: number, ...vitals: (number | null)[]];

export function vitalTuple(value: Sql): Sql {
  return sql`${value}, ${RATINGS}, ${VITAL_VALUES}`;
}

/** Of views that have one: most client navigations have none. */
export const HAS_VITALS: Sql = sql`coalesce(${joinSql(
  VITAL_NAMES.map((name) => constantSql(name)),
  ', ',
)}) IS NOT NULL`;

/** Spans of rows as pieces of a statement. */
interface SpanSql {
  /** Of the span that a row is in, epoch ms. */
  readonly begins: Sql;
  readonly ends: Sql;
  /** FROM and WHERE of a table's rows. */
  rows(table: Sql, condition: Sql): Sql;
}

/** One span is written as it is: SQLite would take its borders out of the JSON again for each row that they are compared with. */
function spanSql(dialect: Dialect, spans: readonly Span[]): SpanSql {
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
function viewsOf(
  { begins, ends, rows }: SpanSql,
  app: string,
  { before = 0, wanted = sql`true` }: { readonly before?: number; readonly wanted?: Sql } = {},
): Sql {
  return rows(
    sql`rum_view`,
    sql`app = ${app} AND started_at >= ${begins} - ${BigInt(before)} AND started_at < ${ends} AND ${wanted}`,
  );
}

/**
 * Cuts spans so that no chunk holds many more views than it may: SQLite stops the event loop for as long as a statement
 * takes.
 */
async function inChunks(
  client: SqlClient,
  dialect: Dialect,
  app: string,
  spans: readonly Span[],
): Promise<readonly (readonly Span[])[]> {
  if (spans.length === 0) return [];
  const within = spanSql(dialect, spans);
  const counts = await queryRows<StoredRow>(
    client,
    sql`SELECT ${within.begins} AS begins, ${within.ends} AS ends, started_at - started_at % 60000 AS minute, count(*) AS n
      ${viewsOf(within, app)} GROUP BY 1, 2, 3 ORDER BY 1, 3`,
  );
  const chunks: Span[][] = [];
  let room = 0;
  for (const row of counts) {
    const minute = Number(row.minute);
    const begins = Math.max(Number(row.begins), minute);
    const ends = Math.min(Number(row.ends), minute + 60_000);
    const n = Number(row.n);
    const parts = cutEvenly({ begins, ends }, Math.ceil(n / CHUNK_VIEWS));
    for (const part of parts) {
      const last = chunks.at(-1);
      const share = n / parts.length;
      if (last === undefined || share > room) {
        chunks.push([part]);
        room = CHUNK_VIEWS;
      } else {
        const before = last.at(-1);
        if (before?.ends === part.begins) last[last.length - 1] = { begins: before.begins, ends: part.ends };
        else last.push(part);
      }
      room -= share;
    }
  }
  return chunks;
}

function cutEvenly({ begins, ends }: Span, parts: number): readonly Span[] {
  const border = (index: number): number => Math.round(begins + ((ends - begins) * index) / parts);
  return Array.from({ length: parts }, (_, index) => ({ begins: border(index), ends: border(index + 1) }));
}
