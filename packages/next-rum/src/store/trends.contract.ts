import { describe, expect, test } from 'vitest';
import { makeEvent, makeView, NOON, randomFrom } from '../testing/rows.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore } from './store.js';

const DAY = 86_400_000;
const DAYS = 35;
const END = NOON - (NOON % DAY);
const SINCE = END - DAYS * DAY;
/** The day that TTFB of a route is another one from. */
const SHIFTED = SINCE + 21 * DAY;
const ROUTES = ['/shop', '/product/[id]', '/help'];
const VIEWS_A_DAY = 60;

/** Five weeks of a shop: TTFB of one route jumps, LCP of another creeps, weekends are slower, and nothing else happens. */
function changingSite(): { readonly views: ViewRow[]; readonly events: EventRow[] } {
  const random = randomFrom(21);
  // Whole, since a decimal of SQLite's may lose its last digit on its way.
  const around = (middle: number): number => Math.round(middle * Math.exp(0.5 * (random() + random() - 1)));
  const views: ViewRow[] = [];
  const events: EventRow[] = [];
  for (let day = 0; day < DAYS; day += 1)
    for (const [place, route] of ROUTES.entries())
      for (let view = 0; view < VIEWS_A_DAY; view += 1) {
        const number = (day * ROUTES.length + place) * VIEWS_A_DAY + view;
        const startedAt = SINCE + day * DAY + Math.floor(random() * DAY);
        const weekend = day % 7 > 4 ? 1.2 : 1;
        const creep = route === '/product/[id]' ? 1 + 0.015 * day : 1;
        const jump = route === '/shop' && startedAt >= SHIFTED ? 1.55 : 1;
        const row = makeView(number, {
          startedAt,
          receivedAt: startedAt + 1000,
          route,
          lcp: around(2100 * weekend * creep),
          inp: around(80),
          cls: 0,
          fcp: around(900),
          ttfb: around(310 * jump),
        });
        views.push(row);
        if (random() < 0.03)
          events.push(
            makeEvent(50_000 + number, { type: 'error', viewId: row.id, occurredAt: startedAt + 9 }),
          );
      }
  return { views, events };
}

/** The nearest-rank p75. */
function p75(values: readonly (number | null)[]): number {
  const sorted = values.filter((value) => value !== null).sort((one, other) => one - other);
  return sorted[Math.ceil(0.75 * sorted.length) - 1] ?? Number.NaN;
}

/** The part of the store's contract that tells what changes over the weeks. */
export function describeTrends(store: () => RumStore): void {
  describe('trends', () => {
    const site = changingSite();
    const range = { app: 'shop', from: END - 56 * DAY, to: END };

    async function expectFound(): Promise<void> {
      const { findings, ...told } = await store().trends(range);
      expect(told).toMatchObject({ since: SINCE, until: END, days: DAYS, routes: 3 });
      // Of the site LCP, INP, FCP, TTFB and errors, of a route all but errors; CLS and views are always the same.
      expect(told.tests).toBe(2 * (5 + 3 * 4));
      expect(findings.map(({ kind, metric, route }) => [kind, metric, route])).toEqual(
        expect.arrayContaining([
          ['shift', 'ttfb', '/shop'],
          ['trend', 'lcp', '/product/[id]'],
        ]),
      );
      expect(findings).toHaveLength(2);
      const shift = findings.find(({ kind }) => kind === 'shift');
      const ofShop = site.views.filter(({ route }) => route === '/shop');
      const before = ofShop.filter(({ startedAt }) => startedAt < SHIFTED).map(({ ttfb }) => ttfb);
      const after = ofShop.filter(({ startedAt }) => startedAt >= SHIFTED).map(({ ttfb }) => ttfb);
      if (shift?.kind !== 'shift') throw new Error('no shift');
      expect(shift).toMatchObject({
        at: SHIFTED,
        from: SHIFTED,
        to: SHIFTED,
        n: ofShop.length,
        before: { n: before.length },
        after: { n: after.length },
      });
      expect(Math.abs((shift.before.value?.value ?? 0) / p75(before) - 1)).toBeLessThan(0.0101);
      expect(Math.abs((shift.after.value?.value ?? 0) / p75(after) - 1)).toBeLessThan(0.0101);
      expect(shift.affected).toBeGreaterThan(0);
      for (const { t, value, n } of shift.days) {
        const ofDay = ofShop.filter(({ startedAt }) => startedAt >= t && startedAt < t + DAY);
        expect(n).toBe(ofDay.length);
        expect(Math.abs(value / p75(ofDay.map(({ ttfb }) => ttfb)) - 1)).toBeLessThan(0.0101);
      }
      const trend = findings.find(({ kind }) => kind === 'trend');
      if (trend?.kind !== 'trend') throw new Error('no trend');
      // 1.5 % of 2.1 s a day, of a p75 that is a seventh above the middle.
      const truth =
        7 * 0.015 * p75(site.views.filter(({ route }) => route === '/help').map(({ lcp }) => lcp));
      expect(trend.slope.low).toBeLessThan(truth * 1.05);
      expect(trend.slope.high).toBeGreaterThan(truth * 0.95);
      expect(trend.slope.low).toBeGreaterThan(truth / 2);
      expect(trend.last / trend.first).toBeGreaterThan(1.3);
    }

    test('tells a shift on its day and a trend, of raw rows as of rollups', async () => {
      await store().insert(site);
      await expectFound();
      await store().rollUp({ now: () => END + DAY });
      await expectFound();
    }, 120_000);

    test('reads days that are rolled up and what came after that', async () => {
      const [early, late] = [true, false].map((isEarly) => ({
        views: site.views.filter((_, index) => index % 50 > 0 === isEarly),
        events: site.events.filter((_, index) => index % 50 > 0 === isEarly),
      }));
      await store().insert(early ?? site);
      await store().rollUp({ now: () => END + DAY });
      await store().insert(late ?? site);
      await expectFound();
    }, 120_000);

    test('says nothing of few days, of another app, and of nothing', async () => {
      await store().insert({
        ...site,
        views: site.views.filter(({ startedAt }) => startedAt < SINCE + 19 * DAY),
      });
      expect(await store().trends({ ...range, to: SINCE + 19 * DAY })).toMatchObject({
        days: 19,
        tests: 0,
        findings: [],
      });
      expect(await store().trends({ ...range, app: 'none' })).toMatchObject({
        since: END,
        days: 0,
        routes: 0,
        tests: 0,
        findings: [],
      });
    }, 60_000);
  });
}
