import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWallClock } from '../anomaly/wallClock.js';
import { type AlertWindow, nextWithin, WEEKDAYS } from './alertSchedule.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OFFICE: readonly AlertWindow[] = [
  { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' },
];
const at = (text: string): number => Date.parse(text);

describe('nextWithin', () => {
  test.each([
    ['2026-11-23T07:59:59.999+01:00', '2026-11-23T08:00+01:00'],
    ['2026-11-23T08:00+01:00', '2026-11-23T08:00+01:00'],
    ['2026-11-23T17:59:59.999+01:00', '2026-11-23T17:59:59.999+01:00'],
    ['2026-11-23T18:00+01:00', '2026-11-24T08:00+01:00'],
    // Friday evening; and a weekend on which clocks are set back, and one on which they are set on.
    ['2026-11-27T18:00+01:00', '2026-11-30T08:00+01:00'],
    ['2026-10-23T18:00+02:00', '2026-10-26T08:00+01:00'],
    ['2026-03-27T18:00+01:00', '2026-03-30T08:00+02:00'],
  ])('in Berlin, by day: %s is told at %s', (time, told) => {
    expect(nextWithin(OFFICE, 'Europe/Berlin', at(time))).toBe(at(told));
  });

  test('a window over midnight belongs to the day on which it begins', () => {
    const night: readonly AlertWindow[] = [{ days: ['fri'], from: '22:00', to: '06:00' }];
    expect(nextWithin(night, 'UTC', at('2026-11-28T05:59Z'))).toBe(at('2026-11-28T05:59Z'));
    expect(nextWithin(night, 'UTC', at('2026-11-28T06:00Z'))).toBe(at('2026-12-04T22:00Z'));
    expect(nextWithin(night, 'UTC', at('2026-11-27T05:00Z'))).toBe(at('2026-11-27T22:00Z'));
  });

  test('one that begins in the hour that is left out begins after it; one in the hour that comes twice holds both times', () => {
    const window: readonly AlertWindow[] = [{ from: '02:15', to: '02:45' }];
    const wide: readonly AlertWindow[] = [{ from: '02:15', to: '04:00' }];
    expect(nextWithin(wide, 'Europe/Berlin', at('2026-03-29T00:00Z'))).toBe(at('2026-03-29T03:00+02:00'));
    // All of it is left out.
    expect(nextWithin(window, 'Europe/Berlin', at('2026-03-29T00:00Z'))).toBe(at('2026-03-30T02:15+02:00'));
    expect(nextWithin(window, 'Europe/Berlin', at('2026-10-25T02:45+02:00'))).toBe(
      at('2026-10-25T02:15+01:00'),
    );
  });

  test('without windows, and around the clock, it is always', () => {
    expect(nextWithin([], 'UTC', 7)).toBe(7);
    expect(nextWithin([{ from: '00:00', to: '24:00' }], 'Pacific/Apia', 7)).toBe(7);
    expect(nextWithin([{ from: '05:00', to: '05:00' }], 'Asia/Kathmandu', 7)).toBe(7);
  });

  const time = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const window = fc.record({
    days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    from: time,
    to: fc.oneof(time, fc.constant('24:00')),
  });

  test.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])(
    'is the first minute that trying every one finds, in weeks in which clocks are changed: %s',
    (timeZone) => {
      fc.assert(
        fc.property(
          fc.array(window, { minLength: 1, maxLength: 2 }),
          fc.constantFrom('2026-03-05', '2026-03-26', '2026-04-02', '2026-10-01', '2026-10-22', '2026-10-30'),
          fc.nat(96),
          (windows, day, hours) => {
            const from = at(`${day}T00:00Z`) + hours * HOUR;
            expect(nextWithin(windows, timeZone, from)).toBe(firstByTrying(windows, timeZone, from));
          },
        ),
        { numRuns: 40 },
      );
    },
  );
});

/** By the names that the clock is read aloud with. */
function firstByTrying(windows: readonly AlertWindow[], timeZone: string, from: number): number {
  const wallClock = createWallClock(timeZone);
  for (let minute = from; ; minute += MINUTE) {
    const wall = new Date(wallClock(minute));
    const text = wall.toISOString().slice(11, 16);
    const name = (date: Date): string => date.toUTCString().slice(0, 3).toLowerCase();
    const [today, yesterday] = [name(wall), name(new Date(wall.getTime() - 24 * HOUR))];
    const found = windows.some(({ days = [], from: begins, to: ends }) => {
      const has = (day: string): boolean => days.some((each) => each === day);
      if (begins < ends) return has(today) && text >= begins && text < ends;
      return (has(today) && text >= begins) || (has(yesterday) && text < ends);
    });
    if (found) return minute;
  }
}
