import { describe, expect, test } from 'vitest';
import { makeEvent, NOON } from '../testing/rows.js';
import type { DeadLetter } from './ingestStore.js';
import type { RumStore } from './store.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The part of the store's contract that collectors share a database by. `open` gives another store of the same one. */
export function describeIngestStore(store: () => RumStore, open: () => Promise<RumStore>): void {
  describe('what was put aside', () => {
    const letter = (number: number, part: Partial<DeadLetter> = {}): DeadLetter => ({
      app: 'shop',
      id: makeEvent(number).id,
      kind: 'event',
      visitor: 'visitor',
      receivedAt: NOON + number,
      reason: 'the database refused a row',
      payload: JSON.stringify({ name: '\0' }),
      ...part,
    });

    test('is found again, latest first, each once and by app', async () => {
      await store().putAside([letter(1), letter(2, { kind: 'view' })]);
      await store().putAside([letter(1, { reason: 'again' }), letter(3, { app: 'blog' })]);

      expect(await store().deadLetters('shop', 10)).toEqual([letter(2, { kind: 'view' }), letter(1)]);
      expect(await store().deadLetters('shop', 1)).toHaveLength(1);
      expect(await store().countDeadLetters()).toBe(3);
    });

    test('is counted by reason', async () => {
      const reasons = ['too long', 'too long', 'bad date', 'a third', 'too long', 'bad date'];
      await store().putAside(reasons.map((reason, index) => letter(index, { reason })));

      expect([...(await store().deadLetterReasons(2))]).toEqual([
        ['too long', 3],
        ['bad date', 2],
      ]);
      expect([...(await store().deadLetterReasons(20))].at(-1)).toEqual(['a third', 1]);
    });

    test('goes after 30 days', async () => {
      await store().putAside([letter(1), letter(2, { receivedAt: NOON + 31 * DAY })]);

      expect((await store().deadLetters('shop', 10)).map(({ receivedAt }) => receivedAt)).toEqual([
        NOON + 31 * DAY,
      ]);
    });

    test('is erased with its visitor, and with what is older', async () => {
      await store().putAside([letter(1), letter(2, { visitor: 'other' }), letter(3, { visitor: 'third' })]);

      await store().erase({ app: 'shop', visitor: 'visitor' });
      expect(await store().deadLetters('shop', 10)).toHaveLength(2);
      await store().erase({ app: 'shop', before: NOON + 3 });
      expect(await store().deadLetters('shop', 10)).toMatchObject([{ visitor: 'third' }]);
    });

    test('is at most a thousand rows', async () => {
      await store().putAside(Array.from({ length: 1010 }, (_, index) => letter(index)));

      expect(await store().countDeadLetters()).toBe(1000);
    });
  });

  describe('counts', () => {
    test('of all instances add up', async () => {
      const other = await open();
      const count = (minute: number, counter: string, amount: number) => ({ minute, counter, amount });
      await Promise.all(
        [store(), other, store(), other].map((each) =>
          each.addCounts(
            [count(NOON + MINUTE, 'items.accepted', 3), count(NOON, 'items.duplicate', 2)],
            NOON,
          ),
        ),
      );
      await store().addCounts([], NOON);

      expect(await store().counts(NOON, NOON + 2 * MINUTE)).toEqual([
        count(NOON, 'items.duplicate', 8),
        count(NOON + MINUTE, 'items.accepted', 12),
      ]);
      expect(await store().counts(NOON, NOON + MINUTE)).toHaveLength(1);
    });

    test('of one delivery are added once, however often it comes', async () => {
      const counts = [{ minute: NOON, counter: 'items.accepted', amount: 3 }];
      const first = { id: 'one', minute: NOON, known: null };
      const second = { id: 'two', minute: NOON + MINUTE, known: { id: 'one', minute: NOON } };
      for (const each of [first, first, second]) await store().addCounts(counts, NOON, each);
      await (await open()).addCounts(counts, NOON, second);

      expect(await store().counts(0, NOON + 2 * MINUTE)).toEqual([{ ...counts[0], amount: 6 }]);
      expect(await store().sumCounts(0, NOON + 2 * MINUTE)).toEqual(new Map([['items.accepted', 6]]));
    });

    test('are summed over the minutes asked for', async () => {
      await store().addCounts(
        [
          { minute: NOON - MINUTE, counter: 'a', amount: 1 },
          { minute: NOON, counter: 'a', amount: 2 },
          { minute: NOON, counter: 'b', amount: 3e9 },
          { minute: NOON + MINUTE, counter: 'a', amount: 4 },
          { minute: NOON + MINUTE, counter: 'b', amount: 3e9 },
          { minute: NOON + 2 * MINUTE, counter: 'a', amount: 8 },
        ],
        NOON,
      );

      expect(await store().sumCounts(NOON, NOON + 2 * MINUTE)).toEqual(
        new Map([
          ['a', 6],
          ['b', 6e9],
        ]),
      );
    });

    test('go after 48 hours', async () => {
      await store().addCounts([{ minute: NOON, counter: 'a', amount: 1 }], NOON);
      await store().addCounts([{ minute: NOON + 2 * DAY, counter: 'a', amount: 1 }], NOON + 2 * DAY + MINUTE);

      expect(await store().counts(0, NOON + 3 * DAY)).toMatchObject([{ minute: NOON + 2 * DAY }]);
    });
  });

  describe('labels', () => {
    const list = { app: 'shop', day: '2026-11-23', kind: 'route' };

    const admitted = async (...asked: Parameters<RumStore['admitLabels']>): Promise<readonly string[]> =>
      [...(await store().admitLabels(...asked)).admitted].sort();

    test('are admitted until there are enough, for all instances alike', async () => {
      const other = await open();
      expect(await admitted(list, ['/a', '/b', '/a'], 3)).toEqual(['/a', '/b']);
      expect((await other.admitLabels(list, ['/c', '/d'], 3)).admitted).toEqual(new Set(['/a', '/b', '/c']));
      expect(await admitted(list, ['/d'], 3)).toEqual(['/a', '/b', '/c']);
      expect(await admitted(list, [], 3)).toEqual(['/a', '/b', '/c']);
    });

    test('of another app, kind or day are another list', async () => {
      await store().admitLabels(list, ['/a'], 1);
      for (const part of [{ app: 'blog' }, { kind: 'release' }, { day: '2026-11-25' }]) {
        expect(await admitted({ ...list, ...part }, ['/b'], 1)).toEqual(['/b']);
      }
    });

    test('of the day before keep their places, and new ones share what is left', async () => {
      const next = { ...list, day: '2026-11-24' };
      await store().admitLabels(list, ['/a', '/b'], 4);
      const fakes = Array.from({ length: 9 }, (_, index) => `/fake/${index}`);
      expect(await store().admitLabels(next, fakes, 4)).toEqual({
        admitted: new Set(fakes.slice(0, 2)),
        kept: new Set(['/a', '/b']),
      });
      expect(await admitted(next, [...fakes, '/b'], 4)).toEqual(['/b', ...fakes.slice(0, 2)]);
      expect(await store().admitLabels(next, ['/c', '/a'], 4)).toEqual({
        admitted: new Set(['/a', '/b', ...fakes.slice(0, 2)]),
        kept: new Set(),
      });
    });

    test('of the day before are as many as the limit where it was lowered', async () => {
      const next = { ...list, day: '2026-11-24' };
      await store().admitLabels(list, ['/a', '/b', '/c'], 3);
      expect(await admitted(next, ['/new', '/c', '/b', '/a'], 2)).toEqual(['/b', '/c']);
      expect(await admitted(next, ['/a'], 2)).toHaveLength(2);
    });

    test('go a day after theirs', async () => {
      await store().admitLabels(list, ['/a'], 1);
      await store().admitLabels({ ...list, day: '2026-11-25' }, ['/b'], 1);

      expect(await admitted(list, [], 1)).toEqual([]);
    });
  });

  describe('rate windows', () => {
    const change = { now: NOON, windowMs: 1000, restart: false };

    test('add points until they end, whoever adds', async () => {
      const other = await open();
      const windows = await Promise.all(
        [store(), other, store(), other].map((each) => each.addPoints('a', 1, change)),
      );

      expect(windows.map(({ points }) => points).sort()).toEqual([1, 2, 3, 4]);
      expect(await store().addPoints('a', -1, { ...change, now: NOON + 999 })).toEqual({
        points: 3,
        expiresAt: NOON + 1000,
      });
      expect(await store().addPoints('a', 1, { ...change, now: NOON + 1000 })).toEqual({
        points: 1,
        expiresAt: NOON + 2000,
      });
    });

    test('are read, begun anew and ended', async () => {
      await store().addPoints('a', 5, change);
      expect(await store().points('a', NOON + 999)).toEqual({ points: 5, expiresAt: NOON + 1000 });
      expect(await store().points('a', NOON + 1000)).toBeNull();
      expect(await store().addPoints('a', 9, { ...change, windowMs: 5000, restart: true })).toEqual({
        points: 9,
        expiresAt: NOON + 5000,
      });
      await store().addPoints('b', 1, change);

      expect(await store().endWindows({ before: NOON + 4000 })).toBe(1);
      expect(await store().endWindows({ key: 'a' })).toBe(1);
      expect(await store().points('a', NOON)).toBeNull();
    });
  });
}
