import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_RETENTION } from '../store/jobStore.js';
import { MAX_SPAN, MIN_SPAN } from './question.js';
import { earlierRange, fillBuckets, resolveRange } from './range.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 23, 12);

test.each([
  ['a minute', MINUTE, MINUTE, 1],
  ['three hours', 3 * HOUR, MINUTE, 180],
  ['three hours and a minute', 3 * HOUR + MINUTE, 5 * MINUTE, 37],
  ['a day', DAY, 10 * MINUTE, 144],
  ['a week', 7 * DAY, HOUR, 168],
  ['80 days', 80 * DAY, 12 * HOUR, 161],
  ['100 days', 100 * DAY, DAY, 101],
  ['a year', 365 * DAY, 7 * DAY, 53],
])('%s of late has buckets that are a chart', (_name, span, bucketMs, buckets) => {
  const to = NOON + HOUR;
  const { from, to: end, ...resolved } = resolveRange({ from: to - span, to }, NOON, DEFAULT_RETENTION);
  expect(resolved).toEqual({ name: 'custom', bucketMs });
  expect((end - from) / bucketMs).toBe(buckets);
});

test.each([
  ['a day of the week before', 5 * DAY, DAY, 'none', HOUR],
  ['an hour of the week before', 5 * DAY, HOUR, 'none', MINUTE],
  ['an hour of last month', 40 * DAY, HOUR, 'none', HOUR],
  ['an hour of spring', 200 * DAY, HOUR, 'none', DAY],
  ['an hour of late, and a week before', 2 * HOUR, HOUR, 'week', MINUTE],
  ['a day of late, and the day before it', DAY, DAY, 'previous', HOUR],
  ['two months, and those before', 60 * DAY, 60 * DAY, 'previous', DAY],
] as const)('%s has buckets that are still known', (_name, age, span, compare, bucketMs) => {
  const from = NOON - age;
  expect(resolveRange({ from, to: from + span }, NOON, DEFAULT_RETENTION, compare).bucketMs).toBe(bucketMs);
});

test('a range of one’s own is whole buckets around it, and few enough', () => {
  const spans = fc.record({ from: fc.nat(2 ** 31 - 1), span: fc.integer({ min: MIN_SPAN, max: MAX_SPAN }) });
  fc.assert(
    fc.property(spans, ({ from: seconds, span }) => {
      const from = seconds * 1000;
      const range = resolveRange({ from, to: from + span }, NOON, DEFAULT_RETENTION);
      expect(range.from).toBeLessThanOrEqual(from);
      expect(range.to).toBeGreaterThanOrEqual(from + span);
      expect(range.to - range.from).toBeLessThan(span + 2 * range.bucketMs);
      expect([range.from % range.bucketMs, range.to % range.bucketMs]).toEqual([0, 0]);
      expect((range.to - range.from) / range.bucketMs).toBeLessThanOrEqual(180);
      for (const compare of ['previous', 'week'] as const) {
        const earlier = earlierRange(range, compare, NOON);
        if (earlier === null) throw new Error('there is nothing to compare');
        expect([Math.abs(earlier.from % range.bucketMs), earlier.to - earlier.from]).toEqual([
          0,
          range.to - range.from,
        ]);
        expect(earlier.until).toBeGreaterThan(earlier.from);
        expect(earlier.until).toBeLessThanOrEqual(earlier.to);
      }
    }),
  );
});

test('what is compared ends when the range has ended so far', () => {
  const day = resolveRange('24h', NOON + 7 * MINUTE + 1, DEFAULT_RETENTION);
  expect(day.to).toBe(NOON + 30 * MINUTE);
  expect(earlierRange(day, 'previous', NOON + 7 * MINUTE + 1)).toEqual({
    name: '24h',
    from: day.from - DAY,
    to: day.from,
    bucketMs: 30 * MINUTE,
    until: NOON + 8 * MINUTE - DAY,
  });
  const week = resolveRange('7d', NOON + 7 * MINUTE, DEFAULT_RETENTION);
  expect(earlierRange(week, 'week', NOON + 7 * MINUTE)?.until).toBe(NOON + HOUR - 7 * DAY);
  const past = resolveRange({ from: NOON - 9 * DAY, to: NOON - 8 * DAY }, NOON, DEFAULT_RETENTION);
  expect(earlierRange(past, 'week', NOON)?.until).toBe(NOON - 15 * DAY);
  expect(earlierRange(past, 'none', NOON)).toBeNull();
});

test('buckets that nothing is in are there too', () => {
  const range = { name: 'custom', from: 0, to: 3, bucketMs: 1 } as const;
  expect(fillBuckets(range, [{ t: 1, n: 5 }], (t) => ({ t, n: 0 }))).toEqual([
    { t: 0, n: 0 },
    { t: 1, n: 5 },
    { t: 2, n: 0 },
  ]);
});
