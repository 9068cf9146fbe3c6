import { expect, test } from 'vitest';
import { betaBinomialTail } from './betaBinomial.js';

test('boys in families of 12 children in Saxony are as in the published fit', () => {
  // Lindsey and Altham 1998; fitted by moments: https://en.wikipedia.org/wiki/Beta-binomial_distribution#Example.
  const families = [2.3, 22.6, 104.8, 310.9, 655.7, 1036.2, 1257.9, 1182.1, 853.6, 461.9, 177.9, 43.8, 5.2];
  const fit = { trials: 12, a: 34.09558, b: 31.5715 };
  for (const [boys, expected] of families.entries()) {
    const share = betaBinomialTail(fit, boys) - betaBinomialTail(fit, boys + 1);
    expect(Math.abs(6115 * share - expected)).toBeLessThan(0.051);
  }
});

test('of a rate of which nothing is known every count is as likely', () => {
  for (let successes = 0; successes <= 20; successes += 1)
    expect(betaBinomialTail({ trials: 20, a: 1, b: 1 }, successes)).toBeCloseTo((21 - successes) / 21, 12);
});

/** In whole numbers, and so exactly. */
function exactTail(trials: number, a: number, b: number, successes: number): number {
  const rising = (from: number, by: number): bigint => {
    let product = 1n;
    for (let step = 0; step < by; step += 1) product *= BigInt(from + step);
    return product;
  };
  let choose = 1n;
  let sum = 0n;
  for (let count = 0; count <= trials; count += 1) {
    if (count >= successes) sum += choose * rising(a, count) * rising(b, trials - count);
    choose = (choose * BigInt(trials - count)) / BigInt(count + 1);
  }
  return Number((sum * 10n ** 30n) / rising(a + b, trials)) / 1e30;
}

test.each([
  [500, 20, 980, 30],
  [300, 50, 4950, 12],
  [300, 50, 4950, 2],
  [200, 1, 3, 190],
])('of %d trials at a rate of %d to %d, at least %d', (trials, a, b, successes) => {
  const exact = exactTail(trials, a, b, successes);
  expect(betaBinomialTail({ trials, a, b }, successes) / exact).toBeCloseTo(1, 11);
});

// Computed by SciPy 1.17 (betabinom.sf).
test.each([
  [{ trials: 10_000, a: 3, b: 997 }, 60, 0.07060279724479468],
  [{ trials: 40, a: 0.5, b: 7 }, 3, 0.3472067371790446],
])('%o reaches %d with probability %d', (distribution, successes, tail) => {
  expect(betaBinomialTail(distribution, successes) / tail).toBeCloseTo(1, 8);
});

test('a rate that is known for certain makes it binomial', () => {
  // 1 - 0.99^100
  expect(betaBinomialTail({ trials: 100, a: 1e10, b: 99e10 }, 1)).toBeCloseTo(1 - 0.99 ** 100, 9);
});

test('at least none is certain, and more than all impossible', () => {
  expect(betaBinomialTail({ trials: 5, a: 1, b: 9 }, 0)).toBe(1);
  expect(betaBinomialTail({ trials: 5, a: 1, b: 9 }, 6)).toBe(0);
  expect(betaBinomialTail({ trials: 0, a: 1, b: 9 }, 0)).toBe(1);
});
