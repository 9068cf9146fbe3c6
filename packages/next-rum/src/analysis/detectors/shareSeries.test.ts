import { expect, test } from 'vitest';
import { takeNumbers } from '../anomaly/stateNumbers.js';
import { betaBinomialTail } from '../statistics/betaBinomial.js';
import { createShareSeries, type ShareSample } from './shareSeries.js';

const HOUR = 3_600_000;
const LIMITS = { lift: 1.2, fewest: 10 };

function sample(hour: number, n: number, count: number): ShareSample {
  return { t: hour * HOUR, until: (hour + 1) * HOUR, n, count, share: 0.25, known: 5000 };
}

test('less than 100 samples are not judged, until there are as many together', () => {
  const series = createShareSeries(LIMITS);
  expect(series.push(sample(0, 60, 60), 0)).toBeNull();
  expect(series.push(sample(1, 39, 39), 0)).toBeNull();
  expect(series.push(sample(2, 1, 0), 0)).toMatchObject({ since: 0, n: 100, count: 99, expected: 25 });
});

test('what is usual is no news', () => {
  const series = createShareSeries(LIMITS);
  for (let hour = 0; hour < 50; hour += 1)
    expect(series.push(sample(hour, 200, 50 + (hour % 3) * 4 - 4), 0.001)?.p).toBe(1);
  expect(series.calm()).toBe(50);
});

test('the second high bucket is, with the probability of the beta-binomial distribution', () => {
  const series = createShareSeries(LIMITS);
  // Before anything was seen, the prior alone says how much shares vary.
  expect(series.push(sample(0, 400, 136), 0.001)?.p).toBe(1);
  const dispersion = series.dispersion.value(0.001);
  const verdict = series.push(sample(1, 400, 136), 0.001);
  const size = 1 / (dispersion + 1 / 5002) - 1;
  const tail = betaBinomialTail({ trials: 800, a: 0.25 * size, b: 0.75 * size }, 272);
  expect(verdict).toMatchObject({ since: 0, n: 800, count: 272, expected: 200 });
  expect((verdict?.p ?? 0) / (3 * tail)).toBeCloseTo(1, 12);
});

test('of several buckets it is told when the first one ended', () => {
  const series = createShareSeries(LIMITS);
  series.push(sample(0, 400, 100), 0.001);
  // Two hours are put together.
  series.push(sample(1, 60, 30), 0.001);
  expect(series.push(sample(2, 60, 30), 0.001)).toMatchObject({ since: HOUR, begunBy: 3 * HOUR });
  expect(series.push(sample(3, 400, 200), 0.001)).toMatchObject({ since: HOUR, begunBy: 3 * HOUR, n: 520 });
});

test('a single one is only where it cannot be chance', () => {
  const series = createShareSeries(LIMITS);
  expect(series.push(sample(0, 400, 140), 0)?.p).toBe(1);
  expect(createShareSeries(LIMITS).push(sample(0, 4000, 2800), 0)?.p).toBeLessThan(1e-7);
});

test('a difference that is sure but small does not matter', () => {
  const series = createShareSeries(LIMITS);
  series.push(sample(0, 1e6, 280_000), 0);
  expect(series.push(sample(1, 1e6, 280_000), 0)?.p).toBe(1);
});

test('that it is over takes buckets that are each as usual', () => {
  const series = createShareSeries(LIMITS);
  for (let hour = 0; hour < 3; hour += 1) series.push(sample(hour, 400, 200), 0.001);
  expect(series.isHot(3 * HOUR)).toBe(true);
  expect(series.isHot(80 * HOUR)).toBe(false);
  expect(series.calm()).toBe(0);
  for (let hour = 3; hour < 6; hour += 1) series.push(sample(hour, 400, 100), 0.001);
  expect(series.calm()).toBe(3);
});

test('what was forgotten is not judged together with what comes', () => {
  const series = createShareSeries(LIMITS);
  series.push(sample(0, 400, 200), 0.001);
  series.forget();
  expect(series.push(sample(1, 400, 110), 0.001)).toMatchObject({ n: 400, p: 1 });
});

test('a restart changes nothing', () => {
  const series = createShareSeries(LIMITS);
  for (let hour = 0; hour < 9; hour += 1) series.push(sample(hour, 70 + hour, 20 + hour), 0.001);
  const into: number[] = [];
  series.save(into);
  const again = createShareSeries(LIMITS, takeNumbers(Float64Array.from(into)));
  for (let hour = 9; hour < 20; hour += 1)
    expect(again.push(sample(hour, 90, 40), 0.001)).toEqual(series.push(sample(hour, 90, 40), 0.001));
});
