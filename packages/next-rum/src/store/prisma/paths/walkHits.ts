import type { Hit } from '../../../analysis/paths/funnel.js';
import type { PathStep, SeenViews } from '../../pathStore.js';
import type { ViewRange } from '../../store.js';
import { rowsWithin } from '../partitions/rowsWithin.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { joinSql, type Sql, sql } from '../sql.js';
import { sampledSessions } from './sampledSessions.js';
import type { WalkedView } from './walkedView.js';

/** Most events of a part that steps are looked for in, and those of one statement. */
const MAX_EVENTS = 200_000;
const CHUNK = 5000;

/** Something a visitor did, and in which view. */
export interface SeenHit extends Hit {
  readonly id: string;
  readonly view: WalkedView;
}

/** A session and those things in it that were asked for, in the order in which they happened. */
export interface HitSession {
  readonly views: readonly WalkedView[];
  readonly hits: readonly SeenHit[];
  /** Until when what its visitor did is known, epoch ms. */
  readonly until: number;
}

export function keyOf({ kind, name }: PathStep): string {
  return `${kind}:${name}`;
}

/**
 * Sessions with what may be a step in them.
 *
 * @param tail How long after its beginning a session has to be known, ms.
 */
export async function hitSessions(
  source: Source,
  range: ViewRange,
  steps: readonly PathStep[],
  tail?: number,
): Promise<{ readonly sessions: readonly HitSession[]; readonly seen: SeenViews }> {
  const routes = new Set(steps.flatMap(({ kind, name }) => (kind === 'view' ? [name] : [])));
  const named = steps.filter(({ kind }) => kind !== 'view');
  const found: HitSession[] = [];
  let unread = 0;
  const asked = { ...(tail !== undefined && { tail }), withEvents: named.length > 0 };
  const rows = named.length > 0 ? await rowsWithin(source, 'events', range) : null;
  const seen = await sampledSessions(source, range, asked, async (part) => {
    const views = new Map(part.sessions.flat().map((view) => [view.id, view]));
    const hits = new Map<string, SeenHit[]>();
    const { begins, ends } = part.span;
    let since = begins;
    if (rows !== null && views.size > 0) {
      const own = sql`${part.visitors} ${rows.ids(begins, ends)}`;
      since = await readHits(
        source,
        { ...range, from: begins, to: ends },
        own,
        named,
        (at, viewId, key, id) => {
          const view = views.get(viewId);
          if (view === undefined) return;
          const known = hits.get(viewId) ?? [];
          known.push({ at, key, id, view });
          hits.set(viewId, known);
        },
      );
    }
    if (since > begins) unread = Math.max(unread, since);
    for (const own of part.sessions) {
      if ((own[0]?.startedAt ?? 0) < since) continue;
      found.push({ views: own, hits: hitsOf(own, routes, hits), until: ends });
    }
  });
  return {
    sessions: found,
    seen: { ...seen, since: Math.max(seen.since, unread), complete: seen.complete && unread === 0 },
  };
}

function hitsOf(
  views: readonly WalkedView[],
  routes: ReadonlySet<string>,
  named: ReadonlyMap<string, readonly SeenHit[]>,
): readonly SeenHit[] {
  return views
    .flatMap((view) => [
      ...(routes.has(view.route) ? [{ at: view.startedAt, key: `view:${view.route}`, id: '', view }] : []),
      ...(named.get(view.id) ?? []),
    ])
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

type HitTuple = readonly [id: string, viewId: string, type: string, name: string, occurredAt: number];

/** Hands over events of some names, the latest first. @returns From when on those are all, epoch ms. */
async function readHits(
  { client, dialect }: Source,
  { app, from, to }: ViewRange,
  isOwn: Sql,
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
  let before: Sql = sql`occurred_at < ${BigInt(to)}`;
  for (let read = 0; ; read += CHUNK) {
    const rows = await queryList<HitTuple>(
      client,
      dialect,
      sql`id, view_id, type, name, occurred_at`,
      sql`FROM (
        SELECT id, view_id, type, name, occurred_at FROM rum_event
        WHERE app = ${app} AND occurred_at >= ${BigInt(from)} AND ${before}
          AND type IN (${types}) AND (${wanted}) ${isOwn}
        ORDER BY occurred_at DESC, ${id} DESC LIMIT ${BigInt(CHUNK)}
      ) AS hits`,
    );
    const latestFirst = [...rows].sort(([a, , , , m], [b, , , , n]) => n - m || (a < b ? 1 : -1));
    for (const [eventId, viewId, kind, name, at] of latestFirst) take(at, viewId, `${kind}:${name}`, eventId);
    const last = latestFirst.at(-1);
    if (rows.length < CHUNK || last === undefined) return from;
    const [lastId, , , , at] = last;
    if (read + CHUNK >= MAX_EVENTS) return at + 1;
    before = sql`occurred_at <= ${BigInt(at)} AND (occurred_at < ${BigInt(at)} OR ${id} < ${lastId})`;
  }
}
