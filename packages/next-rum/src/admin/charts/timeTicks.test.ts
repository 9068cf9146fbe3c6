import { expect, test, vi } from 'vitest';
import { timeTicks } from './timeTicks.js';

test('ticks are round in the time zone of the viewer, also where it is off by half an hour', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  const from = Date.UTC(2026, 10, 22, 9, 17);
  const ticks = timeTicks(from, from + 86_400_000, 8);
  expect(ticks.map((tick) => new Date(tick).getMinutes())).toEqual(ticks.map(() => 0));
  expect(ticks.map((tick) => new Date(tick).getHours())).toEqual([15, 18, 21, 0, 3, 6, 9, 12]);
});

test('days start at midnight on both sides of a clock change', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const from = new Date(2026, 9, 22, 15).getTime();
  const ticks = timeTicks(from, from + 7 * 86_400_000, 8);
  expect(ticks.map((tick) => new Date(tick).getHours())).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(ticks.map((tick) => new Date(tick).getDate())).toEqual([23, 24, 25, 26, 27, 28, 29]);
});

test('never more labels than there is room for', () => {
  for (const hours of [1, 24, 168, 720]) {
    const count = timeTicks(0, hours * 3_600_000, 8).length;
    expect(count).toBeGreaterThan(2);
    expect(count).toBeLessThanOrEqual(9);
  }
});

test('days start at midnight in UTC where that is asked for', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata');
  const from = Date.UTC(2026, 10, 1, 7);
  for (const tick of timeTicks(from, from + 7 * 86_400_000, 8, 'utc')) expect(tick % 86_400_000).toBe(0);
});
