import type { VitalName } from '@rumkit/react-rum/protocol';
import { rateVital } from '../analysis/rating.js';
import { percentileInterval } from '../analysis/statistics/percentileInterval.js';
import { type FilterDimension, propertyOf } from '../store/filters.js';
import type { Totals, TrafficBucket, ValueSummary } from '../store/overviewStore.js';
import type { EventRow, ViewRow } from '../store/rows.js';
import type { ColumnDimension, Filter, TimeRange } from '../store/store.js';
import type { Interval, VitalSummaries, VitalSummary } from '../store/vitalStore.js';

const MINUTE = 60_000;

type Range = Pick<TimeRange, 'from' | 'to'>;

export function summariesOf(views: readonly ViewRow[]): VitalSummaries {
  const summaryOf = (name: VitalName): VitalSummary => {
    const values = vitalValues(views, name);
    const rated = (rating: string): number =>
      values.filter((value) => rateVital(name, value) === rating).length;
    return {
      p75: nearestRank(values, 0.75),
      interval: intervalOf(values, 0.75),
      n: values.length,
      good: rated('good'),
      needsImprovement: rated('needsImprovement'),
      poor: rated('poor'),
    };
  };
  return {
    lcp: summaryOf('lcp'),
    inp: summaryOf('inp'),
    cls: summaryOf('cls'),
    fcp: summaryOf('fcp'),
    ttfb: summaryOf('ttfb'),
  };
}

/** What counts of a vital, rising. */
export function vitalValues(views: readonly ViewRow[], name: VitalName): readonly number[] {
  return views
    .filter(({ navigationType }) => name !== 'ttfb' || !isWithoutRequest(navigationType))
    .flatMap((view) => view[name] ?? [])
    .sort((a, b) => a - b);
}

/** By its definition: the smallest value that at least that share of all values does not exceed. */
export function nearestRank(values: readonly number[], share: number): number | null {
  const isReached = (place: number): boolean => (place + 1) / values.length >= share - 1e-9;
  return values.find((_, place) => isReached(place)) ?? null;
}

/** @param values Rising. */
export function intervalOf(values: readonly number[], share: number): Interval | null {
  const ranks = percentileInterval(values.length, share);
  if (ranks === null) return null;
  return [values[ranks.lower - 1] ?? Number.NaN, values[ranks.upper - 1] ?? Number.NaN];
}

function isWithoutRequest(navigationType: ViewRow['navigationType']): boolean {
  return navigationType === 'client' || navigationType === 'back-forward-cache';
}

/** Values by views, then by code points, each with its own vitals. */
export function breakdownOf(views: readonly ViewRow[], dimension: ColumnDimension): ValueSummary[] {
  return [...new Set(views.map((view) => view[dimension] ?? ''))]
    .map((value) => {
      const ofValue = views.filter((view) => (view[dimension] ?? '') === value);
      return { value, views: ofValue.length, vitals: summariesOf(ofValue) };
    })
    .sort((a, b) => b.views - a.views || Buffer.compare(Buffer.from(a.value), Buffer.from(b.value)));
}

/** Whether all filters hold for a view. */
export function holdsFor(view: ViewRow, where: readonly Filter[]): boolean {
  return where.every(({ dimension, keep, values }) => values.includes(valueHeld(view, dimension)) === keep);
}

/** What a view has of a dimension, empty where it has nothing: of what was said as JSON, text as it is and all else as JSON. */
export function valueHeld(view: ViewRow, dimension: FilterDimension): string {
  const name = propertyOf(dimension);
  if (name !== null) return memberOf(view.attributes, name);
  if (dimension === 'user') return view.userId ?? '';
  const [, campaign] = /^utm_(.+)$/.exec(dimension) ?? [];
  return campaign === undefined ? String(Reflect.get(view, dimension) ?? '') : memberOf(view.utm, campaign);
}

function memberOf(json: string | null, name: string): string {
  const said: Record<string, unknown> = JSON.parse(json ?? '{}');
  const value = Object.hasOwn(said, name) ? (said[name] ?? '') : '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Sessions by their definition: a view begins one unless the visitor had another in the 30 minutes before it. */
export function trafficOf(views: readonly ViewRow[], { from, to }: Range, bucketMs: number): TrafficBucket[] {
  const buckets = new Map<number, { t: number; views: number; sessions: number }>();
  const ofVisitor = new Map<string, ViewRow[]>();
  for (const view of views) ofVisitor.set(view.visitor, [...(ofVisitor.get(view.visitor) ?? []), view]);
  for (const view of views) {
    if (view.startedAt < from || view.startedAt >= to) continue;
    const t = Math.floor(view.startedAt / bucketMs) * bucketMs;
    const bucket = buckets.get(t) ?? { t, views: 0, sessions: 0 };
    buckets.set(t, bucket);
    bucket.views += 1;
    const continued = ofVisitor
      .get(view.visitor)
      ?.some(
        (other) =>
          other.startedAt > view.startedAt - 30 * MINUTE &&
          (other.startedAt < view.startedAt || (other.startedAt === view.startedAt && other.id < view.id)),
      );
    if (!continued) bucket.sessions += 1;
  }
  return [...buckets.values()].sort((a, b) => a.t - b.t);
}

export function totalsOf(views: readonly ViewRow[], events: readonly EventRow[], range: Range): Totals {
  const within = (time: number): boolean => time >= range.from && time < range.to;
  const ofEvents = events.filter(({ type, occurredAt }) => type !== 'loss' && within(occurredAt));
  const traffic = trafficOf(views, range, MINUTE);
  return {
    views: traffic.reduce((sum, bucket) => sum + bucket.views, 0),
    sessions: traffic.reduce((sum, bucket) => sum + bucket.sessions, 0),
    events: ofEvents.length,
    errors: ofEvents.reduce(
      (sum, { type, data }) => sum + (type === 'error' ? Number(JSON.parse(data ?? '{}').count ?? 1) : 0),
      0,
    ),
    sampleViews: views.filter(({ sample, startedAt }) => sample && within(startedAt)).length,
  };
}
