import { expect, test } from 'vitest';
import { durationsOf } from './durations.js';

test('percentiles are values that were there, with the intervals that so many allow', () => {
  const upTo = (n: number) => durationsOf(Array.from({ length: n }, (_, index) => n - index));
  expect(upTo(100)).toMatchObject({ n: 100, p50: 50, p75: 75, p95: 95, total: 5050 });
  const { interval, intervals } = upTo(100);
  for (const [percentile, [low, high] = []] of [
    [50, intervals.p50 ?? undefined],
    [75, interval ?? undefined],
    [95, intervals.p95 ?? undefined],
  ] as const) {
    expect(low).toBeLessThan(percentile);
    expect(high).toBeGreaterThan(percentile);
  }
  // 1 - 2 / 2 ** n is 95 % from 6 on, 1 - 0.95 ** n from 59 on.
  expect([5, 6].map((n) => upTo(n).intervals.p50)).toEqual([null, [1, 6]]);
  expect([58, 59].map((n) => upTo(n).intervals.p95 === null)).toEqual([true, false]);
});

test('of nothing there is nothing', () => {
  expect(durationsOf([])).toEqual({
    n: 0,
    p50: null,
    p75: null,
    p95: null,
    interval: null,
    intervals: { p50: null, p95: null },
    total: 0,
  });
});
