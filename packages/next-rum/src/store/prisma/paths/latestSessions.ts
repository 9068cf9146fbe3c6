import { cutSessions } from '../../../analysis/paths/cutSessions.js';
import type { SeenViews } from '../../pathStore.js';
import type { ViewRange } from '../../store.js';
import { havingValues } from '../filters.js';
import { startedWithin } from '../reads.js';
import { readSince } from '../rollup/knowledge.js';
import { queryList, SESSION_GAP } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { sql } from '../sql.js';
import { latestViews, type ReadViews } from './latestViews.js';
import type { SeenView } from './seenView.js';
import { isMeant, visitFilters } from './walkedView.js';

/** After which what was found has to do, ms. */
const PATIENCE = 1500;

export interface LatestSessions {
  /** By their beginning, the views of each by theirs. */
  readonly sessions: readonly (readonly SeenView[])[];
  readonly seen: SeenViews;
}

/**
 * Told as reading goes back, each time that twice as much was read, and at the end.
 *
 * @param look What was found so far.
 * @param read Of which time it is told of for the first time, epoch ms.
 * @returns True where that is enough.
 */
type Watch = (
  look: () => Promise<LatestSessions>,
  read: { readonly begins: number; readonly ends: number },
) => Promise<boolean>;

/** Views after which it is told for the first time. */
const FIRST_LOOK = 2000;

/**
 * Sessions that began in a range, as whole as they are in it, of the latest views.
 *
 * @param limit Most views that are read.
 */
export async function latestSessions(
  source: Source,
  range: ViewRange,
  limit: number,
  watch: Watch = async () => false,
): Promise<LatestSessions> {
  const { raw: kept } = await readSince(source.client);
  const asked = Math.ceil(range.from);
  const from = Math.max(asked, kept);
  const to = Math.ceil(range.to);
  if (from >= to) return { sessions: [], seen: { views: 0, of: null, since: to, complete: false } };
  const began = performance.now();
  // Half an hour more, since what goes on at the beginning of the range began before it.
  const wide = { ...range, from: Math.max(from - SESSION_GAP, kept), to };
  const views: ReadViews['views'][number][] = [];
  let reached = to;
  const look = async (): Promise<LatestSessions> => {
    const isAll = reached <= wide.from;
    const since = isAll ? from : Math.max(from, reached);
    const before = isAll ? new Map() : await lastSeen(source, wide, reached);
    const sessions = cutSessions(views.filter(({ startedAt }) => startedAt >= reached)).filter((session) => {
      const [first] = session;
      if (first === undefined || first.startedAt < since || !isMeant(session, range.where)) return false;
      return first.startedAt - (before.get(first.visitor) ?? Number.NEGATIVE_INFINITY) >= SESSION_GAP;
    });
    return { sessions, seen: { views: views.length, of: null, since, complete: isAll && from === asked } };
  };
  let [told, due] = [to, FIRST_LOOK];
  for await (const read of latestViews(source, wide)) {
    views.push(...read.views);
    reached = read.reached;
    const isEnd = reached <= wide.from || views.length >= limit || performance.now() - began > PATIENCE;
    if (!isEnd && views.length < due) continue;
    due = 2 * views.length;
    const begins = Math.max(reached, from);
    const isEnough = await watch(look, { begins, ends: told });
    if (isEnd || isEnough) break;
    told = begins;
  }
  return look();
}

/** When visitors of the half hour before a moment were seen last in it, epoch ms: their sessions may go on after it. */
async function lastSeen(
  { client, dialect }: Source,
  range: ViewRange,
  moment: number,
): Promise<ReadonlyMap<string, number>> {
  const before = { ...range, where: visitFilters(range), from: moment - SESSION_GAP, to: moment };
  const rows = await queryList<readonly [visitor: string, at: number]>(
    client,
    dialect,
    sql`visitor, at`,
    sql`FROM (
      SELECT visitor, max(started_at) AS at FROM rum_view
      WHERE ${startedWithin(before)} ${havingValues(dialect, before)} GROUP BY visitor
    ) AS seen`,
  );
  return new Map(rows);
}
