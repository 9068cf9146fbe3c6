import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStateNumbers, takeNumbers, writeStateNumbers } from './stateNumbers.js';

test('every double comes back as it went in', () => {
  fc.assert(
    fc.property(fc.array(fc.double(), { maxLength: 3000 }), (numbers) => {
      const read = readStateNumbers(writeStateNumbers(numbers));
      expect(read.length).toBe(numbers.length);
      for (const [index, number] of numbers.entries()) expect(read[index]).toBe(number);
    }),
  );
});

test('the text is that of the bytes in base 64, on every machine', () => {
  expect(writeStateNumbers([1])).toBe('AAAAAAAA8D8=');
});

test.each([
  ['no base 64', 'ä'],
  ['cut off', 'AAAA'],
])('a text that is %s is refused', (_name, text) => {
  expect(() => readStateNumbers(text)).toThrow(RangeError);
});

test('no number is taken beyond the last', () => {
  const next = takeNumbers(Float64Array.of(7));
  expect(next()).toBe(7);
  expect(next).toThrow(RangeError);
});
