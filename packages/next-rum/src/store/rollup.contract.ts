import { describe, expect, test } from 'vitest';
import { totalsOf, trafficOf } from '../testing/countByHand.js';
import { expectAnswers, expectVitals } from '../testing/expectAnswers.js';
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
import type { Filter, RumStore, TimeRange } from './store.js';

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

  describe('what an instance remembers of rollups', () => {
    const old = randomViews(11, 60).map((view, index) => ({ ...view, startedAt: NOON - index * 3 * HOUR }));
    const moved = old[20] ?? makeView(0);
    test.each<readonly [string, (other: RumStore) => Promise<unknown>]>([
      [
        'a view that has another route, and nothing else',
        (other) => other.insert({ views: [{ ...moved, revision: 9, route: '/elsewhere' }], events: [] }),
      ],
      [
        'late views',
        (other) =>
          other.insert({
            views: randomViews(12, 20).map((view, index) => ({
              ...view,
              id: `late ${index}`,
              startedAt: NOON - index * 7 * HOUR,
            })),
            events: [],
          }),
      ],
      ['erasing a visitor', (other) => other.erase({ app: 'shop', visitor: moved.visitor })],
      ['erasing what is older', (other) => other.erase({ app: 'shop', before: NOON - 3 * DAY })],
      [
        'days that are past their time',
        (other) => {
          const kept = 4 * DAY;
          const retention = { raw: kept, minute: DAY, hour: kept, day: kept };
          return other.retain({ now: () => NOON, retention });
        },
      ],
    ])('is not answered any more after another one saw %s', async (_name, change) => {
      const [store, other] = [current(), await openStore()];
      await store.insert({ views: old, events: [] });
      await rollUp(NOON + 3 * DAY);
      const range = { app: 'shop', from: NOON - 6 * DAY, to: NOON + DAY };
      const before = await store.breakdown(range, 'route', 100);
      expect(await store.breakdown(range, 'route', 100)).toEqual(before);

      await change(other);
      await rollUp(NOON + 3 * DAY, other);

      const remembered = await store.breakdown(range, 'route', 100);
      expect(remembered).not.toEqual(before);
      expect(remembered).toEqual(await (await openStore()).breakdown(range, 'route', 100));
    });
  });

  describe('what an instance remembers of who was there', () => {
    const first = makeView(1, { startedAt: NOON + 10_000 });
    const second = makeView(2, { startedAt: NOON + 30 * MINUTE + 5_000 });
    test.each<readonly [string, number, (other: RumStore) => Promise<unknown>]>([
      ['nothing', 1, async () => undefined],
      [
        'a view that is somebody else’s, and nothing else',
        2,
        (other) => other.insert({ views: [{ ...first, revision: 2, visitor: 'other' }], events: [] }),
      ],
      [
        'a view that began earlier in its minute',
        2,
        (other) => other.insert({ views: [{ ...first, revision: 2, startedAt: NOON }], events: [] }),
      ],
      [
        'a view that began in another minute',
        2,
        (other) => other.insert({ views: [{ ...first, revision: 2, startedAt: NOON - MINUTE }], events: [] }),
      ],
      ['erasing what is older', 1, (other) => other.erase({ app: 'shop', before: NOON + MINUTE })],
    ])('decides of no session any more after another one saw %s', async (_name, sessions, change) => {
      const [store, other] = [current(), await openStore()];
      const others = Array.from({ length: 20 }, (_, index) =>
        makeView(index + 10, { startedAt: NOON + index * MINUTE, visitor: `visitor ${index}` }),
      );
      await store.insert({ views: [first, ...others], events: [] });
      await rollUp(NOON + 25 * MINUTE);
      await store.insert({ views: [second], events: [] });
      const range = { app: 'shop', from: NOON - DAY, to: NOON + DAY };
      const ofBoth = async (): Promise<number> => (await store.totals(range)).sessions - others.length;
      expect(await ofBoth()).toBe(1);
      expect(await ofBoth()).toBe(1);

      await change(other);
      // The minute of the second view is not over.
      await rollUp(NOON + 30 * MINUTE, other);

      const left = await store.views(range, 100);
      expect((await store.totals(range)).sessions).toBe(totalsOf(left, [], range).sessions);
      expect(await store.traffic(range, HOUR)).toEqual(trafficOf(left, range, HOUR));
      if (left.length === others.length + 2) expect(await ofBoth()).toBe(sessions);
    });
  });

  describe('visitors', () => {
    test('of a UTC day are counted exactly, and of several days with daily pseudonyms', async () => {
      const store = current();
      const views = visits([0, 1, 1, 2, 3, 3, 3]);
      await store.insert({ views, events: [] });
      const days = { app: 'shop', from: NOON - 12 * HOUR, to: NOON + 4 * DAY };
      const count = (from: number, to: number): number =>
        new Set(
          views
            .filter(({ startedAt }) => startedAt >= from && startedAt < to)
            .map(({ startedAt, visitor }) => `${Math.floor(startedAt / DAY)} ${visitor}`),
        ).size;

      for (const now of [NOON, NOON + DAY, NOON + 6 * DAY]) {
        await rollUp(now);
        for (const range of [days, { ...days, from: NOON, to: NOON + 5 * HOUR }]) {
          const expected = { n: count(range.from, range.to), exact: true };
          expect(await store.visitors(range, 'daily')).toEqual(expected);
        }
        const ofDay = { ...days, to: days.from + DAY };
        expect(await store.visitors(ofDay, 'lasting')).toEqual({ n: count(0, ofDay.to), exact: true });
      }
    });

    test('of several days with lasting pseudonyms are estimated', async () => {
      const store = current();
      await store.insert({ views: visits([0, 1, 1, 2, 2, 3]), events: [] });
      const range = { app: 'shop', from: NOON - 12 * HOUR, to: NOON + 4 * DAY };

      for (const now of [NOON, NOON + DAY, NOON + 6 * DAY]) {
        await rollUp(now);
        const { n, exact } = await store.visitors(range, 'lasting');
        expect(exact).toBe(false);
        expect(Math.abs(n - 300)).toBeLessThanOrEqual(10);
      }
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
      { ...base, revision: 3, startedAt: moved, inp: random() * 900 },
    ];
  });
  const types: EventRow['type'][] = ['custom', 'error', 'loss', 'resource'];
  const events = Array.from({ length: 80 }, (_, index) =>
    makeEvent(index, { occurredAt: moment(), type: types[index % 4] ?? 'custom' }),
  );
  return { views, events };
}

/** 100 visitors a day of the given days since noon, each with two views; the first 50 of a day are the same each day. */
function visits(days: readonly number[]): ViewRow[] {
  const of = (day: number, index: number): string =>
    index < 0 ? `regular ${index}` : `day ${day}, ${index}`;
  return [...new Set(days)].flatMap((day) =>
    Array.from({ length: 200 }, (_, index) =>
      makeView(day * 1000 + index, {
        startedAt: NOON + day * DAY + (index % 100) * MINUTE,
        visitor: of(day, (index % 100) - 100 + 66),
      }),
    ),
  );
}

/** Every read of a store, against counting its rows by hand. */
async function expectAnswersOfRows(store: RumStore, around: number): Promise<void> {
  const rows = { views: await store.views(always, 100_000), events: await store.events(always, 100_000) };
  const ranges = [
    { from: 0, to: 8.64e15 },
    { from: around - 7 * DAY, to: around + DAY },
    { from: around - 3 * DAY - 12 * HOUR, to: around + 12 * HOUR },
    { from: around - 5 * HOUR - 7 * MINUTE, to: around + 3 * HOUR },
    { from: around - 2 * DAY - 1234, to: around - 1_777_777 },
  ];
  // Two of them, and one with what rollups can tell of filters, each in turn.
  for (let more = 0; more < 2; more += 1) {
    turn += 1;
    const span = ranges[turn % ranges.length] ?? always;
    await expectAnswers(store, { app: 'shop', ...span }, rows, turn);
    if (more > 0) continue;
    const where = ONE_DIMENSION[turn % ONE_DIMENSION.length] ?? [];
    await expectVitals(store, { app: 'shop', ...span, where }, rows.views, turn);
  }
}

let turn = 0;

const ONE_DIMENSION: readonly (readonly Filter[])[] = [
  [{ dimension: 'route', keep: true, values: ['/cart'] }],
  [{ dimension: 'browser', keep: true, values: ['Firefox', ''] }],
  [{ dimension: 'browser', keep: false, values: ['Firefox'] }],
  [{ dimension: 'country', keep: false, values: ['PT', ''] }],
  [
    { dimension: 'country', keep: true, values: ['PT', 'DE', ''] },
    { dimension: 'country', keep: false, values: ['DE'] },
  ],
  [{ dimension: 'device', keep: true, values: ['no such device', 'a\0b'] }],
];

/** Cuts a list into so many parts. */
function cut<T>(items: readonly T[], parts: number): T[][] {
  const size = Math.ceil(items.length / parts);
  return Array.from({ length: parts }, (_, index) => items.slice(index * size, (index + 1) * size));
}
