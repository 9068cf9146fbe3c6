import type { Hit } from '../../../analysis/paths/funnel.js';
import type { PathStep, SeenViews } from '../../pathStore.js';
import type { ViewRange } from '../../store.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { joinSql, sql } from '../sql.js';
import { MAX_WALKED } from './journey.js';
import { latestSessions } from './latestSessions.js';
import type { SeenView } from './seenView.js';

/** Most events that steps are looked for in, and those of one statement. */
const MAX_EVENTS = 200_000;
const CHUNK = 5000;

/** Something a visitor did, and in which view. */
export interface SeenHit extends Hit {
  readonly id: string;
  readonly view: SeenView;
}

/** A session and those things in it that were asked for, in the order in which they happened. */
export interface HitSession {
  readonly views: readonly SeenView[];
  readonly hits: readonly SeenHit[];
}

export function keyOf({ kind, name }: PathStep): string {
  return `${kind}:${name}`;
}

/** The latest sessions with what may be a step in them; they reach as far back as both their views and their events were read. */
export async function hitSessions(
  source: Source,
  range: ViewRange,
  steps: readonly PathStep[],
): Promise<{ readonly sessions: readonly HitSession[]; readonly seen: SeenViews }> {
  const { sessions, seen } = await latestSessions(source, range, MAX_WALKED);
  const views = new Map(sessions.flat().map((view) => [view.id, view]));
  const routes = new Set(steps.flatMap(({ kind, name }) => (kind === 'view' ? [name] : [])));
  const named = steps.filter(({ kind }) => kind !== 'view');
  const hits = new Map<string, SeenHit[]>();
  let since = seen.since;
  if (named.length > 0 && sessions.length > 0) {
    since = await readHits(source, { ...range, from: seen.since }, named, (at, viewId, key, id) => {
      const view = views.get(viewId);
      if (view === undefined) return;
      const known = hits.get(viewId) ?? [];
      known.push({ at, key, id, view });
      hits.set(viewId, known);
    });
  }
  const told = sessions
    .filter(([first]) => (first?.startedAt ?? 0) >= since)
    .map((own) => ({
      views: own,
      hits: own
        .flatMap((view) => [
          ...(routes.has(view.values.route)
            ? [{ at: view.startedAt, key: `view:${view.values.route}`, id: '', view }]
            : []),
          ...(hits.get(view.id) ?? []),
        ])
        .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    }));
  return { sessions: told, seen: { ...seen, since, complete: seen.complete && since === seen.since } };
}

/** Hands over events of some names, the latest first. @returns From when on those are all, epoch ms. */
async function readHits(
  { client, dialect }: Source,
  { app, from, to }: ViewRange,
  named: readonly PathStep[],
  take: (at: number, viewId: string, key: string, id: string) => void,
): Promise<number> {
  const wanted = joinSql(
    named.map(({ kind, name }) => sql`(type = ${kind} AND name = ${name.replaceAll('\0', '')})`),
    ' OR ',
  );
  const types = joinSql(
    [...new Set(named.map(({ kind }) => kind))].map((kind) => sql`${kind}`),
    ', ',
  );
  const id = sql`id ${dialect.byCodePoints}`;
  let before = sql`occurred_at < ${BigInt(Math.ceil(to))}`;
  for (let read = 0; read < MAX_EVENTS; read += CHUNK) {
    const rows = await queryList<readonly [string, string, string, string, number]>(
      client,
      dialect,
      sql`id, view_id, type, name, occurred_at`,
      sql`FROM (
        SELECT id, view_id, type, name, occurred_at FROM rum_event
        WHERE app = ${app} AND occurred_at >= ${BigInt(Math.ceil(from))} AND ${before}
          AND type IN (${types}) AND (${wanted})
        ORDER BY occurred_at DESC, ${id} DESC LIMIT ${BigInt(CHUNK)}
      ) AS hits`,
    );
    const latestFirst = [...rows].sort(([a, , , , m], [b, , , , n]) => n - m || (a < b ? 1 : -1));
    for (const [eventId, viewId, kind, name, at] of latestFirst) take(at, viewId, `${kind}:${name}`, eventId);
    const last = latestFirst.at(-1);
    if (rows.length < CHUNK || last === undefined) return from;
    const [lastId, , , , at] = last;
    before = sql`occurred_at <= ${BigInt(at)} AND (occurred_at < ${BigInt(at)} OR ${id} < ${lastId})`;
    if (read + CHUNK >= MAX_EVENTS) return at + 1;
  }
  return from;
}
