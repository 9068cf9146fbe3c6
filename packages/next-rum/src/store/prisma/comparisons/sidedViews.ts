import type { SidedView } from '../../../analysis/comparison/testSides.js';
import { WATCHED_VITALS } from '../../../analysis/insights/watchedIncident.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { ViewRange } from '../../store.js';
import { havingValues } from '../filters.js';
import { isRow } from '../isRow.js';
import { vitalValue } from '../rollup/countedViews.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { constantSql, joinSql, type Sql, sql } from '../sql.js';
import { idsOfErrorViews } from '../watch/errorViews.js';

/** A view before it is said on which side of a change it is. */
export interface ReadView extends Omit<SidedView, 'side'> {
  readonly release: string;
  /** Of dimensions in which it can be told from others. */
  readonly values: { readonly [dimension: string]: string };
}

/** Views of one statement, so that none holds everybody up. */
const CHUNK = 5000;
const IDS = 1000;
const TOLD = ['country', 'device', 'browser', 'connection'] as const;
const COLUMNS = constantSql(['id', 'started_at', 'release', 'route', ...TOLD].join(', '));
/** What they are called where they are listed. */
const NAMED = constantSql(
  ['id', 'started_at', 'release', 'route', ...TOLD, ...WATCHED_VITALS.map((name) => `${name}_of`)].join(', '),
);
const VITALS_OF: Sql = joinSql(
  WATCHED_VITALS.map((name) => sql`${vitalValue(name)} AS ${constantSql(`${name}_of`)}`),
  ', ',
);

type Tuple = readonly [
  id: string,
  startedAt: number,
  release: string | null,
  route: string | null,
  ...rest: (string | number | null)[],
];

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The first views of a span for which the filters hold, at most so many, in order. Stops at a deadline of `performance.now()`. */
export async function readForward(
  source: Source,
  range: ViewRange,
  { from, to }: Span,
  most: number,
  deadline: number,
): Promise<readonly ReadView[]> {
  const { client, dialect } = source;
  const views: Tuple[] = [];
  for (let begins = from; begins < to && views.length < most && performance.now() < deadline; ) {
    const limit = Math.min(CHUNK, most - views.length);
    const chunk = await queryList<Tuple>(
      client,
      dialect,
      NAMED,
      sql`FROM (
        SELECT ${COLUMNS}, ${VITALS_OF} FROM rum_view
        WHERE app = ${range.app} AND started_at >= ${BigInt(Math.ceil(begins))} AND started_at < ${BigInt(Math.ceil(to))} ${havingValues(dialect, range)}
        ORDER BY started_at, id LIMIT ${BigInt(limit)}
      ) AS first`,
    );
    views.push(...chunk);
    const last = chunk.at(-1);
    if (chunk.length < limit || last === undefined) break;
    // Of the moment that a chunk ends in, what did not fit is left out.
    begins = last[1] + 1;
  }
  const last = views.at(-1)?.[1] ?? from;
  const failed = await idsOfErrorViews(source, range.app, from, last + GRAIN_MS.hour);
  return views.map((view) => toView(view, failed));
}

/** Views by their ids, those for which the filters hold. */
export async function readByIds(
  source: Source,
  range: ViewRange,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ReadView>> {
  const { client, dialect } = source;
  const failed = await idsOfErrorViews(source, range.app, range.from, range.to + GRAIN_MS.hour);
  const views = new Map<string, ReadView>();
  for (let start = 0; start < ids.length; start += IDS) {
    const names = ids.slice(start, start + IDS).map((name) => ({ name }));
    const condition = sql`${isRow(range.app, sql`name`)} ${havingValues(dialect, range)}`;
    const found = dialect.searchEach(dialect.rowsOf(NAMES, names), sql`rum_view`, condition);
    const rows = await queryList<Tuple>(
      client,
      dialect,
      NAMED,
      sql`FROM (SELECT ${COLUMNS}, ${VITALS_OF} ${found}) AS found`,
    );
    for (const row of rows) views.set(row[0], toView(row, failed));
  }
  return views;
}

function toView([id, t, release, route, ...rest]: Tuple, failed: ReadonlySet<string>): ReadView {
  const text = (place: number): string => String(rest[place] ?? '');
  const vital = (place: number): number | null => {
    const value = rest[TOLD.length + place] ?? null;
    return value === null ? null : Number(value);
  };
  return {
    id,
    t,
    release: release ?? '',
    route: route ?? '',
    hasError: failed.has(id),
    values: Object.fromEntries(
      TOLD.map((dimension, place) => [dimension, text(place)] as const).filter(([, value]) => value !== ''),
    ),
    vitals: { lcp: vital(0), inp: vital(1), cls: vital(2), ttfb: vital(3) },
  };
}
