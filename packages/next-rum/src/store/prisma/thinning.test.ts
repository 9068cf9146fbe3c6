import { expect, test } from 'vitest';
import { breakdownOf, holdsFor, totalsOf, trafficOf } from '../../testing/countByHand.js';
import { openSource, PROVIDERS, type Provider } from '../../testing/openSource.js';
import { makeEvent, makeView, NOON, randomFrom } from '../../testing/rows.js';
import type { EventRow, ViewRow } from '../rows.js';
import type { Filter } from '../store.js';
import { errorGroups } from './errors/errorGroups.js';
import { FILTERED_READS } from './filteredReads.js';
import { oneIn } from './oneIn.js';
import type { Source } from './rollup/rollupCells.js';
import { thinned } from './thinning.js';

const HOUR = 3_600_000;
const DAYS = 10;
const RANGE = { app: 'shop', from: NOON, to: NOON + DAYS * 24 * HOUR };
const ONE: readonly Filter[] = [{ dimension: 'country', keep: true, values: ['DE'] }];
const TWO: readonly Filter[] = [...ONE, { dimension: 'device', keep: false, values: ['mobile'] }];
const VIEWS = makeViews(4000);
const EVENTS = VIEWS.flatMap((view, number) => eventsOf(view, number));

function makeViews(visits: number): readonly ViewRow[] {
  const random = randomFrom(23);
  return Array.from({ length: visits }, (_, visit) => {
    const visitor = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
    const began = NOON + Math.floor(random() * DAYS * 24 * HOUR);
    const [country, device] = [random() < 0.4 ? 'DE' : 'FR', random() < 0.5 ? 'mobile' : 'desktop'] as const;
    return [0, 1, 2].map((place) =>
      makeView(visit * 3 + place, {
        visitor,
        startedAt: began + place * 300_000,
        country,
        device,
        route: random() < 0.3 ? '/cart' : '/',
        lcp: 1000 + 3000 * random(),
      }),
    );
  }).flat();
}

function eventsOf({ id, startedAt, visitor }: ViewRow, number: number): readonly EventRow[] {
  return [0, 1].map((place) =>
    makeEvent(number * 2 + place, {
      viewId: id,
      visitor,
      type: (number * 2 + place) % 5 === 0 ? 'error' : 'action',
      name: 'TypeError',
      data: JSON.stringify({ message: `no ${number % 3 === 0 ? 'lamp' : 'chair'}` }),
      occurredAt: startedAt + 1000 * place,
    }),
  );
}

/** 12,000 views and 24,000 events, most of them rolled up, of which some are looked at. */
async function fill(provider: Provider): Promise<Source> {
  const rolledUpAt = NOON + (DAYS - 1) * 24 * HOUR;
  const source = await openSource(provider, { views: VIEWS, events: EVENTS, rolledUpAt });
  const limits = {
    views: { all: 10_000, some: 3000 },
    events: { all: 10_000, some: 6000 },
    errors: { all: 4000, some: 2400 },
  };
  return { ...source, limits };
}

/** Four standard deviations of a count of which one in so many was looked at. */
function expectNear(estimate: number, exact: number, of: number): void {
  expect(Math.abs(estimate - exact)).toBeLessThan(4 * Math.sqrt(exact * of));
  expect(estimate % of).toBe(0);
}

for (const provider of PROVIDERS) {
  test(`with one filter only what rollups cannot tell is an estimate (${provider})`, async () => {
    const source = await fill(provider);
    const range = { ...RANGE, where: ONE };
    const meant = VIEWS.filter((view) => holdsFor(view, ONE));
    const ids = new Set(meant.map(({ id }) => id));
    const exact = totalsOf(
      meant,
      EVENTS.filter(({ viewId }) => ids.has(viewId)),
      RANGE,
    );
    const { totals, traffic, vitals } = await FILTERED_READS.overview(source, range, 12 * HOUR);

    expect(await oneIn(source, range, 'overview')).toBe(4);
    expect(await oneIn(source, range, 'vital')).toBe(1);
    expect(await oneIn(source, range, 'country')).toBe(1);
    expect(totals.views).toBe(exact.views);
    expect(totals.sampleViews).toBe(0);
    expect(traffic.map(({ t, views }) => [t, views])).toEqual(
      trafficOf(meant, RANGE, 12 * HOUR).map(({ t, views }) => [t, views]),
    );
    expect(vitals.lcp.n).toBe(exact.views);
    expect(Math.abs(totals.sessions / exact.sessions - 1)).toBeLessThan(0.05);
    expectNear(totals.events, exact.events, 4);
    expectNear(totals.errors, exact.errors, 2);
  }, 120_000);

  test(`with filters of two dimensions one view in some tells of all (${provider})`, async () => {
    const source = await fill(provider);
    const range = { ...RANGE, where: TWO };
    const meant = VIEWS.filter((view) => holdsFor(view, TWO));
    const exact = totalsOf(meant, [], RANGE);
    const { totals, traffic, vitals } = await FILTERED_READS.overview(source, range, 12 * HOUR);

    expect(await oneIn(source, range, 'vital')).toBe(4);
    expectNear(totals.views, exact.views, 4);
    expect(Math.abs(totals.sessions / exact.sessions - 1)).toBeLessThan(0.15);
    expect(traffic.reduce((sum, { views }) => sum + views, 0)).toBe(totals.views);
    for (const bucket of trafficOf(meant, RANGE, 12 * HOUR)) {
      expectNear(traffic.find(({ t }) => t === bucket.t)?.views ?? 0, bucket.views, 4);
    }
    // Of those that were looked at, so that its interval is as wide as it should be.
    expect(vitals.lcp.n).toBe(totals.views / 4);
    expect(await FILTERED_READS.vital(source, range, 'lcp', 12 * HOUR)).toMatchObject({
      summary: { n: vitals.lcp.n },
    });

    const rows = await FILTERED_READS.breakdown(source, range, 'route', 10);
    for (const { value, views, vitals: ofRoute } of rows) {
      const known = breakdownOf(meant, 'route').find((row) => row.value === value);
      expectNear(views, known?.views ?? 0, 4);
      expect(ofRoute.lcp.n).toBe(views / 4);
    }
    const { values, told } = await FILTERED_READS.values(source, range, 'route', '', 10);
    expect(told).toEqual({
      views: told === null ? 0 : Math.round((told.of ?? 0) / 4),
      of: told?.of,
      since: range.from,
      complete: false,
    });
    expect(values.map(({ value }) => value)).toEqual(['/', '/cart']);
  }, 120_000);

  test(`errors are estimated for themselves, since they are few (${provider})`, async () => {
    const source = await fill(provider);
    const range = { ...RANGE, where: TWO };
    const ids = new Set(VIEWS.filter((view) => holdsFor(view, TWO)).map(({ id }) => id));
    const exact = EVENTS.filter(
      ({ type, viewId, occurredAt }) => type === 'error' && ids.has(viewId) && occurredAt < RANGE.to,
    );
    const { events, groups, told } = await errorGroups(source, range, 24 * HOUR, 10);

    expect(await oneIn(source, range, 'errors')).toBe(2);
    expectNear(events, exact.length, 2);
    expect(told).toMatchObject({ events: events / 2, complete: false });
    for (const { title, events: found } of groups) {
      const own = exact.filter(({ data }) => title?.endsWith(JSON.parse(data ?? '').message) === true);
      expectNear(found, own.length, 2);
    }
    expect(groups.length).toBe(2);
  }, 120_000);
}

test('each hour has the same share of its time looked at, every time another part of it', () => {
  const spans = thinned({ begins: NOON, ends: NOON + 48 * HOUR }, 6, 24 * HOUR);
  expect(spans.length).toBe(48);
  const offsets = spans.map(({ begins, ends }, hour) => {
    expect(ends - begins).toBe(600_000);
    const offset = begins - (NOON + hour * HOUR);
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset + 600_000).toBeLessThanOrEqual(HOUR);
    return offset;
  });
  // In each fifth of the hours at some time.
  expect(new Set(offsets.map((offset) => Math.floor(offset / 600_001))).size).toBe(5);
});

test('what is counted in shorter steps is looked for in each of them, and a part of one counts as one', () => {
  const spans = thinned({ begins: NOON + 90_000, ends: NOON + 600_000 }, 2, 300_000);
  expect(spans.map(({ begins, ends }) => ends - begins)).toEqual([105_000, 150_000]);
  expect(thinned({ begins: 5, ends: 9 }, 1, HOUR)).toEqual([{ begins: 5, ends: 9 }]);
  expect(thinned({ begins: 5, ends: 5 }, 3, HOUR)).toEqual([]);
});
