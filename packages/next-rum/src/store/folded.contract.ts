import { describe, expect, test } from 'vitest';
import { errorsOf } from '../testing/errorsByHand.js';
import { makeEvent, makeView, NOON } from '../testing/rows.js';
import type { ColumnDimension, Filter } from './filters.js';
import { DEFAULT_RETENTION } from './jobStore.js';
import type { ViewRow } from './rows.js';
import type { RumStore, ViewRange } from './store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const always: ViewRange = { app: 'shop', from: 0, to: 8.64e15 };
const MAX_VALUES = 1000;
const RARE = 'https://Rare.example/';

/**
 * What is asked of one value is answered as its raw rows have it, where a rollup counts it among the rarest too.
 *
 * @param current The store of the test.
 */
export function describeFolded(current: () => RumStore): void {
  const rollUp = (): ReturnType<RumStore['rollUp']> => current().rollUp({ now: () => NOON + 3 * DAY });

  describe('values that rollups count together', () => {
    test.each<ColumnDimension>(['referrer', 'route'])(
      'of a %s every answer is that of the raw rows',
      async (dimension) => {
        const store = current();
        const own = [0, 1, 2].map((index) =>
          makeView(5000 + index, {
            [dimension]: '(other)',
            startedAt: NOON + 2 * HOUR,
            lcp: 500,
            device: 'tv',
          }),
        );
        const again = [0, 1].map((index) =>
          makeView(6000 + index, { [dimension]: RARE, startedAt: NOON + 5 * HOUR, device: 'tv' }),
        );
        await store.insert({ views: [...flood(dimension), ...own, ...again], events: [] });
        const expected = await answersOf(store, dimension);
        expect(expected[0]).toMatchObject({ views: 3, lcp: 3, detail: 3, among: [[RARE, 3]] });
        expect(expected[1]).toMatchObject({ views: 2003, lcp: 2003 });
        expect(expected[2]).toMatchObject({ views: 3, lcp: 3, among: [['(other)', 3]] });

        await rollUp();

        expect(await answersOf(store, dimension)).toEqual(expected);
        const unfiltered = await store.breakdown(always, dimension, 2000);
        expect(unfiltered.reduce((sum, { views }) => sum + views, 0)).toBe(2006);
      },
    );

    test('finer rollups that tell them apart are read where the raw rows are gone', async () => {
      const store = current();
      const views = Array.from({ length: 1200 }, (_, index) =>
        makeView(index, { referrer: `https://${index}.example`, startedAt: NOON + (index % 2) * HOUR }),
      );
      const late = makeView(9000, { startedAt: NOON + 40 * DAY });
      await store.insert({ views: [...views, late], events: [] });
      const now = (): number => NOON + 41 * DAY;
      await store.rollUp({ now });
      await store.retain({ now });

      const day = { app: 'shop', from: NOON - 12 * HOUR, to: NOON + 12 * HOUR };
      for (const index of [0, 600, 1199]) {
        const where = [keeping('referrer', `https://${index}.example`)];
        expect((await store.vitals({ ...day, where })).lcp.n).toBe(1);
      }
      const found = await store.values(day, 'referrer', '1199.', 9);
      expect(found).toEqual({ values: [{ value: 'https://1199.example', views: 1 }], told: null });
    });

    test('one such bucket takes nothing from the others, whose raw rows may be gone', async () => {
      const store = current();
      const often = 'https://often.example';
      const oft = [0, 1, 35 * 24, 35 * 24 + 3].map((hours, index) =>
        makeView(8000 + index, { referrer: often, startedAt: NOON + hours * HOUR }),
      );
      const late = flood('referrer').map((view) => ({ ...view, startedAt: view.startedAt + 35 * DAY }));
      await store.insert({ views: [...oft, ...late], events: [] });
      const now = (): number => NOON + 41 * DAY;
      await store.rollUp({ now });
      await store.retain({ now });

      const asked = { app: 'shop', from: NOON - DAY / 2, to: NOON + 41 * DAY };
      for (const [value, n] of [
        [often, 4],
        [RARE, 1],
      ] as const) {
        const where = [keeping('referrer', value)];
        expect((await store.vitals({ ...asked, where })).lcp.n).toBe(n);
        expect((await store.vital({ ...asked, where }, 'lcp', DAY / 2)).summary.n).toBe(n);
        expect(await store.breakdown({ ...asked, where }, 'referrer', 9)).toMatchObject([
          { value, views: n },
        ]);
        expect(await store.oneIn({ ...asked, where }, 'vital')).toBe(1);
      }
      expect(await store.values(asked, 'referrer', 'OFTEN', 9)).toEqual({
        values: [{ value: often, views: 4 }],
        told: null,
      });
    });

    test('where nothing else tells them apart, it is said', async () => {
      const store = current();
      await store.insert({
        views: [...flood('referrer'), makeView(9000, { startedAt: NOON + 40 * DAY })],
        events: [],
      });
      const now = (): number => NOON + 41 * DAY;
      await store.rollUp({ now });
      await store.retain({ now });

      const day = { app: 'shop', from: NOON - 12 * HOUR, to: NOON + 12 * HOUR };
      const where = [keeping('referrer', RARE)];
      await expect(store.vitals({ ...day, where })).rejects.toMatchObject({ code: 'not_kept' });
      await expect(store.breakdown({ ...day, where }, 'referrer', 9)).rejects.toMatchObject({
        code: 'not_kept',
      });
      expect((await store.values(day, 'referrer', 'rare', 9)).told).toMatchObject({ complete: false });
      // Of other dimensions, and of other times, rollups tell all.
      expect((await store.vitals({ ...day, where: [keeping('device', 'desktop')] })).lcp.n).toBe(2001);
      const later = { ...day, from: day.to, to: day.to + DAY };
      expect((await store.vitals({ ...later, where })).lcp.n).toBe(0);
    });

    test('what the collector has put under that name is a value like any other', async () => {
      const store = current();
      const views = Array.from({ length: MAX_VALUES }, (_, index) => makeView(index, { route: `/${index}` }));
      const own = [0, 1].map((index) => makeView(5000 + index, { route: '(other)' }));
      const late = makeView(9000, { startedAt: NOON + 40 * DAY });
      await store.insert({ views: [...views, ...own, late], events: [] });
      const now = (): number => NOON + 41 * DAY;
      await store.rollUp({ now });
      await store.retain({ now });

      const day = { app: 'shop', from: NOON - 12 * HOUR, to: NOON + 12 * HOUR };
      for (const [route, n] of [
        ['(other)', 2],
        ['/7', 1],
        ['/999', 1],
      ] as const) {
        expect((await store.vitals({ ...day, where: [keeping('route', route)] })).lcp.n).toBe(n);
      }
    });
  });

  describe('values of views that pass filters', () => {
    test('are found however rare they are, whatever their case', async () => {
      const store = current();
      const odd = ['KEY-key', 'ÄÖ_%!x', 'a_%', 'İzmir'];
      const views = [
        ...flood('referrer'),
        ...odd.map((referrer, index) => makeView(5000 + index, { referrer })),
      ];
      await store.insert({ views, events: [] });
      const where = [keeping('device', 'desktop')];
      const search = async (text: string): Promise<readonly string[]> => {
        const { values, told } = await store.values({ ...always, where }, 'referrer', text, 9);
        expect(told).toBeNull();
        return values.map(({ value }) => value);
      };
      for (const now of [null, NOON + 3 * DAY]) {
        if (now !== null) await store.rollUp({ now: () => now });
        expect(await search('rARE.')).toEqual([RARE]);
        expect(await search('key')).toEqual(['KEY-key']);
        expect(await search('äö_%!')).toEqual(['ÄÖ_%!x']);
        expect(await search('_%')).toEqual(['a_%', 'ÄÖ_%!x']);
        expect(await search('ZMIR')).toEqual(['İzmir']);
        expect(await search('k%')).toEqual([]);
        expect(await search('a\0')).toEqual([]);
      }
    });
  });

  describe('errors that rollups count together', () => {
    test('are told by their fingerprint all the same', async () => {
      const store = current();
      const before = [
        ...Array.from({ length: MAX_VALUES + 100 }, (_, index) => error(index, lettersOf(index), 2, NOON)),
        error(3000, 'rare', 1, NOON + 1),
      ];
      const after = [0, 1].map((index) => error(4000 + index, 'rare', 1, NOON + 3 * HOUR));
      await store.insert({ views: [], events: [...before, ...after] });
      const [told] = errorsOf({ views: [], events: after }, always);
      const rare = told?.fingerprint ?? '';
      const never = '0123456789abcdef';
      const [earlier, later] = [
        { app: 'shop', from: NOON, to: NOON + HOUR },
        { app: 'shop', from: NOON + 2 * HOUR, to: NOON + 4 * HOUR },
      ];
      for (const isRolledUp of [false, true]) {
        if (isRolledUp) await rollUp();
        expect(await store.errorCounts(earlier, 9, [rare, never])).toEqual([
          { fingerprint: rare, events: 1 },
          { fingerprint: never, events: 0 },
        ]);
        expect((await store.errorGroups(later, HOUR, 9)).groups).toMatchObject([
          { fingerprint: rare, events: 2, isNew: false },
        ]);
        expect(await store.errorGroup(later, rare, HOUR)).toMatchObject({ events: 2, isNew: false });
        expect(await store.errorGroup(earlier, rare, HOUR)).toMatchObject({ events: 1, isNew: true });
        expect((await store.errorGroups({ ...earlier, to: later.to }, HOUR, 1)).events).toBe(2203);
      }
    });

    test('one that can no longer be told is neither new, nor said to have been absent', async () => {
      const store = current();
      const flooded = Array.from({ length: MAX_VALUES + 100 }, (_, index) =>
        error(index, lettersOf(index), 2, NOON),
      );
      const late = NOON + 29 * DAY;
      await store.insert({
        views: [],
        events: [...flooded, error(3000, 'rare', 1, NOON), error(4000, 'rare', 1, late)],
      });
      const now = (): number => late + DAY;
      await store.rollUp({ now });
      await store.retain({ now, retention: { ...DEFAULT_RETENTION, raw: 2 * DAY } });

      const [told] = errorsOf({ views: [], events: [error(4000, 'rare', 1, late)] }, always);
      const rare = told?.fingerprint ?? '';
      const range = { app: 'shop', from: late - HOUR, to: late + HOUR };
      expect(await store.errorGroup(range, rare, HOUR)).toMatchObject({ events: 1, isNew: false });
      const earlier = { app: 'shop', from: NOON - 12 * HOUR, to: NOON + 12 * HOUR };
      expect(await store.errorCounts(earlier, 9, [rare])).toEqual([]);
    });
  });
}

/** A thousand values with two views each and a rare one with one, within some seconds: a minute's rollup cannot tell them all apart. */
function flood(dimension: ColumnDimension): readonly ViewRow[] {
  const views = Array.from({ length: 2 * MAX_VALUES }, (_, index) =>
    makeView(index, { [dimension]: `https://${lettersOf(index % MAX_VALUES)}.example` }),
  );
  return [...views, makeView(3000, { [dimension]: RARE, lcp: 9000 })];
}

/** What is counted with a filter by a value, kept, left out, and by the name of those that are counted together. */
async function answersOf(store: RumStore, dimension: ColumnDimension): Promise<readonly object[]> {
  const filters: readonly Filter[] = [
    keeping(dimension, RARE),
    { dimension, keep: false, values: [RARE] },
    keeping(dimension, '(other)'),
    keeping(dimension, RARE, ''),
  ];
  const answers: object[] = [];
  for (const filter of filters) {
    const asked = { ...always, where: [filter] };
    const { totals, vitals } = await store.overview(asked, DAY);
    const detail = await store.vital(asked, 'lcp', DAY);
    const count = ({ value, views }: { readonly value: string; readonly views: number }) => [value, views];
    answers.push({
      views: totals.views,
      lcp: vitals.lcp.n,
      poor: vitals.lcp.poor,
      detail: detail.summary.n,
      series: detail.series.map(({ t, n }) => [t, n]),
      among: (await store.breakdown(asked, dimension, 3)).map(count),
      devices: (await store.breakdown(asked, 'device', 3)).map(count),
      oneIn: await store.oneIn(asked, 'vital'),
      found: await store.values(asked, dimension, 'rare', 3),
    });
  }
  return [...answers, await store.values(always, dimension, 'rare', 3)];
}

function keeping(dimension: ColumnDimension, ...values: readonly string[]): Filter {
  return { dimension, keep: true, values };
}

function error(number: number, message: string, count: number, occurredAt: number) {
  const data = JSON.stringify({ message: `${message} broke`, count });
  return makeEvent(number, { type: 'error', name: 'Error', data, occurredAt });
}

/** A word for a number, since digits make no difference to what an error is called. */
function lettersOf(number: number): string {
  return [...String(number)].map((digit) => 'klmnopqrst'[Number(digit)]).join('');
}
