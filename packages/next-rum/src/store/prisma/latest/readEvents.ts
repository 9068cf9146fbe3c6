import type { StoredEvent } from '../../latestStore.js';
import type { EventRow } from '../../rows.js';
import type { ViewRange } from '../../store.js';
import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { havingValues } from '../filters.js';
import { isRow } from '../isRow.js';
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
  let left = spans;
  let before = sql``;
  while (left.length > 0) {
    const rows = await queryList<EventTuple>(
      client,
      dialect,
      COLUMNS,
      sql`FROM (${latestSql(dialect, { app, types, spans: left, condition: sql`${before} ${ids}`, limit: chunk })}) AS events`,
    );
    const events = rows.map(toStoredEvent).sort(latestFirst);
    if (events.length > 0) yield events;
    const last = events.at(-1);
    if (events.length < chunk || last === undefined) return;
    const end = last.occurredAt + 1;
    before = sql`AND (occurred_at < ${BigInt(last.occurredAt)} OR id ${dialect.byCodePoints} < ${last.id})`;
    left = left
      .filter(({ begins }) => begins < end)
      .map((span) => ({ ...span, ends: Math.min(span.ends, end) }));
  }
}

/**
 * Of the latest events of some types in a span those of views for which the filters hold, the latest first.
 *
 * @param limit How many events are looked at.
 */
export async function readMatching(
  { client, dialect }: { readonly client: SqlClient; readonly dialect: Dialect },
  range: ViewRange,
  types: readonly EventRow['type'][],
  { span, ids, limit }: { readonly span: Span; readonly ids: Sql; readonly limit: number },
): Promise<readonly StoredEvent[]> {
  const { app } = range;
  const latest = latestSql(dialect, { app, types, spans: [span], condition: ids, limit });
  // Each event asks for its view by the key; OFFSET keeps PostgreSQL from reading all views instead.
  const isMeant = sql`EXISTS (
    SELECT 1 FROM rum_view WHERE ${isRow(app, sql`latest.view_id`)} ${havingValues(dialect, range)} LIMIT 1 OFFSET 0
  )`;
  const rows = await queryList<EventTuple>(
    client,
    dialect,
    COLUMNS,
    sql`FROM (${latest}) AS latest WHERE ${isMeant}`,
  );
  return rows.map(toStoredEvent).sort(latestFirst);
}

const COLUMNS = sql`id, view_id, type, occurred_at, visitor, route, name, duration, data`;

interface Latest {
  readonly app: string;
  readonly types: readonly EventRow['type'][];
  readonly spans: readonly Span[];
  /** `AND` and what else is to be true of them. */
  readonly condition: Sql;
  readonly limit: number;
}

/** The latest events of spans, as a statement. */
function latestSql(dialect: Dialect, { app, types, spans, condition, limit }: Latest): Sql {
  const { begins, ends, rows } = spanSql(dialect, spans);
  const wanted = joinSql(
    types.map((type) => sql`${type}`),
    ', ',
  );
  const isWanted = sql`app = ${app} AND type IN (${wanted}) AND occurred_at >= ${begins} AND occurred_at < ${ends} ${condition}`;
  return sql`SELECT ${COLUMNS} ${rows(sql`rum_event`, isWanted)}
    ORDER BY occurred_at DESC, id ${dialect.byCodePoints} DESC LIMIT ${BigInt(limit)}`;
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

/** An event with what only those of its type have. Written out: spreading it takes longer than reading its data. */
export function saidEvent(event: StoredEvent): StoredEvent & { readonly said: ReturnType<typeof dataOf> } {
  return {
    id: event.id,
    viewId: event.viewId,
    type: event.type,
    occurredAt: event.occurredAt,
    visitor: event.visitor,
    route: event.route,
    name: event.name,
    duration: event.duration,
    data: event.data,
    said: dataOf(event),
  };
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
