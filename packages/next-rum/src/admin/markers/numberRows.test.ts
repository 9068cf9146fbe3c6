import { expect, test } from 'vitest';
import { numberRows, type PlacedNumber } from './numberRows.js';

const left = (number: number, x: number): PlacedNumber => ({ number, x, side: 'left' });
const right = (number: number, x: number): PlacedNumber => ({ number, x, side: 'right' });

test('numbers that are apart stand in the first row', () => {
  expect(numberRows([left(1, 40), right(2, 60), left(3, 200)])).toEqual([0, 0, 0]);
});

test('a number that would run into another stands below it', () => {
  expect(numberRows([left(1, 100), left(2, 103), left(3, 106)])).toEqual([0, 1, 2]);
  // The one to the right of its line, the other to the left.
  expect(numberRows([right(1, 100), left(2, 116)])).toEqual([1, 0]);
  expect(numberRows([left(9, 100), left(10, 111)])).toEqual([0, 1]);
});

test('a row is free again further on, whatever the order they are given in', () => {
  expect(numberRows([left(3, 150), left(1, 100), left(2, 103)])).toEqual([0, 0, 1]);
});

test('where there are too many in one place the last ones have none', () => {
  const rows = numberRows(Array.from({ length: 8 }, (_, index) => left(index + 1, 100)));
  expect(rows).toEqual([0, 1, 2, 3, 4, 5, null, null]);
});
