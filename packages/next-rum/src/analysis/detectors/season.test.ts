import { expect, test } from 'vitest';
import { takeNumbers } from '../anomaly/stateNumbers.js';
import { createWallClock } from '../anomaly/wallClock.js';
import { createSeason, type Season } from './season.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.parse('2026-03-02T00:00:00Z');

function learnHours(season: Season, hours: number, factorAt: (t: number) => number): void {
  for (let hour = 0; hour < hours; hour += 1) {
    const middle = MONDAY + (hour + 0.5) * HOUR;
    season.learn(middle, 1000 * factorAt(middle), 1000);
  }
}

const busyBy = (hourOf: (t: number) => number) => (t: number) =>
  hourOf(t) >= 9 && hourOf(t) < 17 ? 1.8 : 0.6;
const utcHour = (t: number): number => Math.floor(t / HOUR) % 24;

test('before the third day nothing is said, then the hours of the day', () => {
  const season = createSeason(createWallClock('UTC'), 'shares');
  learnHours(season, 71, busyBy(utcHour));
  expect(season.factorAt(MONDAY + 80.5 * HOUR)).toBe(1);
  learnHours(season, 14 * 24, busyBy(utcHour));
  expect(season.factorAt(MONDAY + 20 * DAY + 12.5 * HOUR)).toBeCloseTo(1.8, 1);
  expect(season.factorAt(MONDAY + 20 * DAY + 3.5 * HOUR)).toBeCloseTo(0.6, 1);
});

test('when clocks change the season goes with them', () => {
  const wallClock = createWallClock('Europe/Berlin');
  const hourThere = (t: number): number => Math.floor((wallClock(t) % DAY) / HOUR);
  const season = createSeason(wallClock, 'shares');
  learnHours(season, 26 * 24, busyBy(hourThere));
  // In winter nine o'clock is 8 UTC, from 29 March on 7 UTC.
  expect(season.factorAt(Date.parse('2026-03-27T07:30:00Z'))).toBeLessThan(0.8);
  expect(season.factorAt(Date.parse('2026-03-30T07:30:00Z'))).toBeGreaterThan(1.6);
});

test('days of the week are told apart from the second week on, hours of the week from the fourth', () => {
  const isSunday = (t: number): boolean => new Date(t).getUTCDay() === 0;
  const season = createSeason(createWallClock('UTC'), 'shares');
  const sundays = (t: number): number => (isSunday(t) ? 0.5 : 1);
  learnHours(season, 14 * 24, sundays);
  const sunday = MONDAY + 13 * DAY + 12.5 * HOUR;
  expect(season.factorAt(sunday)).toBeLessThan(0.75);

  const oneHour = createSeason(createWallClock('UTC'), 'shares');
  const monday = (t: number): boolean => new Date(t).getUTCDay() === 1 && utcHour(t) === 8;
  learnHours(oneHour, 20 * 24, (t) => (monday(t) ? 4 : 1));
  expect(oneHour.factorAt(MONDAY + 21 * DAY + 8.5 * HOUR)).toBeLessThan(2);
  learnHours(oneHour, 42 * 24, (t) => (monday(t) ? 4 : 1));
  expect(oneHour.factorAt(MONDAY + 42 * DAY + 8.5 * HOUR)).toBeGreaterThan(3);
});

test('between the middles of two hours it goes from the one to the other', () => {
  const season = createSeason(createWallClock('UTC'), 'shares');
  learnHours(season, 14 * 24, (t) => (utcHour(t) === 12 ? 2 : 1));
  const noon = season.factorAt(MONDAY + 15 * DAY + 12.5 * HOUR);
  const one = season.factorAt(MONDAY + 15 * DAY + 13.5 * HOUR);
  expect(season.factorAt(MONDAY + 15 * DAY + 13 * HOUR)).toBeCloseTo((noon + one) / 2, 12);
});

test('few counts are drawn towards no season, and a restart changes nothing', () => {
  const season = createSeason(createWallClock('UTC'), 'shares');
  for (let hour = 0; hour < 8 * 24; hour += 1)
    season.learn(MONDAY + (hour + 0.5) * HOUR, hour % 24 === 5 ? 2 : 0, 0.5);
  expect(season.factorAt(MONDAY + 9 * DAY + 5.5 * HOUR)).toBeLessThan(1.4);

  const into: number[] = [];
  season.save(into);
  const again = createSeason(createWallClock('UTC'), 'shares', takeNumbers(Float64Array.from(into)));
  for (let hour = 0; hour < 168; hour += 1) {
    const t = MONDAY + 9 * DAY + (hour + 0.25) * HOUR;
    expect(again.factorAt(t)).toBe(season.factorAt(t));
  }
});
