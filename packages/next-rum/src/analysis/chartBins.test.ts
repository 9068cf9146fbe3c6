import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartBins } from './chartBins.js';
import { addToBin, addValue, emptyHistogram, histogramBin, valueOfRank } from './logHistogram.js';

function histogramOf(values: readonly number[]) {
  const histogram = emptyHistogram();
  for (const value of values) addValue(histogram, value, histogramBin(value));
  return histogram;
}

test('every value is in the bin between whose borders it lies, and there are no gaps', () => {
  const vitals = fc.array(
    fc.oneof(fc.nat(20_000), fc.constant(0), fc.double({ min: 0.001, max: 1, noNaN: true })),
    {
      maxLength: 300,
    },
  );
  fc.assert(
    fc.property(vitals, fc.integer({ min: 2, max: 80 }), (values, most) => {
      const bins = chartBins(histogramOf(values), most);
      expect(bins.length).toBeLessThanOrEqual(most);
      expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(values.length);
      for (const [place, { low, high, n }] of bins.entries()) {
        if (place > 0) expect(low).toBe(bins[place - 1]?.high);
        const within = values.filter(
          (value) => (value > low || (place === 0 && value === low)) && value <= high,
        );
        expect(within.length).toBe(n);
      }
    }),
  );
});

test('up to the 99th percentile bins are about equally wide, and one holds what is slower', () => {
  const values = Array.from({ length: 2000 }, (_, index) => 1000 + index);
  const bins = chartBins(histogramOf([...values, 60_000, 90_000]), 21);
  const last = bins.at(-1);
  expect(last?.high).toBeGreaterThanOrEqual(90_000);
  for (const { low, high } of bins.slice(0, -1)) expect(high - low).toBeLessThan(200);
});

test('of nothing there are none, and of zeros one', () => {
  expect(chartBins(emptyHistogram(), 10)).toEqual([]);
  expect(chartBins(histogramOf([0, 0]), 10)).toMatchObject([{ low: 0, n: 2 }]);
});

test('a value is known as it was as long as all are, and by its bin afterwards', () => {
  const histogram = histogramOf([30, 10, 20]);
  expect(valueOfRank(histogram, 2)).toEqual({ low: 20, high: 20, value: 20 });
  addToBin(histogram, histogramBin(40), 1);
  const { low = 0, high = 0, value = 0 } = valueOfRank(histogram, 2) ?? {};
  expect(low < 20 && 20 <= high && high < 1.0201 * low).toBe(true);
  expect(Math.abs(value - 20)).toBeLessThanOrEqual(0.2);
  expect(valueOfRank(histogram, 5)).toBeNull();
});
