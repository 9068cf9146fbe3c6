import { expect } from 'vitest';
import { COLUMN_DIMENSIONS } from '../store/filters.js';
import { type EventRow, VITAL_NAMES, type ViewRow } from '../store/rows.js';
import type { RumStore, ViewRange } from '../store/store.js';
import type { VitalDetail } from '../store/vitalStore.js';
import {
  breakdownOf,
  holdsFor,
  intervalOf,
  nearestRank,
  summariesOf,
  totalsOf,
  trafficOf,
  vitalValues,
} from './countByHand.js';
import { expectNear, expectSame, expectSameInterval, expectSameSummary } from './expectSame.js';

/** All that a store holds of an app. */
interface Rows {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
}

/**
 * Every read of a range, against counting its rows by hand.
 *
 * @param turn Which dimension and which vital are asked about; each in turn.
 */
export async function expectAnswers(
  store: RumStore,
  asked: ViewRange,
  { views, events }: Rows,
  turn: number,
): Promise<void> {
  const { where = [], ...span } = asked;
  const meant = views.filter((view) => holdsFor(view, where));
  const ids = new Set(meant.map(({ id }) => id));
  const ofMeant = where.length === 0 ? events : events.filter(({ viewId }) => ids.has(viewId));
  expect(await store.totals(asked)).toEqual(totalsOf(meant, ofMeant, span));
  for (const bucketMs of [30 * 60_000, 12 * 3_600_000]) {
    expect(await store.traffic(asked, bucketMs)).toEqual(trafficOf(meant, span, bucketMs));
  }
  const within = meant.filter(({ startedAt }) => startedAt >= span.from && startedAt < span.to);
  const overview = await store.overview(asked, 3_600_000);
  expect(overview.totals).toEqual(totalsOf(meant, ofMeant, span));
  expect(overview.traffic).toEqual(trafficOf(meant, span, 3_600_000));
  expectSame(overview.vitals, summariesOf(within));
  await expectVitals(store, asked, meant, turn);
}

/** As {@link expectAnswers}, of the reads that are about vitals and dimensions only. */
export async function expectVitals(
  store: RumStore,
  asked: ViewRange,
  views: readonly ViewRow[],
  turn: number,
): Promise<void> {
  const { where = [] } = asked;
  const within = views.filter(
    (view) => holdsFor(view, where) && view.startedAt >= asked.from && view.startedAt < asked.to,
  );
  expectSame(await store.vitals(asked), summariesOf(within));

  const dimension = COLUMN_DIMENSIONS[turn % COLUMN_DIMENSIONS.length] ?? 'route';
  const [rows, expected] = [await store.breakdown(asked, dimension, 3), breakdownOf(within, dimension)];
  expect(rows.map(({ value, views: n }) => [value, n])).toEqual(
    expected.slice(0, 3).map(({ value, views: n }) => [value, n]),
  );
  for (const [index, { vitals }] of rows.entries()) {
    expectSame(vitals, expected[index]?.vitals ?? summariesOf([]));
  }
  expect((await store.values(asked, dimension, 'E', 2)).values).toEqual(
    expected
      .filter(({ value }) => /e/i.test(value))
      .slice(0, 2)
      .map(({ value, views: n }) => ({ value, views: n })),
  );

  const metric = VITAL_NAMES[turn % VITAL_NAMES.length] ?? 'lcp';
  const bucketMs = turn % 2 === 0 ? 30 * 60_000 : 12 * 3_600_000;
  const detail = await store.vital(asked, metric, bucketMs);
  expectSameSummary(detail.summary, summariesOf(within)[metric]);
  const values = vitalValues(within, metric);
  expectPercentiles(detail.percentiles, values);
  for (const percent of [50, 75, 90, 95, 99] as const) {
    expectSameInterval(detail.intervals[`p${percent}`], intervalOf(values, percent / 100));
  }
  expectHistogram(detail.histogram, values);
  const points = pointsOf(within, metric, bucketMs);
  expect(detail.series.map(({ t, until, n }) => [t, until, n])).toEqual(
    points.map(({ t, until, values: ofPoint }) => [t, until, ofPoint.length]),
  );
  for (const [place, { interval, ...percentiles }] of detail.series.entries()) {
    const ofPoint = points[place]?.values ?? [];
    expectPercentiles(percentiles, ofPoint);
    expectSameInterval(interval, intervalOf(ofPoint, 0.75));
  }
}

/** Neighbouring buckets together until they have 30 views that have the vital; the last one takes what is left. */
function pointsOf(views: readonly ViewRow[], metric: (typeof VITAL_NAMES)[number], bucketMs: number) {
  const buckets = new Map<number, ViewRow[]>();
  for (const view of views) {
    if (vitalValues([view], metric).length === 0) continue;
    const t = view.startedAt - (view.startedAt % bucketMs);
    buckets.set(t, [...(buckets.get(t) ?? []), view]);
  }
  const points: { readonly t: number; readonly until: number; readonly values: readonly number[] }[] = [];
  let left = [...buckets.values()].flat().length;
  let open: { readonly t: number; readonly views: ViewRow[] } | null = null;
  for (const t of [...buckets.keys()].sort((a, b) => a - b)) {
    const own = buckets.get(t) ?? [];
    open ??= { t, views: [] };
    open.views.push(...own);
    left -= own.length;
    if (left > 0 && (open.views.length < 30 || left < 30)) continue;
    points.push({ t: open.t, until: t + bucketMs, values: vitalValues(open.views, metric) });
    open = null;
  }
  return points;
}

function expectPercentiles(given: VitalDetail['percentiles'], values: readonly number[]): void {
  for (const percent of [50, 75, 90, 95, 99] as const) {
    expectNear(given[`p${percent}`], nearestRank(values, percent / 100));
  }
}

/** Its bins hold all values between their borders, without gaps. */
function expectHistogram(bins: VitalDetail['histogram'], values: readonly number[]): void {
  expect(bins.length).toBeLessThanOrEqual(60);
  const within = ({ low, high }: { readonly low: number; readonly high: number }, place: number): number =>
    values.filter((value) => (value > low || (place === 0 && value === low)) && value <= high).length;
  expect(bins.map(({ n }) => n)).toEqual(bins.map(within));
  expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(values.length);
  for (const [index, { low }] of bins.entries()) {
    if (index > 0) expect(low).toBe(bins[index - 1]?.high);
  }
}
