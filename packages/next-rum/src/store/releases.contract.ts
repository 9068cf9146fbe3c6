import { describe, expect, test } from 'vitest';
import { makeView, NOON } from '../testing/rows.js';
import type { RumStore } from './store.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The part of the store's contract that tells when releases were first seen. */
export function describeReleases(store: () => RumStore): void {
  describe('releases', () => {
    const range = { app: 'shop', from: NOON - DAY, to: NOON + DAY };
    const views = [
      // Not new: there was one a day before the range.
      makeView(1, { release: 'old', startedAt: range.from - DAY }),
      makeView(2, { release: 'old', startedAt: NOON }),
      // New again: the one before is too long ago.
      makeView(3, { release: 'rare', startedAt: range.from - 31 * DAY }),
      makeView(4, { release: 'rare', startedAt: NOON + 3 * HOUR }),
      makeView(5, { release: 'ü🛒 2', startedAt: NOON + 90 * MINUTE + 1 }),
      makeView(6, { release: 'ü🛒 2', startedAt: NOON + 2 * HOUR }),
      makeView(7, { release: 'first', startedAt: range.from }),
      makeView(8, { release: null, startedAt: NOON }),
      makeView(9, { release: 'elsewhere', startedAt: NOON, app: 'other' }),
      makeView(10, { release: 'later', startedAt: range.to }),
    ];
    const expected = [
      { release: 'first', at: range.from },
      { release: 'ü🛒 2', at: NOON + 90 * MINUTE },
      { release: 'rare', at: NOON + 3 * HOUR },
    ];

    test('are told by the bucket in which they were first seen, from raw rows and from rollups', async () => {
      await store().insert({ views, events: [] });
      expect(await store().releaseStarts(range, 30 * MINUTE, 10)).toEqual(expected);

      await store().rollUp({ now: () => NOON + 3 * DAY });
      expect(await store().releaseStarts(range, 30 * MINUTE, 10)).toEqual(expected);
      expect(await store().releaseStarts(range, HOUR, 10)).toContainEqual({
        release: 'ü🛒 2',
        at: NOON + HOUR,
      });

      // A view that came late is in no rollup yet.
      await store().insert({
        views: [makeView(11, { release: 'ü🛒 2', startedAt: NOON + 5 * MINUTE })],
        events: [],
      });
      expect(await store().releaseStarts(range, 30 * MINUTE, 10)).toContainEqual({
        release: 'ü🛒 2',
        at: NOON,
      });
    });

    test('are the latest, oldest first, where there are more than wanted', async () => {
      await store().insert({ views, events: [] });
      expect(await store().releaseStarts(range, 30 * MINUTE, 2)).toEqual(expected.slice(1));
      expect(await store().releaseStarts({ ...range, app: 'nobody' }, MINUTE, 2)).toEqual([]);
    });
  });
}
