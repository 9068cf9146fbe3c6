import type { VitalName } from '@rumkit/react-rum/protocol';
import { rateVital } from '../analysis/rating.js';
import type { EventRow, ViewRow } from '../store/rows.js';
import type { RouteSummary, TimeRange, Totals, TrafficBucket, VitalSummary } from '../store/store.js';

const MINUTE = 60_000;

type Range = Pick<TimeRange, 'from' | 'to'>;

/** The definition of nearest rank: the smallest value that at least 75 % of all values do not exceed. */
export function summariesOf(views: readonly ViewRow[]): { readonly [name in VitalName]: VitalSummary } {
  const summaryOf = (name: VitalName): VitalSummary => {
    const values = views
      .filter(({ navigationType }) => name !== 'ttfb' || !isWithoutRequest(navigationType))
      .flatMap((view) => view[name] ?? [])
      .sort((a, b) => a - b);
    const rated = (rating: string): number =>
      values.filter((value) => rateVital(name, value) === rating).length;
    const p75 = values.find(
      (value) => values.filter((other) => other <= value).length * 4 >= values.length * 3,
    );
    return {
      p75: p75 ?? null,
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

function isWithoutRequest(navigationType: ViewRow['navigationType']): boolean {
  return navigationType === 'client' || navigationType === 'back-forward-cache';
}

/** Routes by views, then by code points, each with its own vitals. */
export function routesOf(views: readonly ViewRow[]): RouteSummary[] {
  return [...new Set(views.map(({ route }) => route))]
    .map((route) => {
      const ofRoute = views.filter((view) => view.route === route);
      return { route, views: ofRoute.length, vitals: summariesOf(ofRoute) };
    })
    .sort((a, b) => b.views - a.views || Buffer.compare(Buffer.from(a.route), Buffer.from(b.route)));
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
    errors: ofEvents.filter(({ type }) => type === 'error').length,
    sampleViews: views.filter(({ sample, startedAt }) => sample && within(startedAt)).length,
  };
}
