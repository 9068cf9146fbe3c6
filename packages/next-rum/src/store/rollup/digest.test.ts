import { expect, test } from 'vitest';
import { addRow, type Cells, cellOf, type RollupRow, toRollupRows } from './cells.js';
import { countIn } from './countView.js';
import { DIGEST_LENGTH, digestIn, withDigest } from './digest.js';

const bucket = { app: 'shop', grain: 'hour', bucket: 0 } as const;

test('rows in any order have the same digest, and other rows another', () => {
  const rows = rowsOf(['/a', '/b', '/b']);

  expect(digestOf(withDigest([...rows].reverse()))).toBe(digestOf(withDigest(rows)));
  expect(digestOf(withDigest(rowsOf(['/b', '/b', '/a'])))).toBe(digestOf(withDigest(rows)));
  for (const others of [
    ['/a', '/a', '/b'],
    ['/a', '/b'],
    ['/a', '/b', '/c'],
    ['/b', '/b', '/b'],
  ]) {
    expect(digestOf(withDigest(rowsOf(others)))).not.toBe(digestOf(withDigest(rows)));
  }
});

test('a sketch says the same with it', () => {
  const [plain, marked]: [Cells, Cells] = [new Map(), new Map()];
  for (const [cells, rows] of [
    [plain, rowsOf(['/a'])],
    [marked, withDigest(rowsOf(['/a']))],
  ] as const) {
    for (const { dimension, value, n, sketch } of rows) addRow(cellOf(cells, dimension, value), n, sketch);
  }
  expect(marked).toEqual(plain);
});

test('a sketch of a time without digests has none', () => {
  for (const { sketch } of rowsOf(['/a'])) expect(digestIn(sketch)).toBeNull();
  expect(digestIn(null)).toBeNull();
  expect(digestIn('')).toBeNull();
});

function rowsOf(routes: readonly string[]): RollupRow[] {
  const cells: Cells = new Map();
  for (const route of routes) {
    for (const [dimension, value] of [
      ['all', ''],
      ['route', route],
    ] as const) {
      countIn(cells, dimension, value, { vitals: [1234, null, 0.1], ratings: 0 });
    }
  }
  return toRollupRows(cells, bucket);
}

function digestOf(rows: readonly RollupRow[]): string | null {
  const sketch = rows.find(({ dimension }) => dimension === 'all')?.sketch ?? '';
  return digestIn(sketch.slice(-DIGEST_LENGTH));
}
