import { emptyHistogram, histogramPercentile } from '../../../analysis/logHistogram.js';
import { addCell, type Cell, type Cells, cellOf, type Dimension, emptyCell } from '../../rollup/cells.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { Segment } from '../../rollup/planRange.js';
import type { VITAL_NAMES } from '../../rows.js';
import type { RouteSummary, TimeRange, Totals, TrafficBucket } from '../../store.js';
import * as raw from '../vitalReads.js';
import { countEvents, countStarts, countViews, SESSION_GAP, type Starts } from './rawReads.js';
import type { Span } from './rawSpans.js';
import { recentStarts } from './recentStarts.js';
import { rememberedCells } from './rememberedCells.js';
import { addRaw, addRollups, countRollups, rawOf, type Source, sumRollups } from './rollupCells.js';
import { type Known, withPlan } from './withPlan.js';

/** Less raw time than this, ms, or fewer raw views are read one by one without a thought. */
const FEW_RAW_MS = 10 * 60_000;
const FEW_RAW_VIEWS = 20_000;

/** What {@link totals} are made of. */
const COUNTS: readonly Dimension[] = ['all', 'session', 'sample', 'event'];

/** @see {@link RumStore.totals} */
export function totals(source: Source, range: TimeRange): Promise<Totals> {
  return withPlan(source, range, { reach: SESSION_GAP }, async (plan, known) => {
    const sums = await sumRollups(source, range.app, plan, GRAIN_MS.day, COUNTS);
    const spans = rawOf(plan);
    const starts = await startsOf(source, range.app, spans, known, GRAIN_MS.day);
    const events = await countEvents(source.client, source.dialect, range.app, spans, GRAIN_MS.day);
    const sum = (dimension: Dimension, isMeant: (value: string) => boolean = () => true): number =>
      sums.reduce((total, row) => total + (row.dimension === dimension && isMeant(row.value) ? row.n : 0), 0);
    const eventSum = (isMeant: (type: string) => boolean): number =>
      sum('event', isMeant) + events.reduce((total, { type, n }) => total + (isMeant(type) ? n : 0), 0);
    return {
      views: sum('all') + starts.reduce((total, { views }) => total + views, 0),
      sessions: sum('session') + starts.reduce((total, { sessions }) => total + sessions, 0),
      events: eventSum((type) => type !== 'loss'),
      errors: eventSum((type) => type === 'error'),
      sampleViews: sum('sample') + starts.reduce((total, { samples }) => total + samples, 0),
    };
  });
}

/** @see {@link RumStore.traffic} */
export function traffic(source: Source, range: TimeRange, bucketMs: number): Promise<TrafficBucket[]> {
  return withPlan(source, range, { step: bucketMs, reach: SESSION_GAP }, async (plan, known) => {
    const buckets = new Map<number, { t: number; views: number; sessions: number }>();
    const add = (t: number, views: number, sessions: number): void => {
      const bucket = buckets.get(t) ?? { t, views: 0, sessions: 0 };
      bucket.views += views;
      bucket.sessions += sessions;
      buckets.set(t, bucket);
    };
    for (const { bucket, dimension, n } of await sumRollups(source, range.app, plan, bucketMs, [
      'all',
      'session',
    ])) {
      if (dimension === 'all') add(bucket, n, 0);
      if (dimension === 'session') add(bucket, 0, n);
    }
    for (const { bucket, views, sessions } of await startsOf(
      source,
      range.app,
      rawOf(plan),
      known,
      bucketMs,
    )) {
      add(bucket - (bucket % bucketMs), views, sessions);
    }
    return [...buckets.values()].sort((a, b) => a.t - b.t);
  });
}

/** @see {@link RumStore.vitals} */
export function vitals(source: Source, range: TimeRange): Promise<raw.VitalSummaries> {
  return withPlan(source, range, {}, async (plan, { since }) => {
    if (await isMostlyRaw(source, range, plan, since.raw)) return raw.vitals(source.client, range);
    const rolledUp = (await rememberedCells(source, range, plan, 'all'))?.get('');
    if (rolledUp === undefined) return raw.vitals(source.client, rawRange(range, plan));
    const cells: Cells = new Map();
    await addRaw(source, range.app, plan, cells, 'all');
    addCell(cellOf(cells, 'all', ''), rolledUp);
    return summaries(cellOf(cells, 'all', ''));
  });
}

/** @see {@link RumStore.routes} */
export function routes(source: Source, range: TimeRange, limit: number): Promise<RouteSummary[]> {
  return withPlan(source, range, {}, async (plan, { since }) => {
    if (await isMostlyRaw(source, range, plan, since.raw)) {
      return raw.routes(source.client, source.dialect, range, limit);
    }
    const known = await rememberedCells(source, range, plan, 'route');
    const views = known === null ? await countRollups(source, range.app, plan, 'route') : countsOf(known);
    if (views.size === 0) return raw.routes(source.client, source.dialect, rawRange(range, plan), limit);
    const cells: Cells = new Map();
    await addRaw(source, range.app, plan, cells, 'route');
    for (const [route, { n }] of cells.get('route') ?? []) views.set(route, (views.get(route) ?? 0) + n);
    const shown = [...views]
      .sort(([routeA, a], [routeB, b]) => b - a || byCodePoints(routeA, routeB))
      .slice(0, limit)
      .map(([route]) => route);
    if (known === null) {
      await addRollups(source, range.app, plan, cells, 'route', shown.length < views.size ? shown : null);
    }
    return shown.map((route) => {
      const cell = cellOf(cells, 'route', route);
      const before = known?.get(route);
      if (before !== undefined) addCell(cell, before);
      return { route, views: cell.n, vitals: summaries(cell) };
    });
  });
}

function countsOf(cells: ReadonlyMap<string, Cell>): Map<string, number> {
  return new Map([...cells].map(([value, { n }]) => [value, n]));
}

/** In buckets of `step` ms or, to be shared with reads that want others, in minutes that they are made of. */
async function startsOf(
  source: Source,
  app: string,
  spans: readonly Span[],
  known: Known,
  step: number,
): Promise<readonly Starts[]> {
  const { client, dialect } = source;
  const length = spans.reduce((sum, { begins, ends }) => sum + ends - begins, 0);
  if (length > GRAIN_MS.hour || step % GRAIN_MS.minute !== 0) {
    return countStarts(client, dialect, app, spans, step);
  }
  return known.starts(JSON.stringify(spans), async () => {
    const [span, ...others] = spans;
    const recent =
      span === undefined || others.length > 0 ? null : await recentStarts(source, app, span, known);
    return recent ?? countStarts(client, dialect, app, spans, GRAIN_MS.minute);
  });
}

/** Whether the database is quicker with all raw rows of a range than this process with those that are not rolled up yet. */
async function isMostlyRaw(
  { client, dialect }: Source,
  range: TimeRange,
  plan: readonly Segment[],
  rawSince: number,
): Promise<boolean> {
  const spans = rawOf(plan);
  const length = spans.reduce((sum, { begins, ends }) => sum + ends - begins, 0);
  if (range.from < rawSince || length <= FEW_RAW_MS) return false;
  return (await countViews(client, dialect, range.app, spans)) > FEW_RAW_VIEWS;
}

/** Where no rollup has anything, all that there is lies between the first and the last raw row, and can be exact. */
function rawRange({ app, from }: TimeRange, plan: readonly Segment[]): TimeRange {
  const spans = rawOf(plan);
  return { app, from: spans[0]?.begins ?? from, to: spans.at(-1)?.ends ?? from };
}

export function summaries({ vitals: cells }: Cell): raw.VitalSummaries {
  const given = cells ?? emptyCell('all').vitals;
  const summary = (name: (typeof VITAL_NAMES)[number]): raw.VitalSummaries[typeof name] => {
    const { n = 0, good = 0, poor = 0, histogram = emptyHistogram() } = given?.[name] ?? {};
    return { p75: histogramPercentile(histogram, 0.75), n, good, needsImprovement: n - good - poor, poor };
  };
  return {
    lcp: summary('lcp'),
    inp: summary('inp'),
    cls: summary('cls'),
    fcp: summary('fcp'),
    ttfb: summary('ttfb'),
  };
}

export function byCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
