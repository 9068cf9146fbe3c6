import { expect, test } from 'vitest';
import { type Direction, movedTo, movePanel, rowsOf } from './arrange.js';

const board = (...widths: readonly (1 | 2 | 3)[]) =>
  widths.map((width, index) => ({ id: 'abcdefgh'[index] ?? '', width }));

test('panels fill rows of three columns, and none is cut in two', () => {
  expect(rowsOf(board(1, 2, 3, 1, 1, 2))).toEqual([[0, 1], [2], [3, 4], [5]]);
  expect(rowsOf([])).toEqual([]);
});

test.each<[string, Direction, string]>([
  ['a', 'left', 'abcdef'],
  ['a', 'right', 'bacdef'],
  ['f', 'right', 'abcdef'],
  ['c', 'up', 'cabdef'],
  ['b', 'up', 'abcdef'],
  ['b', 'down', 'acbdef'],
  ['e', 'up', 'abecdf'],
  ['f', 'up', 'abcfde'],
  ['f', 'down', 'abcdef'],
  ['z', 'left', 'abcdef'],
  ['z', 'up', 'abcdef'],
])('%s moved %s', (id, direction, order) => {
  // Rows: ab, c, de, f.
  const moved = movePanel(board(1, 2, 3, 1, 1, 2), id, direction);
  expect(moved.map((panel) => panel.id).join('')).toBe(order);
});

test('a panel can be put anywhere', () => {
  expect(movedTo(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(movedTo(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
});
