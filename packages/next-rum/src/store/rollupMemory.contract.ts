import { describe, expect, test } from 'vitest';
import { totalsOf, trafficOf } from '../testing/countByHand.js';
import { makeView, NOON, randomViews } from '../testing/rows.js';
import type { RumStore } from './store.js';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/**
 * What an instance has read before is not answered once another one changed it.
 *
 * @param current The store of the test.
 * @param openStore Opens another one of the same database.
 */
export function describeRollupMemory(current: () => RumStore, openStore: () => Promise<RumStore>): void {
  const rollUp = (now: number, store = current()): ReturnType<RumStore['rollUp']> =>
    store.rollUp({ now: () => now });

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
}
