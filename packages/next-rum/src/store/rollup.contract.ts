import { describe, expect, test } from 'vitest';
import { expectAnswersOfRows } from '../testing/expectAnswersOfRows.js';
import {
  makeEvent,
  makeView,
  NOON,
  randomFrom,
  randomViews,
  shuffled,
  variedViews,
} from '../testing/rows.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore, TimeRange } from './store.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const always: TimeRange = { app: 'shop', from: 0, to: 8.64e15 };

/**
 * What rolling up changes about answers: nothing but the last digits of percentiles.
 *
 * @param current The store of the test.
 * @param openStore Opens another one of the same database.
 */
export function describeRollups(current: () => RumStore, openStore: () => Promise<RumStore>): void {
  const rollUp = (now: number, store = current()): ReturnType<RumStore['rollUp']> =>
    store.rollUp({ now: () => now });

  describe('rolling up', () => {
    test.each([1, 2, 3])(
      'answers are those of the raw rows, whatever happened in between (seed %i)',
      async (seed) => {
        const store = current();
        const other = await openStore();
        const random = randomFrom(seed);
        const { views, events } = randomWeek(seed);
        const deliveries = [
          ...shuffled([...views, ...views, ...views], random).map((view) => ({ views: [view], events: [] })),
          ...shuffled([...events, ...events, ...events], random).map((event) => ({
            views: [],
            events: [event],
          })),
        ];
        let now = NOON + 6 * HOUR;
        for (const step of cut(shuffled(deliveries, random), 12)) {
          await store.insert({
            views: step.flatMap((delivery) => delivery.views),
            events: step.flatMap((delivery) => delivery.events),
          });
          await expectAnswersOfRows(store, NOON);
          now += Math.floor(random() * 40 * MINUTE);
          const grains = random() < 0.5 ? (['minute'] as const) : undefined;
          await (random() < 0.5 ? store : other).rollUp({ now: () => now, ...(grains && { grains }) });
          await expectAnswersOfRows(store, NOON);
          if (random() < 0.2) {
            await store.erase({ app: 'shop', visitor: `visitor ${Math.floor(random() * 25)}` });
            await expectAnswersOfRows(other, NOON);
          }
        }
        await rollUp(now + 3 * DAY);
        await expectAnswersOfRows(store, NOON);
      },
    );

    test('a view shows at once, before and after', async () => {
      const store = current();
      await store.insert({ views: [makeView(1)], events: [makeEvent(2)] });
      expect(await store.totals(always)).toMatchObject({ views: 1, sessions: 1, events: 1 });
      await rollUp(NOON + DAY);

      await store.insert({ views: [makeView(3)], events: [makeEvent(4)] });
      expect(await store.totals(always)).toMatchObject({ views: 2, sessions: 1, events: 2 });
      expect((await store.vitals(always)).lcp.n).toBe(2);
      expect(await store.breakdown(always, 'route', 10)).toMatchObject([{ views: 2 }]);
    });

    test('a revision that moved a view to another minute leaves nothing where it was', async () => {
      const store = current();
      await store.insert({ views: [makeView(1)], events: [] });
      await rollUp(NOON + HOUR);
      await store.insert({
        views: [makeView(1, { revision: 2, startedAt: NOON + 10 * MINUTE })],
        events: [],
      });

      const expected = [{ t: NOON + 10 * MINUTE, views: 1, sessions: 1 }];
      expect(await store.traffic(always, MINUTE)).toEqual(expected);
      await rollUp(NOON + 2 * HOUR);
      expect(await store.traffic(always, MINUTE)).toEqual(expected);
    });

    test('a late view takes the sessions that it continues from the half hour after it', async () => {
      const store = current();
      const late = makeView(1, { startedAt: NOON - 2 * MINUTE });
      await store.insert({ views: [makeView(2, { startedAt: NOON + 20 * MINUTE })], events: [] });
      await rollUp(NOON + 9 * HOUR);
      await rollUp(NOON + 3 * DAY);
      await store.insert({ views: [late], events: [] });

      for (const now of [null, NOON + 9 * HOUR, NOON + 3 * DAY]) {
        if (now !== null) await rollUp(now);
        expect(await store.traffic(always, HOUR)).toEqual([
          { t: NOON - HOUR, views: 1, sessions: 1 },
          { t: NOON, views: 1, sessions: 0 },
        ]);
      }
    });

    test('the TTFB of navigations that asked no server is not counted', async () => {
      const store = current();
      const views = (['navigate', 'client', 'back-forward-cache', 'reload'] as const).map(
        (navigationType, index) =>
          makeView(index, { navigationType, ttfb: navigationType.startsWith('b') ? 0 : index * 500 }),
      );
      await store.insert({ views, events: [] });

      expect((await store.vitals(always)).ttfb).toMatchObject({ n: 2, p75: 1500, good: 1, poor: 0 });
      expect((await store.breakdown(always, 'route', 1))[0]?.vitals.ttfb).toMatchObject({ n: 2, p75: 1500 });
      await rollUp(NOON + DAY);
      await expectAnswersOfRows(store, NOON);
      expect((await store.vitals(always)).ttfb).toMatchObject({ n: 2, good: 1, poor: 0 });
      expect((await store.views(always, 10)).map(({ ttfb }) => ttfb)).toEqual([1500, 0, 500, 0]);
    });

    test('of instances that run at once, one works and all end in the same answers', async () => {
      const store = current();
      const others = await Promise.all([openStore(), openStore()]);
      const views = randomViews(5, 400);
      await store.insert({ views, events: [] });

      const results = await Promise.all([store, ...others].map((each) => rollUp(NOON + DAY, each)));

      expect(results.some(({ kind }) => kind === 'done')).toBe(true);
      await expectAnswersOfRows(store, NOON);
      expect(await rollUp(NOON + DAY)).toEqual({ kind: 'done', minutes: 0, hours: 0, days: 0 });
    });

    test('writes of collectors go on meanwhile', async () => {
      const [store, other] = [current(), await openStore()];
      const views = randomViews(6, 1000);
      const running = (async () => {
        for (let round = 0; round < 20; round += 1) await rollUp(NOON + 8 * HOUR, other);
      })();
      await Promise.all(
        cut(views, 40).map((part, index) =>
          (index % 2 === 0 ? store : other).insert({ views: part, events: [] }),
        ),
      );
      await running;
      await rollUp(NOON + 3 * DAY);

      expect((await store.totals(always)).views).toBe(1000);
      await expectAnswersOfRows(store, NOON);
    });

    test('keeps apps apart', async () => {
      const store = current();
      const views = [makeView(1), makeView(2, { app: 'other', visitor: 'x' }), makeView(3, { app: 'other' })];
      await store.insert({ views, events: [] });
      await rollUp(NOON + 3 * DAY);

      expect(await store.totals(always)).toMatchObject({ views: 1, sessions: 1 });
      expect(await store.totals({ ...always, app: 'other' })).toMatchObject({ views: 2, sessions: 2 });
    });
  });

  describe('erasing', () => {
    test.each([
      ['a visitor', { app: 'shop', visitor: 'visitor 3' }],
      ['what is older', { app: 'shop', before: NOON + 2 * HOUR + 30 * MINUTE + 17 }],
      ['sample data', { app: 'shop', sample: true }],
    ] as const)('%s is gone from rollups too', async (_name, selector) => {
      const store = current();
      const views = randomViews(9, 500).map((view, index) => ({ ...view, sample: index % 3 === 0 }));
      await store.insert({ views, events: [] });
      await rollUp(NOON + 3 * DAY);

      const { views: gone } = await store.erase(selector);

      expect(gone).toBeGreaterThan(0);
      await expectAnswersOfRows(store, NOON);
      await rollUp(NOON + 3 * DAY);
      await expectAnswersOfRows(store, NOON);
    });

    test('takes more rows than one transaction may hold', async () => {
      const store = current();
      const views = Array.from({ length: 5200 }, (_, index) => makeView(index, { sample: true }));
      await store.insert({ views, events: [] });

      expect(await store.erase({ app: 'shop', sample: true })).toEqual({ views: 5200, events: 0 });
      expect(await store.views(always, 1)).toEqual([]);
    });
  });
}

/** Views over a week, some with three revisions, and events. */
function randomWeek(seed: number): {
  readonly views: readonly ViewRow[];
  readonly events: readonly EventRow[];
} {
  const random = randomFrom(seed + 100);
  const moment = (): number => Math.floor(NOON - (random() < 0.4 ? 7 * DAY : 3 * HOUR) * random());
  const views = variedViews(seed, 120).flatMap((view) => {
    const base: ViewRow = {
      ...view,
      startedAt: moment(),
      sample: random() < 0.1,
      navigationType: random() < 0.3 ? 'client' : 'navigate',
    };
    if (random() < 0.6) return [base];
    const moved = random() < 0.3 ? moment() : base.startedAt;
    return [
      { ...base, lcp: null },
      { ...base, revision: 2, startedAt: moved },
      { ...base, revision: 3, startedAt: moved, inp: Math.floor(random() * 9000) / 10 },
    ];
  });
  const types: EventRow['type'][] = ['custom', 'error', 'loss', 'resource'];
  const events = Array.from({ length: 80 }, (_, index) =>
    makeEvent(index, { occurredAt: moment(), type: types[index % 4] ?? 'custom' }),
  );
  return { views, events };
}

/** Cuts a list into so many parts. */
function cut<T>(items: readonly T[], parts: number): T[][] {
  const size = Math.ceil(items.length / parts);
  return Array.from({ length: parts }, (_, index) => items.slice(index * size, (index + 1) * size));
}
