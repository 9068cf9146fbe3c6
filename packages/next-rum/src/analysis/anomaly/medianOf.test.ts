import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianOf } from './medianOf.js';

test('the median is that of the sorted numbers', () => {
  expect(medianOf(Float64Array.of(5, 1, 3))).toBe(3);
  expect(medianOf(Float64Array.of(5, 1, 4, 3))).toBe(3.5);
  expect(medianOf(Float64Array.of(9, 1, 2, 7), 3)).toBe(2);
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 31 }), (numbers) => {
      const sorted = [...numbers].sort((one, other) => one - other);
      const middle = (sorted.length - 1) / 2;
      const expected = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
      expect(medianOf(Float64Array.from(numbers))).toBe(expected);
    }),
  );
});

test('nothing has no median', () => {
  expect(medianOf(new Float64Array(0))).toBeNaN();
});
