import { describe, expect, test } from 'vitest';
import { makeView, NOON } from '../testing/rows.js';
import type { ViewRow } from './rows.js';
import type { RumStore } from './store.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/**
 * How many visitors there were, exactly where that can be told.
 *
 * @param current The store of the test.
 */
export function describeVisitors(current: () => RumStore): void {
  const rollUp = (now: number): ReturnType<RumStore['rollUp']> => current().rollUp({ now: () => now });

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
