import type { StoredEvent } from '../../latestStore.js';
import type { EventRow } from '../../rows.js';
import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { queryList } from '../rollup/rawReads.js';
import { type Span, spanSql } from '../rollup/rawSpans.js';
import { joinSql, type Sql, sql } from '../sql.js';

type EventTuple = readonly [
  string,
  string,
  EventRow['type'],
  number,
  string,
  string,
  string,
  number | null,
  string | null,
];

/** Events of one statement: with the stacks of errors some megabytes, and not so many that one statement holds everybody up. */
export const CHUNK = 1000;

/**
 * The events of some types in spans, the latest first, in chunks. Each is the next part of the index of times.
 *
 * @param spans The latest first, none of them within another.
 * @param ids `AND` and what is true of their ids, where that is known.
 * @param chunk Events of one statement.
 */
export async function* readEvents(
  { client, dialect }: { readonly client: SqlClient; readonly dialect: Dialect },
  app: string,
  types: readonly EventRow['type'][],
  spans: readonly Span[],
  ids: Sql = sql``,
  chunk: number = CHUNK,
): AsyncGenerator<readonly StoredEvent[]> {
  const id = sql`id ${dialect.byCodePoints}`;
  const isWanted = sql`type IN (${joinSql(
    types.map((type) => sql`${type}`),
    ', ',
  )})`;
  let left = spans;
  let before = sql``;
  while (left.length > 0) {
    const { begins, ends, rows: rowsOf } = spanSql(dialect, left);
    const within = sql`occurred_at >= ${begins} AND occurred_at < ${ends} ${before}`;
    const rows = await queryList<EventTuple>(
      client,
      dialect,
      sql`id, view_id, type, occurred_at, visitor, route, name, duration, data`,
      sql`FROM (
        SELECT id, view_id, type, occurred_at, visitor, route, name, duration, data
        ${rowsOf(sql`rum_event`, sql`app = ${app} AND ${isWanted} AND ${within} ${ids}`)}
        ORDER BY occurred_at DESC, ${id} DESC LIMIT ${BigInt(chunk)}
      ) AS events`,
    );
    const events = rows.map(toStoredEvent).sort(latestFirst);
    if (events.length > 0) yield events;
    const last = events.at(-1);
    if (events.length < chunk || last === undefined) return;
    const end = last.occurredAt + 1;
    before = sql`AND (occurred_at < ${BigInt(last.occurredAt)} OR ${id} < ${last.id})`;
    left = left
      .filter(({ begins }) => begins < end)
      .map((span) => ({ ...span, ends: Math.min(span.ends, end) }));
  }
}

function toStoredEvent([
  id,
  viewId,
  type,
  occurredAt,
  visitor,
  route,
  name,
  duration,
  data,
]: EventTuple): StoredEvent {
  return { id, viewId, type, occurredAt, visitor, route, name, duration, data };
}

export function latestFirst(
  a: Pick<StoredEvent, 'id' | 'occurredAt'>,
  b: Pick<StoredEvent, 'id' | 'occurredAt'>,
): number {
  return b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1);
}

/** What only events of its type have. */
export function dataOf({ data }: Pick<StoredEvent, 'data'>): { readonly [field: string]: unknown } {
  try {
    const said: unknown = JSON.parse(data ?? '{}');
    return typeof said === 'object' && said !== null ? { ...said } : {};
  } catch {
    // Only what the collector wrote is JSON; whatever else is there is an event that says nothing.
    return {};
  }
}
