import { expect, test } from 'vitest';
import { sortedInterval } from './sortedInterval.js';

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index + 1);

test('eleven values are the fewest that a p75 has an interval of', () => {
  expect(sortedInterval(upTo(10), 0.75)).toBeNull();
  expect(sortedInterval(upTo(11), 0.75)).toEqual([5, 11]);
  expect(sortedInterval([], 0.75)).toBeNull();
});

test('its ends are values that were there, by their ranks, whatever the values are', () => {
  // Hahn and Meeker, Statistical Intervals, table A.17: of 100, a median from the 40th to the 60th or 41st to 61st.
  const [low, high] = sortedInterval(upTo(100), 0.5) ?? [0, 0];
  expect(high - low).toBe(20);
  const squares = Float64Array.from(upTo(100), (value) => value * value);
  expect(sortedInterval(squares, 0.5)).toEqual([low * low, high * high]);
});
