import { expect, test } from 'vitest';
import { createClock } from './clock.js';

test("a performance timestamp becomes the wall clock's time", () => {
  const clock = createClock(
    () => 1_700_000_010_000,
    () => 10_000,
  );
  expect(clock.at(4000)).toBe(1_700_000_004_000);
});

test('a computer that slept does not backdate what happens after it woke', () => {
  // Loaded at 1_700_000_000_000, then two days of sleep in which performance.now() stood still.
  const clock = createClock(
    () => 1_700_000_000_000 + 172_800_000 + 10_000,
    () => 10_000,
  );
  expect(clock.at(9000)).toBe(1_700_000_000_000 + 172_800_000 + 9000);
});

test('nothing happens in the future', () => {
  const clock = createClock(
    () => 1_700_000_000_000,
    () => 1000,
  );
  expect(clock.at(5000)).toBe(1_700_000_000_000);
});
