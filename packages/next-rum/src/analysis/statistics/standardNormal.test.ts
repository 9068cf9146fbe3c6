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
