import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentileInterval } from './percentileInterval.js';

/** Exactly: of `samples`, each below with probability `tenths` / 10, from `from` to `to` are below. */
function exactly(samples: number, hundredths: number, from: number, to: number): number {
  let choose = 1n;
  let sum = 0n;
  for (let below = 0; below <= samples; below += 1) {
    if (below >= from && below <= to)
      sum +=
        choose * BigInt(hundredths) ** BigInt(below) * BigInt(100 - hundredths) ** BigInt(samples - below);
    choose = (choose * BigInt(samples - below)) / BigInt(below + 1);
  }
  return Number((sum * 10n ** 15n) / 100n ** BigInt(samples)) / 1e15;
}

// The intervals of the median in tables of the sign test, such as Hollander and Wolfe, table A.2.
test.each([
  [10, 2, 9, 0.9785],
  [20, 6, 15, 0.9586],
])('of %d samples the median lies between the %d. and the %d.', (samples, lower, upper, coverage) => {
  const interval = percentileInterval(samples, 0.5);
  expect(interval).toMatchObject({ lower, upper });
  expect(interval?.coverage).toBeCloseTo(coverage, 4);
});

test('the 90th percentile of 100 samples is as narrow as in the example of Hahn and Meeker', () => {
  // They take the 85th to the 97th, 95.2 %; as many ranks one lower cover 95.6 %.
  expect(exactly(100, 90, 85, 96)).toBeCloseTo(0.9523, 4);
  const interval = percentileInterval(100, 0.9);
  expect((interval?.upper ?? 0) - (interval?.lower ?? 0)).toBe(97 - 85);
});

test('fewer than 11 samples have no 95 % interval of p75', () => {
  expect(percentileInterval(10, 0.75)).toBeNull();
  expect(percentileInterval(11, 0.75)).toMatchObject({ upper: 11 });
  expect(percentileInterval(1, 0.5)).toBeNull();
  expect(percentileInterval(0, 0.5)).toBeNull();
});

test('the coverage is what exact arithmetic says, and no narrower interval has as much as was asked for', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 120 }),
      fc.integer({ min: 5, max: 95 }),
      fc.constantFrom(0.8, 0.95, 0.99),
      (samples, hundredths, confidence) => {
        const interval = percentileInterval(samples, hundredths / 100, confidence);
        if (!interval) {
          expect(exactly(samples, hundredths, 1, samples - 1)).toBeLessThan(confidence);
          return;
        }
        const { lower, upper, coverage } = interval;
        expect(coverage).toBeGreaterThanOrEqual(confidence);
        expect(coverage).toBeCloseTo(exactly(samples, hundredths, lower, upper - 1), 9);
        for (let from = 1; from + (upper - lower) - 2 <= samples - 1; from += 1)
          expect(exactly(samples, hundredths, from, from + (upper - lower) - 2)).toBeLessThan(
            confidence + 1e-9,
          );
      },
    ),
    { numRuns: 60 },
  );
});

test('of a million samples it is as the normal distribution says', () => {
  const interval = percentileInterval(1e6, 0.75);
  const error = 1.959964 * Math.sqrt(0.75 * 0.25 * 1e6);
  expect(Math.abs((interval?.lower ?? 0) - (750_000 - error))).toBeLessThan(3);
  expect(Math.abs((interval?.upper ?? 0) - (750_000 + error))).toBeLessThan(3);
});
