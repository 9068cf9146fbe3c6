import { expect, test } from 'vitest';
import { standardNormalValues } from '../../testing/standardNormalValues.js';
import { shiftOf } from './shiftOf.js';

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 9, 1);
const WEEKDAYS = [0, 10, 20, 5, 0, 60, 80];

function days(count: number, valueAt: (day: number) => number) {
  return Array.from({ length: count }, (_, day) => ({
    t: FIRST + day * DAY,
    value: valueAt(day) + (WEEKDAYS[day % 7] ?? 0),
  }));
}

test('a step is found on its day beneath weekends as large', () => {
  const noise = standardNormalValues(56, 1);
  const shift = shiftOf(days(56, (day) => (day < 38 ? 310 : 390) + 8 * (noise[day] ?? 0)));
  expect(shift).toMatchObject({ at: FIRST + 38 * DAY, hasStayed: true });
  expect(shift?.p).toBeLessThan(1e-6);
  expect(shift?.scatter).toBeLessThan(10);
});

test('weekends and noise are none, and what is over has not stayed', () => {
  const noise = standardNormalValues(56, 2);
  expect(shiftOf(days(56, (day) => 310 + 8 * (noise[day] ?? 0)))?.p).toBeGreaterThan(0.05);
  const over = shiftOf(days(56, (day) => (day < 30 || day >= 52 ? 310 : 390) + 4 * (noise[day] ?? 0)));
  expect(over).toMatchObject({ at: FIRST + 30 * DAY, hasStayed: false });
});

test('days that hang on the one before are rarely taken for a shift', () => {
  const noises = standardNormalValues(200 * 56, 3);
  const found = Array.from({ length: 200 }, (_, run) => {
    let last = 0;
    return shiftOf(
      days(56, (day) => {
        last = 0.5 * last + (noises[run * 56 + day] ?? 0);
        return 310 + 10 * last;
      }),
    );
  });
  expect(found.filter((shift) => (shift?.p ?? 1) < 0.01).length).toBeLessThan(10);
});

test('less than three weeks are not judged', () => {
  expect(shiftOf(days(20, (day) => (day < 10 ? 1 : 100)))).toBeNull();
});
