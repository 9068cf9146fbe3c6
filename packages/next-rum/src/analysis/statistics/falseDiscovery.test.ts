import fc from 'fast-check';
import { expect, test } from 'vitest';
import { adjustForFalseDiscovery } from './falseDiscovery.js';

test('the example of Benjamini and Hochberg: of 15 hypotheses four are rejected', () => {
  const pValues = [
    ...[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
    ...[0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1],
  ];
  const adjusted = adjustForFalseDiscovery(pValues);
  expect(adjusted.map((p) => p <= 0.05)).toEqual(pValues.map((_, index) => index < 4));
  expect(adjusted[0]).toBeCloseTo(0.0015, 12);
  expect(adjusted[3]).toBeCloseTo(0.035625, 12);
  // 0.0344 · 15 / 8 is less than 0.0278 · 15 / 6 and 0.0298 · 15 / 7.
  expect(adjusted[5]).toBeCloseTo(0.0638571428, 9);
});

test('what is kept is what the step-up rule of the paper keeps, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (pValues) => {
      const sorted = [...pValues].sort((one, other) => one - other);
      const last = sorted.findLastIndex((p, index) => p <= ((index + 1) / sorted.length) * 0.1);
      const kept = adjustForFalseDiscovery(pValues).filter((p) => p <= 0.1 + 1e-15).length;
      const expected = last < 0 ? 0 : sorted.filter((p) => p <= (sorted[last] ?? 0)).length;
      expect(kept).toBe(expected);
    }),
  );
});

test('a single test is as it was, and none is none', () => {
  expect(adjustForFalseDiscovery([0.03])).toEqual([0.03]);
  expect(adjustForFalseDiscovery([])).toEqual([]);
});
