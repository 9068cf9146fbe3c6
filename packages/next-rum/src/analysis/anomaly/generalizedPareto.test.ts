import { expect, test } from 'vitest';
import { excessDecades, fitGeneralizedPareto, shrinkShape } from './generalizedPareto.js';

test.each([
  { shape: 0, scale: 1 },
  { shape: 0.4, scale: 2.5 },
  { shape: -0.25, scale: 30 },
])('the moments of a distribution give that distribution: %o', ({ shape, scale }) => {
  // Hosking and Wallis 1987, section 4, with k = -shape: α0 = σ / (1 + k), α1 = σ / (2 (2 + k)).
  const fit = fitGeneralizedPareto(scale / (1 - shape), scale / (2 * (2 - shape)));
  expect(fit?.shape).toBeCloseTo(shape, 12);
  expect(fit?.scale).toBeCloseTo(scale, 12);
});

test('excesses that are all 0 have no fit', () => {
  expect(fitGeneralizedPareto(0, 0)).toBeNull();
});

test('the improbability of an excess, in decades, is that of the formula', () => {
  // (1 + 0.5 · 2 / 1)^-2 = 1/4; (1 + 0.25 · 4 / 1)^-4 = 1/16; e^-(ln 1000).
  expect(excessDecades({ shape: 0.5, scale: 1 }, 2)).toBeCloseTo(Math.log10(4), 12);
  expect(excessDecades({ shape: 0.25, scale: 1 }, 4)).toBeCloseTo(Math.log10(16), 12);
  expect(excessDecades({ shape: 0, scale: 2 }, 2 * Math.log(1000))).toBeCloseTo(3, 12);
  expect(excessDecades({ shape: 1e-8, scale: 2 }, 2 * Math.log(1000))).toBeCloseTo(3, 6);
});

test('a shape counts as much as the excesses behind it, and the mean stays', () => {
  const shrunk = shrinkShape({ shape: 0.5, scale: 1 }, 2, 10, 10);
  expect(shrunk).toEqual({ shape: 0.25, scale: 1.5 });
  expect(shrunk.scale / (1 - shrunk.shape)).toBe(2);
  expect(shrinkShape({ shape: -3, scale: 8 }, 2, 10, 10)).toEqual({ shape: 0, scale: 2 });
  expect(shrinkShape({ shape: 5, scale: -8 }, 2, 1e9, 10).shape).toBe(0.9);
});
