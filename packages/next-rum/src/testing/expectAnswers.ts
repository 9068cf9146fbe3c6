import { expect } from 'vitest';
import { COLUMN_DIMENSIONS } from '../store/filters.js';
import { type EventRow, VITAL_NAMES, type ViewRow } from '../store/rows.js';
import type { RumStore, ViewRange, VitalDetail } from '../store/store.js';
import {
  breakdownOf,
  holdsFor,
  nearestRank,
  summariesOf,
  totalsOf,
  trafficOf,
  vitalValues,
} from './countByHand.js';
import { expectNear, expectSame, expectSameSummary } from './expectSame.js';

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
  expect(await store.values(asked, dimension, 'E', 2)).toEqual(
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
  expectHistogram(detail.histogram, values);
  const buckets = new Map<number, ViewRow[]>();
  for (const view of within) {
    if (vitalValues([view], metric).length === 0) continue;
    const t = view.startedAt - (view.startedAt % bucketMs);
    buckets.set(t, [...(buckets.get(t) ?? []), view]);
  }
  expect(detail.series.map(({ t, n }) => [t, n])).toEqual(
    [...buckets].map(([t, ofBucket]) => [t, ofBucket.length]).sort(([a = 0], [b = 0]) => a - b),
  );
  for (const { t, ...percentiles } of detail.series) {
    expectPercentiles(percentiles, vitalValues(buckets.get(t) ?? [], metric));
  }
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
