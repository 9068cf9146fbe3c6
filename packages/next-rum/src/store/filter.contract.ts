import { describe, expect, test } from 'vitest';
import { routesOf, summariesOf, totalsOf, trafficOf } from '../testing/countByHand.js';
import { expectSame } from '../testing/expectSame.js';
import { makeEvent, makeView, NOON, randomFrom, randomViews } from '../testing/rows.js';
import type { ViewRow } from './rows.js';
import { FILTER_DIMENSIONS, type RumStore, type ViewRange } from './store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const always = { app: 'shop', from: 0, to: 8.64e15 };

/** @param current The store of the test. */
export function describeFilters(current: () => RumStore): void {
  describe('filters', () => {
    test.each<NonNullable<ViewRange['where']>>([
      { device: 'mobile' },
      { route: '/cart', browser: 'Firefox' },
      { device: 'desktop', country: 'PT' },
      { device: 'mobile', browser: 'Firefox', country: 'DE' },
      { route: '/no-such-route' },
    ])('%j: every answer is that of the views which have these values', async (where) => {
      const store = current();
      const views = variedViews(1);
      const events = views.slice(0, 150).map((view, index) =>
        makeEvent(index, {
          viewId: view.id,
          occurredAt: view.startedAt + 500,
          ...(index % 3 === 0 && { type: index % 2 === 0 ? 'error' : 'loss' }),
        }),
      );
      await store.insert({ views, events });
      const meant = views.filter((view) => matches(view, where));
      const ids = new Set(meant.map(({ id }) => id));
      const ofMeant = events.filter(({ viewId }) => ids.has(viewId));
      const check = async (range: { readonly from: number; readonly to: number }): Promise<void> => {
        const asked: ViewRange = { app: 'shop', ...range, where };
        const within = meant.filter(({ startedAt }) => startedAt >= range.from && startedAt < range.to);
        expect(await store.totals(asked)).toEqual(totalsOf(meant, ofMeant, range));
        expect(await store.traffic(asked, HOUR)).toEqual(trafficOf(meant, range, HOUR));
        expectSame(await store.vitals(asked), summariesOf(within));
        const [routes, expected] = [await store.routes(asked, 2), routesOf(within).slice(0, 2)];
        expect(routes.map(({ route, views: n }) => [route, n])).toEqual(
          expected.map(({ route, views: n }) => [route, n]),
        );
        for (const [index, { vitals }] of routes.entries()) {
          expectSame(vitals, expected[index]?.vitals ?? summariesOf([]));
        }
        const visitors = new Set(within.map(({ visitor }) => visitor)).size;
        expect(await store.visitors(asked, 'lasting')).toEqual({ n: visitors, exact: true });
      };
      await check(always);
      await check({ from: NOON + HOUR, to: NOON + 4 * HOUR + 1 });
      await store.rollUp({ now: () => NOON + 3 * DAY });
      await check(always);
    });

    test('each dimension is one, and a view without a value has none of them', async () => {
      const store = current();
      for (const [index, dimension] of FILTER_DIMENSIONS.entries()) {
        const value = dimension === 'device' ? 'tv' : `this ${dimension}`;
        await store.insert({ views: [makeView(index, { [dimension]: value })], events: [] });
        expect(await store.totals({ ...always, where: { [dimension]: value } })).toMatchObject({ views: 1 });
      }
      expect(await store.totals({ ...always, where: { os: "' OR '1' = '1" } })).toMatchObject({ views: 0 });
      expect(await store.totals({ ...always, where: {} })).toMatchObject({ views: FILTER_DIMENSIONS.length });
    });

    test('a visitor of two days counts twice where pseudonyms are daily', async () => {
      const store = current();
      const again = { visitor: 'somebody', device: 'tv' } as const;
      await store.insert({
        views: [makeView(1, again), makeView(2, { ...again, startedAt: NOON + DAY })],
        events: [],
      });

      expect((await store.visitors({ ...always, where: { device: 'tv' } }, 'daily')).n).toBe(2);
      expect((await store.visitors({ ...always, where: { device: 'tv' } }, 'lasting')).n).toBe(1);
    });

    test('what is past its time is not counted any more', async () => {
      const store = current();
      const onTv = { device: 'tv' } as const;
      await store.insert({
        views: [makeView(1, onTv), makeView(2, { ...onTv, startedAt: NOON + 40 * DAY })],
        events: [],
      });
      const now = () => NOON + 41 * DAY;
      await store.rollUp({ now });
      await store.retain({ now });

      expect(await store.totals({ ...always, where: onTv })).toMatchObject({ views: 1 });
    });
  });
}

function variedViews(seed: number): readonly ViewRow[] {
  const random = randomFrom(seed + 100);
  const one = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];
  return randomViews(seed, 300).map((view) => ({
    ...view,
    device: one(['desktop', 'mobile']),
    browser: one(['Firefox', 'Chrome', null]),
    country: one(['PT', 'DE', null]),
    sample: random() < 0.1,
  }));
}

function matches(view: ViewRow, where: NonNullable<ViewRange['where']>): boolean {
  return FILTER_DIMENSIONS.every(
    (dimension) => where[dimension] === undefined || view[dimension] === where[dimension],
  );
}
