import { expect, test } from 'vitest';
import { createWallClock } from './wallClock.js';

test.each([
  ['UTC', '2026-03-29T01:00:00Z', '2026-03-29T01:00'],
  // Summer time begins at 01:00 UTC and ends at 01:00 UTC.
  ['Europe/Berlin', '2026-03-29T00:59:00Z', '2026-03-29T01:59'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-29T03:00'],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T02:30'],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25T02:30'],
  ['America/St_Johns', '2026-01-01T00:00:00Z', '2025-12-31T20:30'],
  ['Asia/Kathmandu', '2026-11-26T23:59:59Z', '2026-11-27T05:44:59'],
  // Half an hour of summer time.
  ['Australia/Lord_Howe', '2026-01-01T00:00:00Z', '2026-01-01T11:00'],
  ['Australia/Lord_Howe', '2026-07-01T00:00:00Z', '2026-07-01T10:30'],
  ['Asia/Tokyo', '1969-12-31T16:00:00Z', '1970-01-01T01:00'],
])('in %s, %s is %s', (timeZone, time, wall) => {
  expect(createWallClock(timeZone)(Date.parse(time))).toBe(Date.parse(`${wall}Z`));
});

test('times as far as a date goes have a place on the clock', () => {
  const clock = createWallClock('Europe/Berlin');
  for (const time of [-8.64e15, 0, 8.64e15]) expect(Math.abs(clock(time) - time)).toBeLessThan(86_400_000);
});

test('a zone that does not exist is refused by name', () => {
  expect(() => createWallClock('Europe/Atlantis')).toThrow(
    new RangeError('RUM: there is no time zone "Europe/Atlantis"; use a name such as Europe/Berlin'),
  );
});
