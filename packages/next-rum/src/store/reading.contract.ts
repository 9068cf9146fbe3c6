import { beforeEach, describe, expect, test } from 'vitest';
import { breakdownOf, summariesOf, trafficOf } from '../testing/countByHand.js';
import { expectSame, LAST_DIGIT } from '../testing/expectSame.js';
import { makeEvent, makeView, NOON, randomFrom, randomViews, shuffled } from '../testing/rows.js';
import type { EventRow } from './rows.js';
import type { RumStore, TimeRange } from './store.js';

const DAY = 86_400_000;
const MINUTE = 60_000;
const always: TimeRange = { app: 'shop', from: 0, to: 8.64e15 };

/**
 * Reads of raw rows, against counting by hand.
 *
 * @param current The store of the test.
 */
export function describeReading(current: () => RumStore): void {
  describe('reading', () => {
    let store: RumStore;
    beforeEach(() => {
      store = current();
    });

    test('an empty database has zeros and no percentiles', async () => {
      expect(await store.totals(always)).toEqual({
        views: 0,
        sessions: 0,
        events: 0,
        errors: 0,
        sampleViews: 0,
      });
      expect(await store.vitals(always)).toEqual(summariesOf([]));
      expect(await store.traffic(always, MINUTE)).toEqual([]);
      expect(await store.breakdown(always, 'route', 10)).toEqual([]);
      expect(await store.views(always, 10)).toEqual([]);
    });

    test('says of how many sessions there are views, as the latest of a range tell', async () => {
      await store.insert({ views: [makeView(1, { startedAt: NOON - DAY })], events: [] });
      expect(await store.drawn(always)).toBeNull();
      await store.insert({
        views: [
          makeView(2, { startedAt: NOON, sampleRate: 0.1 }),
          makeView(3, { startedAt: NOON + 1, sampleRate: 0.1, kept: true }),
          makeView(4, { startedAt: NOON + 2, sampleRate: 0.5 }),
        ],
        events: [],
      });
      const since = { ...always, from: NOON };
      expect(await store.drawn(since)).toEqual({ share: [0.1, 0.5], kept: 1, of: 3 });
      expect(await store.drawn(always)).toEqual({ share: [0.1, 1], kept: 1, of: 4 });
      expect(await store.drawn({ ...always, to: NOON })).toBeNull();
      expect(await store.drawn({ ...since, app: 'other' })).toBeNull();
    });

    test('a range holds its beginning and not its end, and no other app', async () => {
      const times = [NOON - 1, NOON, NOON + 999, NOON + 1000];
      const views = times.map((startedAt, index) => makeView(index, { startedAt, visitor: `${index}` }));
      const events = times.map((occurredAt, index) => makeEvent(index + 10, { occurredAt }));
      const elsewhere = makeView(20, { app: 'other', startedAt: NOON });
      await store.insert({ views: [...views, elsewhere], events });
      const second = { app: 'shop', from: NOON, to: NOON + 1000 };

      expect((await store.views(second, 10)).map(({ startedAt }) => startedAt)).toEqual([NOON + 999, NOON]);
      expect((await store.events(second, 10)).map(({ occurredAt }) => occurredAt)).toEqual([
        NOON + 999,
        NOON,
      ]);
      expect(await store.totals(second)).toMatchObject({ views: 2, sessions: 2, events: 2 });
      expect((await store.vitals(second)).lcp.n).toBe(2);
      expect(await store.traffic(second, 1000)).toEqual([{ t: NOON, views: 2, sessions: 2 }]);
      expect((await store.breakdown(second, 'route', 10)).map((route) => route.views)).toEqual([2]);
      expect((await store.views({ ...second, from: NOON - 0.5, to: NOON + 0.5 }, 10)).length).toBe(1);
    });

    test('the latest come first, as many as asked for', async () => {
      const views = randomViews(41, 50);
      const events = Array.from({ length: 20 }, (_, index) => makeEvent(index, { occurredAt: NOON + index }));
      await store.insert({
        views: shuffled(views, randomFrom(1)),
        events: shuffled(events, randomFrom(2)),
      });

      const latest = [...views].sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
      expect(await store.views(always, 7)).toEqual(latest.slice(0, 7));
      expect(await store.events(always, 3)).toEqual(events.slice(-3).reverse());
    });

    test('a view that goes on in a new session is a view', async () => {
      const views = (['navigate', 'client', 'resume'] as const).map((navigationType, index) =>
        makeView(index, { navigationType }),
      );
      await store.insert({ views, events: [] });

      expect(await store.totals(always)).toMatchObject({ views: 3, sessions: 1 });
      expect(await store.traffic(always, DAY)).toMatchObject([{ views: 3 }]);
      expect(await store.breakdown(always, 'route', 10)).toMatchObject([{ views: 3 }]);
    });

    test('events are counted without loss reports, errors among them', async () => {
      const types: EventRow['type'][] = ['custom', 'error', 'loss', 'error', 'action', 'loss', 'resource'];
      const events = types.map((type, index) => makeEvent(index, { type }));
      await store.insert({ views: [makeView(9, { sample: true }), makeView(8)], events });

      expect(await store.totals(always)).toMatchObject({ events: 5, errors: 2, views: 2, sampleViews: 1 });
    });

    test('vitals agree with counting by hand', async () => {
      const views = randomViews(51, 997);
      await store.insert({ views, events: [] });

      expectSame(await store.vitals(always), summariesOf(views), LAST_DIGIT);
    });

    test.each([1, 2, 3, 4, 5, 8])('the 75th percentile of %i values is one of them', async (n) => {
      const views = Array.from({ length: n }, (_, index) => makeView(index, { lcp: (index + 1) * 10 }));
      await store.insert({ views: shuffled(views, randomFrom(n)), events: [] });

      expect((await store.vitals(always)).lcp).toMatchObject({ n, p75: Math.ceil(0.75 * n) * 10 });
    });

    test('a value on a threshold counts for the better rating', async () => {
      const values = [0.1, 0.1 + Number.EPSILON, 0.25, 0.25 + Number.EPSILON];
      await store.insert({ views: values.map((cls, index) => makeView(index, { cls })), events: [] });

      expect((await store.vitals(always)).cls).toMatchObject({ good: 1, needsImprovement: 2, poor: 1 });
    });

    test('routes come by views, each with its own vitals', async () => {
      const views = randomViews(61, 800).map((view) =>
        view.route === '/about' ? { ...view, lcp: null, inp: null, cls: null, fcp: null, ttfb: null } : view,
      );
      await store.insert({ views, events: [] });

      const expected = breakdownOf(views, 'route');
      expect(new Set(expected.map(({ views: n }) => n)).size).toBe(expected.length);
      const rows = await store.breakdown(always, 'route', 100);
      expect(rows.map(({ value, views: n }) => [value, n])).toEqual(
        expected.map(({ value, views: n }) => [value, n]),
      );
      for (const [index, { vitals }] of rows.entries()) {
        expectSame(vitals, expected[index]?.vitals ?? summariesOf([]), LAST_DIGIT);
      }
      expect(await store.breakdown(always, 'route', 2)).toEqual(rows.slice(0, 2));
    });

    test('routes with equally many views come in the order of their code points', async () => {
      const routes = ['/b', '/É', '/\u{1f6d2}', '/a', '/\uffee', '/_', '/Z'];
      await store.insert({ views: routes.map((route, index) => makeView(index, { route })), events: [] });

      const ordered = ['/Z', '/_', '/a', '/b', '/É', '/\uffee', '/\u{1f6d2}'];
      expect((await store.breakdown(always, 'route', 6)).map(({ value }) => value)).toEqual(
        ordered.slice(0, 6),
      );
    });

    test('half an hour of silence ends a session, a millisecond less does not', async () => {
      const gaps = [0, 30 * MINUTE - 1, 30 * MINUTE, 5 * MINUTE, 31 * MINUTE];
      let startedAt = NOON;
      const views = gaps.map((gap, index) => {
        startedAt += gap;
        return makeView(index, { startedAt });
      });
      const meanwhile = makeView(50, { visitor: 'someone else', startedAt: NOON + 60 * MINUTE });
      await store.insert({ views: [...views, meanwhile], events: [] });

      expect((await store.totals(always)).sessions).toBe(4);
    });

    test('a session that began before the range is not counted in it', async () => {
      const views = [NOON - 10 * MINUTE, NOON + 5 * MINUTE, NOON + 40 * MINUTE].map((startedAt, index) =>
        makeView(index, { startedAt }),
      );
      await store.insert({ views, events: [] });
      const hour: TimeRange = { app: 'shop', from: NOON, to: NOON + 60 * MINUTE };

      expect(await store.totals(hour)).toMatchObject({ views: 2, sessions: 1 });
      expect(await store.traffic(hour, 30 * MINUTE)).toEqual([
        { t: NOON, views: 1, sessions: 0 },
        { t: NOON + 30 * MINUTE, views: 1, sessions: 1 },
      ]);
    });

    test('traffic agrees with counting by hand, and its sessions add up to the total', async () => {
      const views = randomViews(71, 900);
      await store.insert({ views, events: [] });
      const range: TimeRange = { app: 'shop', from: NOON + 77_777, to: NOON + 5 * 3_600_000 };

      for (const bucketMs of [MINUTE, 7 * MINUTE, DAY]) {
        const traffic = await store.traffic(range, bucketMs);
        expect(traffic).toEqual(trafficOf(views, range, bucketMs));
        const sessions = traffic.reduce((sum, bucket) => sum + bucket.sessions, 0);
        expect((await store.totals(range)).sessions).toBe(sessions);
      }
    });
  });
}
