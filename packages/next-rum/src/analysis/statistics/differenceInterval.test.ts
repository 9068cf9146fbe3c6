import { expect, test } from 'vitest';
import { differenceInterval, shareDifference } from './differenceInterval.js';

// Newcombe 1998, table II, method 10.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
])("Newcombe's example %d/%d less %d/%d", (hits, n, hitsBefore, nBefore, low, high) => {
  const difference = shareDifference({ hits: hitsBefore, n: nBefore }, { hits, n });
  expect(difference?.low).toBeCloseTo(low, 4);
  expect(difference?.high).toBeCloseTo(high, 4);
  expect(difference?.value).toBeCloseTo(hits / n - hitsBefore / nBefore, 12);
});

test('of nothing there is no difference', () => {
  expect(shareDifference({ hits: 0, n: 0 }, { hits: 1, n: 2 })).toBeNull();
  expect(shareDifference({ hits: 1, n: 2 }, { hits: 0, n: 0 })).toBeNull();
});

test('lopsided intervals stay lopsided', () => {
  // 3-4-5 on the one side, 6-8-10 on the other.
  const before = { value: 100, low: 92, high: 104 };
  const after = { value: 200, low: 197, high: 206 };
  expect(differenceInterval(before, after)).toEqual({ value: 100, low: 95, high: 110 });
});
