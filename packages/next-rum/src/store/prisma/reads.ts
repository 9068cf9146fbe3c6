import type { EventRow, ViewRow } from '../rows.js';
import type { TimeRange, Totals, TrafficBucket } from '../store.js';
import type { SqlClient } from './client.js';
import { queryRows, type Sql, sql } from './sql.js';
import { EVENT_TABLE, type StoredRow, VIEW_TABLE } from './tables.js';

/** Silence that ends a session, ms. */
const SESSION_GAP = 30 * 60_000;

/** Times are bound as integers: libsql binds a JavaScript number as a float. */
export function startedWithin({ app, from, to }: TimeRange): Sql {
  return sql`app = ${app} AND started_at >= ${wholeMs(from)} AND started_at < ${wholeMs(to)}`;
}

function occurredWithin({ app, from, to }: TimeRange): Sql {
  return sql`app = ${app} AND occurred_at >= ${wholeMs(from)} AND occurred_at < ${wholeMs(to)}`;
}

/** The same border for times that are whole: t >= 1.5 means t >= 2, and t < 1.5 means t < 2. */
function wholeMs(time: number): bigint {
  return BigInt(Math.ceil(time));
}

/**
 * The views of a range, `began` being 1 on those that began a session. Views of half an hour before the range are looked
 * at, so that a session which began there is not counted again, and left out.
 */
function withSessionStarts(range: TimeRange): Sql {
  const from = wholeMs(range.from);
  return sql`(
    SELECT started_at, sample,
      CASE WHEN previous IS NULL OR started_at - previous >= ${SESSION_GAP} THEN 1 ELSE 0 END AS began
    FROM (
      SELECT started_at, sample, lag(started_at) OVER (PARTITION BY visitor ORDER BY started_at) AS previous
      FROM rum_view WHERE ${startedWithin({ ...range, from: range.from - SESSION_GAP })}
    ) AS cut WHERE started_at >= ${from}
  ) AS visits`;
}

/** @see {@link RumStore.totals} */
export async function totals(client: SqlClient, range: TimeRange): Promise<Totals> {
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT views, sessions, sample_views, events, errors FROM (
      SELECT count(*) AS views, sum(began) AS sessions, sum(CASE WHEN sample THEN 1 ELSE 0 END) AS sample_views
      FROM ${withSessionStarts(range)}
    ) AS view_totals, (
      SELECT count(*) AS events, sum(CASE WHEN type = 'error' THEN 1 ELSE 0 END) AS errors
      FROM rum_event WHERE ${occurredWithin(range)} AND type <> 'loss'
    ) AS event_totals`,
  );
  return {
    views: Number(row?.views),
    sessions: Number(row?.sessions),
    events: Number(row?.events),
    errors: Number(row?.errors),
    sampleViews: Number(row?.sample_views),
  };
}

/** @see {@link RumStore.traffic} */
export async function traffic(
  client: SqlClient,
  range: TimeRange,
  bucketMs: number,
): Promise<TrafficBucket[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT started_at - started_at % ${BigInt(bucketMs)} AS bucket, count(*) AS views, sum(began) AS sessions
      FROM ${withSessionStarts(range)} GROUP BY 1 ORDER BY 1`,
  );
  return rows.map((row) => ({
    t: Number(row.bucket),
    views: Number(row.views),
    sessions: Number(row.sessions),
  }));
}

/** @see {@link RumStore.views} */
export async function views(client: SqlClient, range: TimeRange, limit: number): Promise<ViewRow[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT ${VIEW_TABLE.columnNames} FROM rum_view WHERE ${startedWithin(range)}
      ORDER BY started_at DESC, id DESC LIMIT ${BigInt(limit)}`,
  );
  return rows.map(VIEW_TABLE.decode);
}

/** @see {@link RumStore.events} */
export async function events(client: SqlClient, range: TimeRange, limit: number): Promise<EventRow[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT ${EVENT_TABLE.columnNames} FROM rum_event WHERE ${occurredWithin(range)}
      ORDER BY occurred_at DESC, id DESC LIMIT ${BigInt(limit)}`,
  );
  return rows.map(EVENT_TABLE.decode);
}
