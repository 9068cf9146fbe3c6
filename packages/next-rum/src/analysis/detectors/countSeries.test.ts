import { expect, test } from 'vitest';
import { takeNumbers } from '../anomaly/stateNumbers.js';
import { createWallClock } from '../anomaly/wallClock.js';
import { type CountSeries, createCountSeries } from './countSeries.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = Date.parse('2026-03-02T00:00:00Z');

/** Busy by day, quiet by night; noise that is the same each time. */
function viewsAt(t: number, level: number): number {
  const x = Math.sin((t / HOUR) * 12.9898) * 43_758.5453;
  const hour = Math.floor(t / HOUR) % 24;
  return Math.round(
    level * (1 + 0.8 * Math.sin(((hour - 8) / 24) * 2 * Math.PI)) * (1 + 0.2 * (x - Math.floor(x) - 0.5)),
  );
}

function fill(series: CountSeries, days: number, level: number) {
  return Array.from({ length: 24 * days }, (_, hour) => {
    const t = MONDAY + hour * HOUR;
    return series.push(t, HOUR, viewsAt(t, level), true);
  });
}

test('nights are no drops, and nothing is said in the first week', () => {
  const series = createCountSeries(createWallClock('UTC'));
  const verdicts = fill(series, 28, 500);
  expect(verdicts.filter(({ p }) => p < 1e-3)).toEqual([]);
  expect(verdicts.some(({ isSilent }) => isSilent)).toBe(false);
});

test('half of the views missing is seen at once', () => {
  const series = createCountSeries(createWallClock('UTC'));
  fill(series, 28, 500);
  const t = MONDAY + 28 * DAY;
  const verdict = series.push(t, HOUR, Math.round(viewsAt(t, 500) * 0.4), true);
  expect(verdict.p).toBeLessThan(1e-4);
  expect(verdict.count / verdict.expected).toBeLessThan(0.5);
});

test('silence is told by what was expected since, as soon as chance is below 1e-5', () => {
  const series = createCountSeries(createWallClock('UTC'));
  fill(series, 28, 5);
  const verdicts = Array.from({ length: 24 }, (_, hour) =>
    series.push(MONDAY + 28 * DAY + hour * HOUR, HOUR, 0, true),
  );
  const first = verdicts.find(({ isSilent }) => isSilent);
  expect(first?.since).toBe(MONDAY + 28 * DAY);
  // With a known mean it takes ln(1e5) = 11.5 expected views; the crowd varies, so more.
  expect(first?.expected).toBeGreaterThan(Math.log(1e5));
  expect(first?.expected).toBeLessThan(20);
  expect(first?.p).toBeLessThan(1e-5);
  const before = verdicts[verdicts.findIndex(({ isSilent }) => isSilent) - 1];
  expect(before?.isSilent).toBe(false);
});

test('a site that never had a view is not silent', () => {
  const series = createCountSeries(createWallClock('UTC'));
  for (let hour = 0; hour < 24 * 14; hour += 1)
    expect(series.push(MONDAY + hour * HOUR, HOUR, 0, true).isSilent).toBe(false);
});

test('a restart changes nothing', () => {
  const series = createCountSeries(createWallClock('Europe/Berlin'));
  fill(series, 12, 40);
  const into: number[] = [];
  series.save(into);
  const again = createCountSeries(createWallClock('Europe/Berlin'), takeNumbers(Float64Array.from(into)));
  for (let hour = 0; hour < 48; hour += 1) {
    const t = MONDAY + 12 * DAY + hour * HOUR;
    const count = hour < 20 ? viewsAt(t, 40) : 0;
    expect(again.push(t, HOUR, count, true)).toEqual(series.push(t, HOUR, count, true));
  }
});

test('a drop has three times the probability that negative binomial counts have of so few', () => {
  const series = createCountSeries(createWallClock('UTC'));
  fill(series, 28, 500);
  const t = MONDAY + 28 * DAY;
  const { expected = 0, high = 0 } = series.measure(t, HOUR) ?? {};
  // Of the variance `mean + mean² · varies`, whose root 1.96 times is the band.
  const varies = (((high - expected) / 1.96) ** 2 / expected - 1) / expected;
  const count = Math.round(expected * 0.6);
  const { p, count: seen } = series.push(t, HOUR, count, true);
  expect(seen).toBe(count);
  // Term by term, from none on.
  let term = (1 + varies * expected) ** (-1 / varies);
  let sum = 0;
  for (let each = 0; each <= count; each += 1) {
    sum += term;
    term *= ((1 / varies + each) / (each + 1)) * ((varies * expected) / (1 + varies * expected));
  }
  expect(p / (3 * sum)).toBeCloseTo(1, 8);
});
