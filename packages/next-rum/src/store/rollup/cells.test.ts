import { expect, test } from 'vitest';
import { OTHER } from '../filters.js';
import { addRow, type Cells, cellOf, MAX_VALUES, type RollupRow, toRollupRows } from './cells.js';
import { countView } from './countView.js';

const bucket = { app: 'shop', grain: 'hour', bucket: 0 } as const;

test('a flood of routes becomes one row, the most frequent keep theirs, and the sum stays', () => {
  const cells: Cells = new Map();
  for (let index = 0; index < 5000; index += 1) visit(cells, `/made-up/${index}`, 100);
  for (let index = 0; index < 3; index += 1) visit(cells, '/real', 200);
  visit(cells, OTHER, 100);

  const all = toRollupRows(cells, bucket);
  const rows = all.filter(({ dimension }) => dimension === 'route');

  expect(rows.length).toBe(MAX_VALUES + 1);
  expect(rows.find(({ value }) => value === '/real')?.n).toBe(3);
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(5004);
  const again: Cells = new Map();
  addRows(again, rows);
  expect(cellOf(again, 'route', OTHER).vitals?.lcp.n).toBe(5004 - 3 - (MAX_VALUES - 1));
  // The one that was called so already is not among those that are counted together.
  expect(all.filter(({ dimension }) => dimension === 'folded')).toMatchObject([
    { value: 'route', n: 5000 - (MAX_VALUES - 1) },
  ]);
});

test('a thousand values are told apart beside those that are called (other) already, and what is made of parts remembers theirs', () => {
  const cells: Cells = new Map();
  for (let index = 0; index < MAX_VALUES; index += 1) visit(cells, `/${index}`, 100);
  visit(cells, OTHER, 100);
  expect(toRollupRows(cells, bucket).some(({ dimension }) => dimension === 'folded')).toBe(false);

  cellOf(cells, 'folded', 'route').n = 7;
  visit(cells, '/more', 100);
  expect(toRollupRows(cells, bucket).filter(({ dimension }) => dimension === 'folded')).toMatchObject([
    { value: 'route', n: 8 },
  ]);
});

test('rows of parts added up are the rows of the whole', () => {
  const [first, second, whole]: [Cells, Cells, Cells] = [new Map(), new Map(), new Map()];
  for (let index = 0; index < 500; index += 1) {
    visit(index % 3 === 0 ? first : second, `/${index % 7}`, index ** 2);
    visit(whole, `/${index % 7}`, index ** 2);
  }
  const joined: Cells = new Map();
  addRows(joined, toRollupRows(second, bucket));
  addRows(joined, toRollupRows(first, bucket));

  expect(inOrder(toRollupRows(joined, bucket))).toEqual(inOrder(toRollupRows(whole, bucket)));
});

test('ratings are those of the raw values, not of bins', () => {
  const cells: Cells = new Map();
  visit(cells, '/', 2500, 0);
  visit(cells, '/', 2500.0000001, 1);
  visit(cells, '/', 4000.0000001, 2);

  expect(cellOf(cells, 'all', '').vitals?.lcp).toMatchObject({ n: 3, good: 1, poor: 1 });
});

test('a value that would not fit into the key is cut', () => {
  const cells: Cells = new Map();
  visit(cells, `/${'a'.repeat(600)}1`, 1);
  visit(cells, `/${'a'.repeat(600)}2`, 1);

  expect(toRollupRows(cells, bucket).filter(({ dimension }) => dimension === 'route')).toMatchObject([
    { value: `/${'a'.repeat(511)}`, n: 2 },
  ]);
});

function visit(cells: Cells, route: string, lcp: number, ratings = 0): void {
  const values = [route, null, null, null, 'desktop', null, null, null, null, null];
  countView(cells, {
    visitor: route,
    sample: false,
    values,
    vitals: [lcp, null, null, null, null],
    ratings,
  });
}

function addRows(cells: Cells, rows: readonly RollupRow[]): void {
  for (const { dimension, value, n, sketch } of rows) addRow(cellOf(cells, dimension, value), n, sketch);
}

function inOrder(rows: readonly RollupRow[]): readonly RollupRow[] {
  return [...rows].sort((a, b) => (`${a.dimension} ${a.value}` < `${b.dimension} ${b.value}` ? -1 : 1));
}
