import { expect, test } from 'vitest';
import { changeBetween, changeWords } from './change.js';

const measured = (p75: number | null, low = 0, high = 0) => ({
  p75,
  interval: high === 0 ? null : ([low, high] as const),
});

test('a change is certain only where the intervals stand apart', () => {
  expect(changeBetween(measured(2000, 1900, 2100), measured(2400, 2200, 2600))).toMatchObject({
    direction: 'worse',
    certain: true,
  });
  expect(changeBetween(measured(2000, 1900, 2300), measured(2400, 2200, 2600))?.certain).toBe(false);
  expect(changeBetween(measured(2000, 1900, 2100), measured(1000, 900, 1100))?.certain).toBe(true);
  expect(changeBetween(measured(2000), measured(4000))?.certain).toBe(false);
});

test('without a value on both sides there is no change', () => {
  expect(changeBetween(undefined, measured(1))).toBeNull();
  expect(changeBetween(measured(null), measured(1))).toBeNull();
  expect(changeBetween(measured(1), measured(null))).toBeNull();
});

test.each([
  ['lcp', 2000, 2400, '20 % slower'],
  ['lcp', 2000, 1990, '<1 % faster'],
  ['inp', 100, 100, 'unchanged'],
  ['cls', 0.1, 0.2, '100 % higher'],
  ['cls', 0, 0.2, 'higher'],
] as const)('%s from %d to %d is %s', (name, from, to, words) => {
  const change = changeBetween(measured(from), measured(to));
  expect(change && changeWords(name, change)).toBe(words);
});
