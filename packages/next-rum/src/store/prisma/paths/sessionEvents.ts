import type { SessionEvent } from '../../pathStore.js';
import type { EventRow, ViewRow } from '../../rows.js';
import { queryList, SESSION_GAP } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';
import type { Source } from '../rollup/rollupCells.js';
import { joinSql, sql } from '../sql.js';

/** Most events of a session that are shown. */
const MAX_EVENTS = 2000;
/** After a view's end as its browser told it, ms: what happened last may be told of later than that. */
const AFTER = 5 * 60_000;
/** A view whose page stays open is not followed further than this, ms. */
const LONGEST = 12 * 60 * 60_000;
/** Read in one go, ms: all events of that time are passed, since no index knows of views. */
const STEP = 30 * 60_000;
/** After which what was found has to do, ms. */
const PATIENCE = 5000;

export interface SessionEvents {
  /** By time. */
  readonly events: readonly SessionEvent[];
  readonly complete: boolean;
}

type EventTuple = readonly [string, string, EventRow['type'], string, number, number | null, string | null];

/** What happened in some views, from the beginning on. @param views By their beginning. */
export async function sessionEvents(
  { client, dialect }: Source,
  app: string,
  views: readonly ViewRow[],
): Promise<SessionEvents> {
  const events: SessionEvent[] = [];
  const began = performance.now();
  const ids = joinSql(
    views.map(({ id }) => sql`${id}`),
    ', ',
  );
  for (const { begins, ends } of timesOf(views)) {
    for (let from = begins; from < ends; from += STEP) {
      if (events.length >= MAX_EVENTS || performance.now() - began > PATIENCE)
        return { events: inOrder(events), complete: false };
      const rows = await queryList<EventTuple>(
        client,
        dialect,
        sql`id, view_id, type, name, occurred_at, duration, data`,
        sql`FROM (
          SELECT id, view_id, type, name, occurred_at, duration, data FROM rum_event
          WHERE app = ${app} AND occurred_at >= ${BigInt(from)} AND occurred_at < ${BigInt(Math.min(from + STEP, ends))}
            AND view_id IN (${ids}) AND type <> 'loss'
          ORDER BY occurred_at LIMIT ${BigInt(MAX_EVENTS + 1)}
        ) AS happened`,
      );
      events.push(...rows.map(toSessionEvent));
    }
  }
  return { events: inOrder(events), complete: events.length <= MAX_EVENTS };
}

function inOrder(events: readonly SessionEvent[]): readonly SessionEvent[] {
  return [...events].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).slice(0, MAX_EVENTS);
}

/** When something may have happened in views, without what overlaps. */
function timesOf(views: readonly ViewRow[]): readonly Span[] {
  const spans: { begins: number; ends: number }[] = [];
  for (const { startedAt, duration } of views) {
    const length = Math.min(Math.max((duration ?? 0) + AFTER, SESSION_GAP), LONGEST);
    const ends = Math.ceil(startedAt + length);
    const last = spans.at(-1);
    if (last !== undefined && last.ends >= startedAt) last.ends = Math.max(last.ends, ends);
    else spans.push({ begins: startedAt, ends });
  }
  return spans;
}

function toSessionEvent([id, viewId, type, name, at, duration, data]: EventTuple): SessionEvent {
  return { id, viewId, type, name, at, duration, data: data === null ? {} : parseObject(data) };
}

/** What a stored JSON text says; nothing where it is no object. */
export function parseObject(json: string): { readonly [field: string]: unknown } {
  try {
    const said: unknown = JSON.parse(json);
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? { ...said } : {};
  } catch {
    // Only what the collector wrote is JSON; whatever else is there says nothing.
    return {};
  }
}
