import { StoreError } from '../store.js';
import type { Column, Table } from './tables.js';

/** Writes a finite number as JSON. */
export type EncodeDouble = (value: number) => unknown;

/** How one row stands in the JSON: as its values in the order of the columns, or as an object keyed by column name. */
export type RowLayout = 'values' | 'object';

/**
 * Makes the one JSON parameter that a set-based insert takes: an array of rows.
 *
 * Times are cut to whole milliseconds. Half a surrogate pair, left over where a string was truncated, becomes U+FFFD.
 *
 * @throws {StoreError} `invalid_data` where a string holds U+0000, which PostgreSQL cannot store.
 */
export function encodeRows<Row extends object>(
  table: Table<Row>,
  rows: readonly Row[],
  layout: RowLayout,
  encodeDouble: EncodeDouble,
): string {
  const json = JSON.stringify(rows.map((row) => encodeRow(table.columns, row, layout, encodeDouble)));
  // Looked for once in the whole text; only a text that may hold one pays for the closer look.
  return /\\u(?:0000|d[89a-f])/.test(json) ? JSON.stringify(JSON.parse(json, mendText)) : json;
}

function encodeRow(
  columns: readonly Column[],
  row: object,
  layout: RowLayout,
  encodeDouble: EncodeDouble,
): object {
  const values = columns.map(({ field, type }) => encodeValue(type, Reflect.get(row, field), encodeDouble));
  return layout === 'values'
    ? values
    : Object.fromEntries(columns.map(({ name }, index) => [name, values[index]]));
}

function encodeValue(type: Column['type'], value: unknown, encodeDouble: EncodeDouble): unknown {
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) throw new StoreError('invalid_data', `RUM: cannot store the number ${value}`);
  return type === 'double' ? encodeDouble(value) : Math.floor(value);
}

function mendText(_key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.includes('\0')) {
    throw new StoreError(
      'invalid_data',
      `RUM: cannot store the character U+0000, in ${JSON.stringify(value.slice(0, 80))}`,
    );
  }
  return value.replace(/\p{Surrogate}/gu, '\ufffd');
}
