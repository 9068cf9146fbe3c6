import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numbersOf, writeNumbers } from './numberText.js';

test('numbers come back as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(100), fc.maxSafeNat())), (numbers) => {
      const next = numbersOf(writeNumbers(numbers));
      expect(numbers.map(() => next())).toEqual(numbers);
      expect(next()).toBe(0);
    }),
  );
});

test('numbers below 32 take one letter', () => {
  expect(writeNumbers([0, 1, 31])).toHaveLength(3);
  expect(writeNumbers([32])).toHaveLength(2);
});
