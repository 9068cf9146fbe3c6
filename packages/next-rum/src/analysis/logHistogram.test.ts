import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addHistogram,
  addToBin,
  addValue,
  addWrittenHistogram,
  copyHistogram,
  countAbove,
  emptyHistogram,
  HISTOGRAM_ERROR,
  histogramBin,
  histogramCount,
  histogramPercentile,
  type LogHistogram,
  writeHistogram,
} from './logHistogram.js';
import { type NumberSource, numbersOf, writeNumbers } from './numberText.js';

const SHARES = [0.5, 0.75, 0.9, 0.95, 0.99];

/** What browsers report: milliseconds of any size, scores far below 1, many zeros, many equal. */
const vitals = fc.array(
  fc.oneof(
    fc.double({ min: 1e-6, max: 1e7, noNaN: true }),
    fc.double({ min: 1e-6, max: 1, noNaN: true }),
    fc.nat(10_000),
    fc.constantFrom(0, 0.1, 200, 2500),
    fc.integer({ min: -18, max: 36 }).map((power) => 2 ** power),
  ),
  { minLength: 1, maxLength: 400 },
);

test('percentiles are within 1 % of the exact ones', () => {
  fc.assert(
    fc.property(vitals, (values) => {
      const histogram = histogramOf(values);
      for (const share of SHARES) {
        const exact = exactPercentile(values, share);
        expect(Math.abs((histogramPercentile(histogram, share) ?? Number.NaN) - exact)).toBeLessThanOrEqual(
          HISTOGRAM_ERROR * exact,
        );
      }
    }),
    { numRuns: 1000 },
  );
});

test('percentiles of a large, skewed sample are within 1 % of the exact ones', () => {
  let state = 1;
  const values = Array.from({ length: 50_000 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.exp(7 + 1.5 * Math.log(state / 2_147_483_647));
  });
  const histogram = histogramOf(values);

  for (let percent = 50; percent <= 99; percent += 1) {
    const exact = exactPercentile(values, percent / 100);
    const error = Math.abs((histogramPercentile(histogram, percent / 100) ?? 0) - exact) / exact;
    expect(error).toBeLessThanOrEqual(HISTOGRAM_ERROR);
  }
});

test('parts added in any order are the histogram of the whole', () => {
  fc.assert(
    fc.property(fc.array(vitals, { maxLength: 6 }), (parts) => {
      const whole = histogramOf(parts.flat());
      const [forth, back] = [emptyHistogram(), emptyHistogram()];
      for (const part of parts) addHistogram(forth, histogramOf(part));
      for (const part of [...parts].reverse()) {
        addWrittenHistogram(back, sourceOf(writeHistogram(histogramOf(part))));
      }
      expect(writeHistogram(forth)).toEqual(writeHistogram(whole));
      expect(writeHistogram(back)).toEqual(writeHistogram(whole));
    }),
  );
});

test('a histogram comes back as it was written, and what follows it is left', () => {
  fc.assert(
    fc.property(vitals, (values) => {
      const histogram = histogramOf(values);
      const next = sourceOf([...writeHistogram(histogram), 7]);
      const read = emptyHistogram();
      addWrittenHistogram(read, next);
      expect(next()).toBe(7);
      expect(writeHistogram(read)).toEqual(writeHistogram(histogram));
    }),
  );
});

test('what was added can be taken away again', () => {
  fc.assert(
    fc.property(vitals, vitals, (stays, goes) => {
      const histogram = histogramOf([...stays, ...goes]);
      addWrittenHistogram(histogram, sourceOf(writeHistogram(histogramOf(goes))), -1);
      expect(writeHistogram(histogram)).toEqual(writeHistogram(histogramOf(stays)));
    }),
  );
});

test('a copy is the same and stands alone', () => {
  const histogram = histogramOf([0, 5, 5, 900]);
  const copy = copyHistogram(histogram);
  addToBin(copy, histogramBin(5), 1);
  expect(writeHistogram(histogram)).toEqual(writeHistogram(histogramOf([0, 5, 5, 900])));
  expect(writeHistogram(copy)).toEqual(writeHistogram(histogramOf([0, 5, 5, 5, 900])));
});

test('an empty histogram has no percentiles, and extremes have their place', () => {
  expect(histogramPercentile(emptyHistogram(), 0.75)).toBeNull();
  expect(histogramPercentile(histogramOf([0, 0, 0, 5]), 0.75)).toBe(0);
  expect(histogramPercentile(histogramOf([1e300]), 0.5)).toBeCloseTo(1e12, -11);
});

function histogramOf(values: readonly number[]): LogHistogram {
  const histogram = emptyHistogram();
  for (const value of values) addToBin(histogram, histogramBin(value), 1);
  return histogram;
}

function sourceOf(numbers: readonly number[]): NumberSource {
  return numbersOf(writeNumbers(numbers));
}

function exactPercentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9 * sorted.length) - 1)] ?? Number.NaN;
}

test('values in higher bins than one are counted', () => {
  const histogram = emptyHistogram();
  for (const value of [0, 0, 100, 200, 300]) addValue(histogram, value, histogramBin(value));
  expect(countAbove(histogram, -1)).toBe(5);
  expect(countAbove(histogram, 0)).toBe(3);
  expect(countAbove(histogram, histogramBin(200))).toBe(1);
  expect(countAbove(histogram, histogramBin(9000))).toBe(0);
  expect(countAbove(emptyHistogram(), 0)).toBe(0);
});

test('with a weight it counts for as much', () => {
  const sum = emptyHistogram();
  const histogram = emptyHistogram();
  for (const value of [0, 100, 200]) addValue(histogram, value, histogramBin(value));
  addHistogram(sum, histogram, 2.5);
  expect(histogramCount(sum)).toBe(7.5);
  expect(countAbove(sum, histogramBin(100))).toBe(2.5);
});
