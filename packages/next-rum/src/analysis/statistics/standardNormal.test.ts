import { expect, test } from 'vitest';
import { normalTail, normalUpperQuantile } from './standardNormal.js';

// Computed by SciPy 1.17 (norm.sf, norm.isf), which uses other methods.
test.each([
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1.959963984540054, 0.025],
  [2.3, 0.010724110021675809],
  [3.5, 0.00023262907903552502],
  [8, 6.22096057427174e-16],
])('beyond %d lies %d', (x, tail) => {
  expect(normalTail(x) / tail).toBeCloseTo(1, 11);
  expect(normalTail(-x)).toBeCloseTo(1 - tail, 14);
});

test.each([
  [1e-10, 6.361340902404056],
  [0.025, 1.959963984540054],
  [0.25, 0.6744897501960817],
  [0.7, -0.5244005127080409],
  [0.5, 0],
])('with probability %d it is more than %d', (tail, x) => {
  expect(normalUpperQuantile(tail)).toBeCloseTo(x, 10);
});

test.each([0.1, 1, 1.96, 2.99, 3.01, 5])('beyond %d lies what is under the curve', (x) => {
  // Simpson's rule, to where nothing is left.
  const [steps, end] = [20_000, x + 12];
  const width = (end - x) / steps;
  let sum = 0;
  for (let step = 0; step <= steps; step += 1) {
    const weight = step === 0 || step === steps ? 1 : step % 2 === 0 ? 2 : 4;
    sum += weight * Math.exp(-((x + step * width) ** 2) / 2);
  }
  const area = (sum * width) / 3 / Math.sqrt(2 * Math.PI);
  expect(normalTail(x) / area).toBeCloseTo(1, 11);
  expect(normalUpperQuantile(area)).toBeCloseTo(x, 9);
});
