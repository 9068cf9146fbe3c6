import { expect, test } from 'vitest';
import { createRecentValues } from './recentValues.js';
import { takeNumbers } from './stateNumbers.js';

test('the mean is that of the last values', () => {
  const recent = createRecentValues(3);
  for (const value of [100, 1, 2, 6]) recent.add(value);
  expect(recent.isFull()).toBe(true);
  expect(recent.mean()).toBe(3);
});

test('a monstrous value leaves nothing behind', () => {
  const recent = createRecentValues(3);
  for (const value of [1e300, 1, 2, 3]) recent.add(value);
  expect(recent.mean()).toBe(2);
});

test('cleared, it fills anew', () => {
  const recent = createRecentValues(2);
  for (const value of [5, 6]) recent.add(value);
  recent.clear();
  expect(recent.isFull()).toBe(false);
  recent.add(1);
  expect(recent.mean()).toBe(1);
});

test('restored, it goes on', () => {
  const recent = createRecentValues(3);
  for (const value of [4, 5, 6, 7]) recent.add(value);
  const numbers: number[] = [];
  recent.save(numbers);
  const again = createRecentValues(3, takeNumbers(Float64Array.from(numbers)));
  again.add(8);
  expect(again.mean()).toBe(7);
});
