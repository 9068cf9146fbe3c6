import { expect, test } from 'vitest';
import { standardNormalValues } from '../../testing/standardNormalValues.js';
import { type Trend, trendOf } from './trendOf.js';

const DAY = 86_400_000;
const MONDAY = Date.parse('2026-03-02T12:00:00Z');

function days(count: number, valueAt: (day: number) => number) {
  return Array.from({ length: count }, (_, day) => ({ t: MONDAY + day * DAY, value: valueAt(day) }));
}

const weekday = (day: number): number => [0, 10, 20, 5, 0, 300, 400][day % 7] ?? 0;
const noise = (day: number): number => {
  const x = Math.sin(day * 12.9898) * 43_758.5453;
  return x - Math.floor(x) - 0.5;
};

test('a rise is found beneath weekends that are ten times as large', () => {
  const trend = trendOf(days(42, (day) => 1000 + 5 * day + weekday(day)));
  expect(trend?.line.slope).toBeCloseTo(5, 10);
  expect(trend?.verdict).toBe('rising');
  expect(trendOf(days(42, (day) => 1000 - 5 * day + weekday(day)))?.verdict).toBe('falling');
});

test('weekends alone are no trend, nor is noise', () => {
  expect(trendOf(days(31, weekday))?.verdict).toBe('no significant trend');
  expect(trendOf(days(56, (day) => 1000 + 50 * noise(day) + weekday(day)))?.verdict).toBe(
    'no significant trend',
  );
});

test('an outage of a day carries nothing away', () => {
  const trend = trendOf(days(42, (day) => (day === 40 ? 1e6 : 1000 + 5 * day + weekday(day) + noise(day))));
  expect(trend?.line.slope).toBeCloseTo(5, 0);
});

test('days are those of the time zone, and less than two weeks are not judged', () => {
  const late = days(28, (day) => 1000 + 3 * day + weekday(day));
  expect(trendOf(late, 'Pacific/Auckland')?.line.slope).toBeCloseTo(3, 10);
  expect(trendOf(days(13, (day) => day))).toBeNull();
  expect(() => trendOf(late, 'Nowhere/At_All')).toThrow(RangeError);
});

test('days that hang on the one before make it less sure', () => {
  const noises = standardNormalValues(4000, 7);
  const walks = Array.from({ length: 60 }, (_, run) => {
    let last = 0;
    return days(56, (day) => {
      last = 0.6 * last + (noises[run * 56 + day] ?? 0);
      return last;
    });
  });
  const trends = walks.map((walk) => trendOf(walk));
  const share = (isSure: (trend: Trend | null) => boolean): number =>
    trends.filter(isSure).length / trends.length;
  // Nothing rises: of a test at 5 % one in twenty may say so.
  expect(share((trend) => (trend?.test.p ?? 1) < 0.05)).toBeGreaterThan(0.2);
  expect(share((trend) => (trend?.p ?? 1) < 0.05)).toBeLessThan(0.15);
  expect(share((trend) => trend?.verdict !== 'no significant trend')).toBeLessThan(0.15);
});
