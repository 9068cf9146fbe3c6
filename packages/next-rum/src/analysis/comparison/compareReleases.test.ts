import { expect, test } from 'vitest';
import { addToBin, addValue, emptyHistogram, histogramBin, type LogHistogram } from '../logHistogram.js';
import { compareReleases, type ReleaseBucket } from './compareReleases.js';
import { percentileEstimate } from './percentileEstimate.js';

const HOUR = 3_600_000;

/** As many values, evenly from half of the middle to twice it. */
function around(middle: number, count: number): LogHistogram {
  const histogram = emptyHistogram();
  for (let index = 0; index < count; index += 1) {
    const value = middle * 2 ** ((2 * (index + 0.5)) / count - 1);
    addValue(histogram, value, histogramBin(value));
  }
  return histogram;
}

function hours(
  middles: readonly (readonly [before: number, beforeN: number, after: number, afterN: number])[],
) {
  return middles.map(
    ([before, beforeN, after, afterN], hour): ReleaseBucket => ({
      t: hour * HOUR,
      before: around(before, beforeN),
      after: around(after, afterN),
    }),
  );
}

test('the interval of p75 is that of the order statistics', () => {
  const histogram = emptyHistogram();
  for (let value = 1; value <= 100; value += 1) addValue(histogram, value, histogramBin(value));
  // Of 100 samples the 66th to the 84th: Conover, Practical Nonparametric Statistics.
  const estimate = percentileEstimate(histogram, 0.75);
  expect(estimate?.value).toBe(75);
  expect(estimate?.low).toBeGreaterThanOrEqual(66);
  expect(estimate?.low).toBeLessThanOrEqual(67);
  expect(estimate?.high).toBeGreaterThanOrEqual(83);
  expect(estimate?.high).toBeLessThanOrEqual(85);
  expect(percentileEstimate(around(1, 10), 0.75)).toBeNull();
});

test('of bins only, the interval is wider, never narrower', () => {
  const exact = around(2000, 900);
  const bins = emptyHistogram();
  for (let index = 0; index < 900; index += 1)
    addToBin(bins, histogramBin(2000 * 2 ** ((2 * (index + 0.5)) / 900 - 1)), 1);
  const [one, other] = [percentileEstimate(exact, 0.75), percentileEstimate(bins, 0.75)];
  expect(other?.low).toBeLessThanOrEqual(one?.low ?? 0);
  expect(other?.high).toBeGreaterThanOrEqual(one?.high ?? 0);
});

test('a release that is a third slower is, at the same time and after', () => {
  const { concurrent, beforeAfter } = compareReleases(
    hours([
      [2000, 300, 2600, 0],
      [2000, 200, 2600, 150],
      [2000, 100, 2600, 250],
      [2000, 0, 2600, 300],
    ]),
  );
  expect(concurrent).toMatchObject({ verdict: 'slower', before: { n: 300 }, after: { n: 400 } });
  expect(beforeAfter).toMatchObject({ verdict: 'slower', before: { n: 600 }, after: { n: 700 } });
  for (const { ratio } of [concurrent, beforeAfter]) {
    expect(ratio?.value).toBeCloseTo(1.3, 1);
    expect(ratio?.low).toBeGreaterThan(1.1);
    expect(ratio?.high).toBeLessThan(1.6);
  }
  expect(concurrent.odds?.low).toBeGreaterThan(1);
});

test('what the hour made slow is not the release', () => {
  const { concurrent, beforeAfter } = compareReleases(
    hours([
      [1500, 900, 1500, 100],
      [3000, 100, 3000, 900],
    ]),
  );
  expect(beforeAfter.verdict).toBe('slower');
  expect(concurrent.verdict).toBe('no significant change');
  expect(concurrent.odds?.ratio).toBeCloseTo(1, 1);
});

test('faster is told too, and of few views nothing', () => {
  expect(compareReleases(hours([[2600, 400, 2000, 400]])).concurrent.verdict).toBe('faster');
  expect(compareReleases(hours([[2000, 99, 4000, 400]])).concurrent.verdict).toBe('too few views');
  expect(compareReleases([])).toMatchObject({
    concurrent: { verdict: 'too few views', odds: null, difference: null },
  });
});
