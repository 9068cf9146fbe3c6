import type { Totals, TrafficBucket } from '../../overviewStore.js';
import type { Dimension } from '../../rollup/cells.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { TimeRange } from '../../store.js';
import { sumErrors } from '../errors/countedErrors.js';
import { countEvents, countStarts, SESSION_GAP, type Starts } from './rawReads.js';
import type { Span } from './rawSpans.js';
import { recentStarts } from './recentStarts.js';
import { rawOf, type Source, sumRollups } from './rollupCells.js';
import { type Known, withPlan } from './withPlan.js';

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
    const isMeant = (type: string): boolean => type !== 'loss';
    return {
      views: sum('all') + starts.reduce((total, { views }) => total + views, 0),
      sessions: sum('session') + starts.reduce((total, { sessions }) => total + sessions, 0),
      events:
        sum('event', isMeant) + events.reduce((total, { type, n }) => total + (isMeant(type) ? n : 0), 0),
      errors: await sumErrors(source, range.app, plan),
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
