import { cutSessions } from '../../../analysis/paths/cutSessions.js';
import { isColumn } from '../../filters.js';
import type { SeenViews } from '../../pathStore.js';
import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import type { TimeRange, ViewRange } from '../../store.js';
import { havingValues } from '../filters.js';
import { type RowsWithin, rowsWithin } from '../partitions/rowsWithin.js';
import { allOf } from '../rawParts.js';
import { readAhead } from '../readAhead.js';
import { startedWithin } from '../reads.js';
import { readSince } from '../rollup/knowledge.js';
import { queryList, SESSION_GAP } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';
import type { Source } from '../rollup/rollupCells.js';
import { traffic } from '../rollup/rollupReads.js';
import { type Sql, sql } from '../sql.js';
import { type Effort, planSample } from './planSample.js';
import {
  isMeant,
  toWalkedView,
  visitFilters,
  type WalkedTuple,
  type WalkedView,
  walkedTuple,
} from './walkedView.js';

/** A twentieth of a second, on SQLite and on PostgreSQL. */
const WITHOUT_EVENTS = { scanned: 120_000, read: 4500 };
/** Events are passed beside the views, each of which costs as much as twenty of them. */
const WITH_EVENTS = { scanned: 45_000, read: 4500 };
/** Views that are passed by one statement, so that none holds others up. */
const PASSED_AT_ONCE = 40_000;
/** After which what was found has to do, ms. */
const PATIENCE = 1500;
/** Times as many visitors are looked at next where filters let too few through. */
const WIDER = 4;

/** Sessions that began in a span, of some of the visitors. */
export interface SampledPart {
  /** By their beginning, the views of each by theirs. */
  readonly sessions: readonly (readonly WalkedView[])[];
  /** In which they began, and until whose end it is known what their visitors did. */
  readonly span: Span;
  /** `AND` and what is true of their visitors, in any table. */
  readonly visitors: Sql;
}

interface Asked {
  /** How long after its beginning a session has to be known, ms. */
  readonly tail?: number;
  /** Whether events are read beside the views. */
  readonly withEvents?: boolean;
  /** Views that are passed in the index, and views that are read. */
  readonly effort?: Pick<Effort, 'scanned' | 'read'>;
}

/**
 * Sessions that began in a range: all of them, or where there are too many those of some of the visitors in some spans of it,
 * which stand for all, since a visitor is a hash.
 *
 * @param take Of each part.
 */
export async function sampledSessions(
  source: Source,
  range: ViewRange,
  { tail = GRAIN_MS.hour, withEvents = false, effort = withEvents ? WITH_EVENTS : WITHOUT_EVENTS }: Asked,
  take: (part: SampledPart) => Promise<void> | void,
): Promise<SeenViews> {
  const began = performance.now();
  const isLate = (): boolean => performance.now() - began > PATIENCE;
  const { raw: kept } = await readSince(source.client);
  const asked = Math.ceil(range.from);
  const from = Math.max(asked, kept);
  const to = Math.ceil(range.to);
  if (from >= to) return { views: 0, of: 0, since: to, complete: false };
  const isKept = from === asked;
  const [rows, population] = await allOf([
    rowsWithin(source, 'views', { ...range, from: from - SESSION_GAP, to }),
    // By whole hours, which are counted already: to count within the one of which a part is no longer kept takes longer than all others.
    countViews(source, { app: range.app, from: isKept ? from : bucketOf(from, 'hour'), to }),
  ]);
  const [first, last] = [await rows.next(from), await rows.last(to)];
  if (first === null || last === null) return { views: 0, of: 0, since: from, complete: isKept };
  const bounds = { from: first, to: last + 1 };
  const { spans, share, rate } = planSample(
    { begins: bounds.from, ends: bounds.to, views: population },
    {
      ...effort,
      shortest: SESSION_GAP + GRAIN_MS.hour / 2 + tail,
    },
  );
  const columns = walkedTuple(source.dialect, range.where);
  const reading = { columns, ids: rows.ids, step: PASSED_AT_ONCE / rate, isLate };
  const isWhole = spans.length === 1;
  // Few visits come of a campaign: the views of all others do not help to tell of them.
  const isRare = (range.where ?? []).some(({ dimension }) => !isColumn(dimension));
  let enough = effort.read / 2;
  let [views, lower, since, isAll] = [0, 0, from, isWhole];
  for (let upper = share; ; upper = Math.min(1, upper * WIDER)) {
    const visitors = visitorsBetween(lower, upper);
    const parts = readAhead(spans, async ({ begins, ends }) => {
      const from = Math.max(begins - SESSION_GAP, kept);
      const wide = { ...range, where: visitFilters(range), from, to: ends };
      return { begins, ends, from, read: await readViews(source, wide, { ...reading, visitors }) };
    });
    for await (const { begins, ends, from: asOf, read } of parts) {
      // Those of the half hour before say which sessions began earlier, and are no part of the range.
      views += read.views.filter(({ startedAt }) => startedAt >= begins).length;
      const first = read.reached <= asOf ? begins : read.reached + SESSION_GAP;
      if (first > begins) isAll = false;
      if (first > begins && isWhole && lower === 0) since = first;
      const isEnd = ends === bounds.to;
      const sessions = cutSessions(read.views).filter((session) => {
        const at = session[0]?.startedAt ?? 0;
        return at >= first && (isEnd || at < ends - tail) && isMeant(session, range.where);
      });
      const until = isEnd ? to : ends;
      enough -= isRare ? sessions.flat().length : read.views.length;
      await take({ sessions, visitors, span: { begins: first, ends: until } });
      if (isLate()) break;
    }
    lower = upper;
    if (upper >= 1 || enough <= 0 || isLate()) break;
  }
  return { views, of: population, since, complete: isAll && lower >= 1 && isKept };
}

async function countViews(source: Source, range: TimeRange): Promise<number> {
  const days = await traffic(source, range, GRAIN_MS.day);
  return days.reduce((sum, { views }) => sum + views, 0);
}

/** Of hashes, which are spread evenly; @param lower Share of them, as `upper`. */
export function visitorsBetween(lower: number, upper: number): Sql {
  const border = (share: number): string =>
    Math.round(share * 0x100000000)
      .toString(16)
      .padStart(8, '0');
  const above = lower > 0 ? sql`AND visitor >= ${border(lower)}` : sql``;
  return upper < 1 ? sql`${above} AND visitor < ${border(upper)}` : above;
}

interface Reading {
  readonly columns: Sql;
  readonly visitors: Sql;
  readonly ids: RowsWithin['ids'];
  /** Of one statement, ms. */
  readonly step: number;
  readonly isLate: () => boolean;
}

/** Views of a range, the latest first; @returns Also from when on those are all, epoch ms. */
async function readViews(
  { client, dialect }: Source,
  range: ViewRange,
  { columns, visitors, ids, step, isLate }: Reading,
): Promise<{ readonly views: readonly WalkedView[]; readonly reached: number }> {
  const views: WalkedView[] = [];
  const length = Math.max(1, Math.ceil((range.to - range.from) / Math.ceil((range.to - range.from) / step)));
  for (let to = range.to; to > range.from; to -= length) {
    const part = { ...range, from: Math.max(range.from, to - length), to };
    const rows = await queryList<WalkedTuple>(
      client,
      dialect,
      columns,
      sql`FROM rum_view WHERE ${startedWithin(part)} ${visitors} ${havingValues(dialect, part)} ${ids(part.from, part.to)}`,
    );
    for (const row of rows) views.push(toWalkedView(row));
    if (isLate()) return { views, reached: part.from };
  }
  return { views, reached: range.from };
}
