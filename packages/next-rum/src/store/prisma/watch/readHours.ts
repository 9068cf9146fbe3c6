import {
  type SegmentCounts,
  type SiteBucket,
  segmentKey,
  type Where,
} from '../../../analysis/detectors/segment.js';
import { WATCHED_VITALS } from '../../../analysis/insights/watchedIncident.js';
import { addRow, type Cell, type Cells, cellOf, type ViewDimension } from '../../rollup/cells.js';
import { countView } from '../../rollup/countView.js';
import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import { type SegmentChoice, WATCHED_DIMENSIONS, type WatchedDimension } from '../../watch/segmentChoice.js';
import { readCountedViews } from '../rollup/countedViews.js';
import { queryList } from '../rollup/rawReads.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { withPlan } from '../rollup/withPlan.js';
import { sql } from '../sql.js';
import { type ErrorViews, readErrorViews } from './errorViews.js';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Reads what was counted in an hour of the whole site and of the values that are watched. */
export async function readHour(
  source: Source,
  app: string,
  t: number,
  choice: SegmentChoice,
): Promise<SiteBucket> {
  const span = { from: t, to: t + GRAIN_MS.hour };
  const [hours, errors] = [
    await readCells(source, app, span, ['all', ...WATCHED_DIMENSIONS]),
    await readErrorViews(source, app, span),
  ];
  const cells: Cells = hours.get(t) ?? new Map();
  const chosen = choice.choose(t, (dimension) => viewsOf(cells, dimension));
  const site = cells.get('all')?.get('');
  if (site === undefined) return { t, segments: [] };
  const segments = [segmentOf({}, site, errors.get(t))];
  for (const [dimension, values] of chosen)
    for (const value of values) {
      const cell = cells.get(dimension)?.get(value);
      if (cell !== undefined) segments.push(segmentOf({ [dimension]: value }, cell, errors.get(t)));
    }
  return { t, segments };
}

/** Reads what was counted in some hours of the views that have one value, or of all. */
export async function readHoursOf(
  source: Source,
  app: string,
  span: Span,
  where: Where,
): Promise<readonly SiteBucket[]> {
  const [[dimension, value] = ['all', ''] as const] = Object.entries(where);
  const hours = await readCells(source, app, span, [dimension as ViewDimension]);
  const errors = await readErrorViews(source, app, span);
  const buckets: SiteBucket[] = [];
  for (let t = span.from; t < span.to; t += GRAIN_MS.hour) {
    const cell = hours
      .get(t)
      ?.get(dimension as ViewDimension)
      ?.get(value);
    buckets.push({ t, segments: cell === undefined ? [] : [segmentOf(where, cell, errors.get(t))] });
  }
  return buckets;
}

function viewsOf(cells: Cells, dimension: WatchedDimension): ReadonlyMap<string, number> {
  return new Map([...(cells.get(dimension) ?? [])].map(([value, { n }]) => [value, n]));
}

function segmentOf(where: Where, { n, vitals }: Cell, errors: ErrorViews | undefined): SegmentCounts {
  const key = segmentKey(where);
  return {
    key,
    where,
    views: n,
    errorViews: Math.min(n, errors?.get(key) ?? 0),
    vitals:
      vitals === null ? {} : Object.fromEntries(WATCHED_VITALS.map((name) => [name, vitals[name].histogram])),
  };
}

/** By hour. What is not rolled up yet is counted from raw rows. */
async function readCells(
  source: Source,
  app: string,
  span: Span,
  dimensions: readonly ViewDimension[],
): Promise<ReadonlyMap<number, Cells>> {
  const { client, dialect } = source;
  return withPlan(source, { app, ...span }, { step: GRAIN_MS.hour }, async (plan) => {
    const hours = new Map<number, Cells>();
    const cellsOf = (t: number): Cells => {
      const hour = bucketOf(t, 'hour');
      const cells: Cells = hours.get(hour) ?? new Map();
      hours.set(hour, cells);
      return cells;
    };
    const rows = await queryList<readonly [number, ViewDimension, string, number, string | null]>(
      client,
      dialect,
      sql`bucket, dimension, value, n, sketch`,
      rollupRows(dialect, app, plan, dimensions),
    );
    for (const [bucket, dimension, value, n, sketch] of rows)
      addRow(cellOf(cellsOf(bucket), dimension, value), n, sketch);
    for await (const views of readCountedViews(client, dialect, app, rawOf(plan)))
      for (const view of views) countView(cellsOf(view.startedAt), view);
    return hours;
  });
}
