import { cutSessions } from '../../../analysis/paths/cutSessions.js';
import type { SessionDetail, SessionView } from '../../pathStore.js';
import { VITAL_NAMES, type ViewRow } from '../../rows.js';
import { SESSION_GAP } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { queryRows, sql } from '../sql.js';
import { type StoredRow, VIEW_TABLE } from '../tables.js';
import { seenViewOf } from './seenView.js';
import { parseObject, sessionEvents } from './sessionEvents.js';
import { summarise } from './summarise.js';
import type { Troubles } from './troubles.js';

/** Most views of a session that are shown. */
const MAX_VIEWS = 200;
/** Looked for in one go, ms: the index has the visitor of each view of that time. */
const STEP = 4 * SESSION_GAP;
/** A session is not followed further than this, each way, ms. */
const LONGEST = 24 * 60 * 60_000;

/** @see {@link RumStore.session} */
export async function sessionDetail(
  source: Source,
  app: string,
  viewId: string,
): Promise<SessionDetail | null> {
  const [known] = await queryRows<StoredRow>(
    source.client,
    sql`SELECT started_at, visitor FROM rum_view WHERE app = ${app} AND id = ${viewId}`,
  );
  if (known === undefined) return null;
  const at = Number(known.started_at);
  const { views: around, isWhole } = await viewsAround(source, app, String(known.visitor), at);
  const session = cutSessions(around).find((views) => views.some(({ id }) => id === viewId));
  // It may have moved, or gone, between the two reads.
  if (session === undefined) return null;
  const shown = session.slice(0, MAX_VIEWS);
  const { events, complete } = await sessionEvents(source, app, shown);
  const troubles = new Map<string, Troubles>();
  for (const { viewId: id, type, data } of events) {
    const ofView = troubles.get(id) ?? { errors: 0, frustrations: 0 };
    troubles.set(id, ofView);
    if (type === 'error') ofView.errors += 1;
    if (type === 'action' && Array.isArray(data.frustrations) && data.frustrations.length > 0)
      ofView.frustrations += 1;
  }
  const [first] = shown;
  if (first === undefined) return null;
  const traits = shown.findLast(({ userTraits }) => userTraits !== null)?.userTraits ?? null;
  return {
    ...summarise(shown.map(seenViewOf), troubles),
    release: first.release,
    environment: first.environment,
    connection: first.connection,
    language: first.language,
    viewport:
      first.viewportWidth === null || first.viewportHeight === null
        ? null
        : [first.viewportWidth, first.viewportHeight],
    userTraits: traits === null ? null : parseObject(traits),
    viewList: shown.map(toSessionView),
    events,
    complete: complete && isWhole && session.length <= MAX_VIEWS,
  };
}

/** Views of a visitor on both sides of a moment, as far as no silence ends them. */
async function viewsAround(
  { client }: Source,
  app: string,
  visitor: string,
  at: number,
): Promise<{ readonly views: readonly ViewRow[]; readonly isWhole: boolean }> {
  const read = async (from: number, to: number): Promise<readonly ViewRow[]> => {
    const rows = await queryRows<StoredRow>(
      client,
      sql`SELECT ${VIEW_TABLE.columnNames} FROM rum_view
        WHERE app = ${app} AND started_at >= ${BigInt(from)} AND started_at < ${BigInt(to)} AND visitor = ${visitor}
        ORDER BY started_at LIMIT ${BigInt(5 * MAX_VIEWS)}`,
    );
    return rows.map(VIEW_TABLE.decode);
  };
  const views: ViewRow[] = [];
  let [begin, end] = [at, at];
  let [hasBegin, hasEnd] = [false, false];
  for (let edge = at; !hasBegin && edge > at - LONGEST; edge -= STEP) {
    const earlier = await read(edge - STEP, edge);
    views.push(...earlier);
    begin = Math.min(begin, ...earlier.map(({ startedAt }) => startedAt));
    hasBegin = begin - (edge - STEP) >= SESSION_GAP;
  }
  for (let edge = at; !hasEnd && edge < at + LONGEST; edge += STEP) {
    const later = await read(edge, edge + STEP);
    views.push(...later);
    end = Math.max(end, ...later.map(({ startedAt }) => startedAt));
    hasEnd = edge + STEP - end >= SESSION_GAP;
  }
  return { views, isWhole: hasBegin && hasEnd };
}

function toSessionView(view: ViewRow): SessionView {
  const { id, startedAt, duration, visibleDuration, route, path, navigationType, referrer } = view;
  const { loadingTime, blockedTime, scrollDepth } = view;
  return {
    id,
    startedAt,
    duration,
    visibleDuration,
    route,
    path,
    navigationType,
    referrer,
    vitals: Object.fromEntries(VITAL_NAMES.map((name) => [name, view[name]])) as SessionView['vitals'],
    loadingTime,
    blockedTime,
    scrollDepth,
  };
}
