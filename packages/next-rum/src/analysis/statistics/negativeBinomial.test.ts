import { expect, test } from 'vitest';
import { negativeBinomialLowerTail, negativeBinomialTail } from './negativeBinomial.js';

test('mites on the leaves of apple trees are as in the paper of Bliss and Fisher', () => {
  const leaves = [69.49, 37.6, 20.1, 10.7, 5.69, 3.02, 1.6, 0.85];
  const fit = { mean: 1.1467, dispersion: 1.02459 };
  for (const [mites, expected] of leaves.entries()) {
    const share = negativeBinomialTail(fit, mites) - negativeBinomialTail(fit, mites + 1);
    expect(Math.abs(150 * share - expected)).toBeLessThan(0.006);
  }
  expect(150 * negativeBinomialTail(fit, 8)).toBeCloseTo(0.95, 1);
});

test('with a dispersion of 1 it is geometric', () => {
  for (const count of [0, 1, 5, 40])
    expect(negativeBinomialTail({ mean: 4, dispersion: 1 }, count)).toBeCloseTo(0.8 ** count, 12);
});

// Computed by SciPy 1.17 (nbinom.sf, nbinom.cdf, poisson.sf).
test('tails, however far out', () => {
  expect(negativeBinomialTail({ mean: 10, dispersion: 5 }, 30) / 0.003919433658214029).toBeCloseTo(1, 9);
  expect(negativeBinomialLowerTail({ mean: 40, dispersion: 12.5 }, 0) / 1.619510880172112e-8).toBeCloseTo(
    1,
    9,
  );
  expect(negativeBinomialLowerTail({ mean: 2000, dispersion: 50 }, 1200) / 0.0006217684576153175).toBeCloseTo(
    1,
    9,
  );
  expect(
    negativeBinomialTail({ mean: 8, dispersion: Number.POSITIVE_INFINITY }, 20) / 0.0002529394020919561,
  ).toBeCloseTo(1, 9);
});

test('the two tails are 1 together', () => {
  for (const dispersion of [0.3, 7, 1e9])
    for (const count of [0, 3, 9, 10, 11, 30])
      expect(
        negativeBinomialLowerTail({ mean: 10, dispersion }, count) +
          negativeBinomialTail({ mean: 10, dispersion }, count + 1),
      ).toBeCloseTo(1, 12);
});

test('at least none is certain, fewer than none impossible', () => {
  expect(negativeBinomialTail({ mean: 3, dispersion: 2 }, 0)).toBe(1);
  expect(negativeBinomialLowerTail({ mean: 3, dispersion: 2 }, -1)).toBe(0);
});

test('what is too far out for numbers is 0, and bad input is refused', () => {
  expect(negativeBinomialTail({ mean: 1, dispersion: Number.POSITIVE_INFINITY }, 200)).toBe(0);
  expect(negativeBinomialTail({ mean: 10, dispersion: 5 }, 5000)).toBe(0);
  for (const [mean, dispersion, count] of [
    [0, 5, 3],
    [Number.NaN, 5, 3],
    [Number.POSITIVE_INFINITY, 5, 3],
    [3, 0, 3],
    [3, Number.NaN, 3],
    [3, 5, Number.NaN],
    [3, 5, Number.POSITIVE_INFINITY],
  ] as const) {
    expect(() => negativeBinomialTail({ mean, dispersion }, count)).toThrow(RangeError);
    expect(() => negativeBinomialLowerTail({ mean, dispersion }, count)).toThrow(RangeError);
  }
});

/** In whole numbers, and so exactly: of a dispersion r and a mean m the share r / (r + m) of trials ends it. */
function exactLowerTail(mean: number, dispersion: number, count: number): number {
  const [ends, goesOn] = [BigInt(dispersion), BigInt(mean)];
  const all = ends + goesOn;
  let [choose, sum] = [1n, 0n];
  for (let seen = 0; seen <= count; seen += 1) {
    sum += choose * goesOn ** BigInt(seen) * all ** BigInt(count - seen);
    choose = (choose * BigInt(seen + dispersion)) / BigInt(seen + 1);
  }
  const [part, whole] = [sum * ends ** ends, all ** BigInt(count + dispersion)];
  return Number((part * 10n ** 60n) / whole) / 1e60;
}

test.each([
  [40, 12, 0],
  [40, 50, 17],
  [400, 50, 200],
  [11, 3, 2],
  [2000, 50, 1200],
])('of a mean of %d with a dispersion of %d, at most %d and more than that', (mean, dispersion, count) => {
  const exact = exactLowerTail(mean, dispersion, count);
  expect(negativeBinomialLowerTail({ mean, dispersion }, count) / exact).toBeCloseTo(1, 10);
  expect(negativeBinomialTail({ mean, dispersion }, count + 1)).toBeCloseTo(1 - exact, 12);
});

test('without more scatter than chance it is what Poisson terms add up to', () => {
  for (const [mean, count] of [
    [8, 20],
    [30, 12],
    [100, 60],
  ] as const) {
    // Over a common denominator: count! / e^mean.
    let [term, sum] = [1n, 0n];
    for (let seen: number = count; seen >= 0; seen -= 1) {
      sum += term * BigInt(mean) ** BigInt(seen);
      term *= BigInt(Math.max(1, seen));
    }
    const exact = (Number((sum * 10n ** 30n) / term) / 1e30) * Math.exp(-mean);
    const poisson = { mean, dispersion: Number.POSITIVE_INFINITY };
    expect(negativeBinomialLowerTail(poisson, count) / exact).toBeCloseTo(1, 10);
  }
});
