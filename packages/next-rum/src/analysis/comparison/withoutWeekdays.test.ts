import { expect, test } from 'vitest';
import { withoutWeekdays } from './withoutWeekdays.js';

const WEEKDAYS = [0, 10, 20, 5, 0, -15, -20];
const weekday = (day: number): number => WEEKDAYS[day % 7] ?? 0;

function days(count: number, valueAt: (day: number) => number) {
  return Array.from({ length: count }, (_, x) => ({ x, y: valueAt(x) }));
}

test('weekdays go, and a trend stays as it is', () => {
  const free = withoutWeekdays(days(28, (day) => 100 + 3 * day + weekday(day)));
  for (const { x, y } of free) expect(y).toBeCloseTo(100 + 3 * x, 9);
});

test('a step in the middle of a week stays on its day', () => {
  const free = withoutWeekdays(days(56, (day) => (day < 30 ? 100 : 150) + weekday(day)));
  for (const { x, y } of free) expect(y).toBeCloseTo(x < 30 ? 100 : 150, 9);
});

test('one wild day is in none of the others', () => {
  const free = withoutWeekdays(days(56, (day) => (day === 24 ? 9000 : 100 + weekday(day))));
  for (const { x, y } of free) expect(y).toBeCloseTo(x === 24 ? 8995 : 100, 9);
});

test('weekdays that are never there are no gap, and single days that are missing teach nothing wrong', () => {
  const weeks = days(56, (day) => 100 + weekday(day));
  const working = withoutWeekdays(weeks.filter(({ x }) => x % 7 < 5));
  expect(new Set(working.map(({ y }) => y.toFixed(9))).size).toBe(1);
  const holes = withoutWeekdays(weeks.filter(({ x }) => x !== 20 && x !== 41));
  expect(new Set(holes.map(({ y }) => y.toFixed(9))).size).toBe(1);
});

test('of less than a week nothing is known of weekdays', () => {
  const few = days(5, (day) => day * day);
  expect(withoutWeekdays(few)).toEqual(few);
});
