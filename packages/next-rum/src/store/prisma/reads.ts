import type { EventRow, ViewRow } from '../rows.js';
import type { TimeRange, ViewRange } from '../store.js';
import type { SqlClient } from './client.js';
import { havingValues } from './filters.js';
import type { Source } from './rollup/rollupCells.js';
import { queryRows, type Sql, sql } from './sql.js';
import { EVENT_TABLE, type StoredRow, VIEW_TABLE } from './tables.js';

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

/** @see {@link RumStore.views} */
export async function views(
  { client, dialect }: Source,
  range: ViewRange,
  limit: number,
): Promise<ViewRow[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT ${VIEW_TABLE.columnNames} FROM rum_view WHERE ${startedWithin(range)} ${havingValues(dialect, range)}
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
