import type { VitalName } from '@rumkit/react-rum/protocol';
import type { FollowedPlace } from '../../../analysis/comparison/daySeries.js';
import { emptyHistogram, type LogHistogram } from '../../../analysis/logHistogram.js';
import { addRow, type Cell, type Cells, cellOf, type Dimension } from '../../rollup/cells.js';
import { countIn } from '../../rollup/countView.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { Segment } from '../../rollup/planRange.js';
import type { TimeRange } from '../../store.js';
import { type Millionths, RATED_VITALS, readViews, vitalsIn } from '../rollup/countedViews.js';
import { countEvents, queryList } from '../rollup/rawReads.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { withPlan } from '../rollup/withPlan.js';
import { sql } from '../sql.js';

/** What is known of each day, by its beginning. */
type Days = Map<number, Cells>;

const DAY = GRAIN_MS.day;

/**
 * All views and those of some routes, day by day. Of days that are rolled up it takes one statement and no raw row.
 *
 * @param range Whole UTC days.
 */
export function followedPlaces(
  source: Source,
  range: TimeRange,
  routes: readonly string[],
): Promise<readonly FollowedPlace[]> {
  return withPlan(source, range, { step: DAY }, async (plan) => {
    const days: Days = new Map();
    await addRolledUp(source, range.app, plan, routes, days);
    await addRawRows(source, range.app, plan, routes, days);
    const ordered = [...days].sort(([one], [other]) => one - other);
    return [null, ...routes].map((route) => ({
      route,
      days: ordered.flatMap(([t, cells]) => {
        const cell = route === null ? cells.get('all')?.get('') : cells.get('route')?.get(route);
        if (cell === undefined || cell.n === 0) return [];
        const errors = route === null ? (cells.get('event')?.get('error')?.n ?? 0) : null;
        return [{ t, views: cell.n, errors, vitals: histogramsOf(cell) }];
      }),
    }));
  });
}

type Histograms = FollowedPlace['days'][number]['vitals'];

function histogramsOf({ vitals }: Cell): Histograms {
  const of = (name: VitalName): LogHistogram => vitals?.[name].histogram ?? emptyHistogram();
  return { lcp: of('lcp'), inp: of('inp'), cls: of('cls'), fcp: of('fcp'), ttfb: of('ttfb') };
}

function cellsAt(days: Days, t: number): Cells {
  const day = t - (t % DAY);
  const cells = days.get(day) ?? new Map();
  days.set(day, cells);
  return cells;
}

async function addRolledUp(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
  routes: readonly string[],
  days: Days,
): Promise<void> {
  const names = dialect.rowsOf(
    NAMES,
    routes.map((name) => ({ name })),
  );
  const wanted = sql`AND (dimension = 'all' OR dimension = 'event' AND value = 'error'
    OR dimension = 'route' AND value IN (SELECT name FROM ${names}))`;
  const rows = await queryList<readonly [Dimension, number, string, number, string | null]>(
    client,
    dialect,
    sql`dimension, bucket, value, n, sketch`,
    rollupRows(dialect, app, plan, ['all', 'event', 'route'], wanted),
  );
  for (const [dimension, bucket, value, n, sketch] of rows)
    addRow(cellOf(cellsAt(days, bucket), dimension, value), n, sketch);
}

async function addRawRows(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
  routes: readonly string[],
  days: Days,
): Promise<void> {
  const spans = rawOf(plan);
  const followed = new Set(routes);
  const read = { app, spans, columns: sql`started_at, route, ${RATED_VITALS}` };
  type Tuple = readonly [
    startedAt: number,
    route: string | null,
    ratings: number,
    ...millionths: (Millionths | null)[],
  ];
  for await (const views of readViews<Tuple>(client, dialect, read)) {
    for (const [startedAt, route, ratings, ...millionths] of views) {
      const vitals = vitalsIn(millionths);
      const cells = cellsAt(days, startedAt);
      countIn(cells, 'all', '', { ratings, vitals });
      if (route !== null && followed.has(route)) countIn(cells, 'route', route, { ratings, vitals });
    }
  }
  for (const { bucket, type, n } of await countEvents(client, dialect, app, spans, DAY))
    if (type === 'error') cellOf(cellsAt(days, bucket), 'event', 'error').n += n;
}
