import { StoreError } from '../storeError.js';
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
  table: Pick<Table<Row>, 'columns'>,
  rows: readonly Row[],
  layout: RowLayout,
  encodeDouble: EncodeDouble,
): string {
  const encodeRow = ENCODE_ROW[layout];
  const json = JSON.stringify(rows.map((row) => encodeRow(table.columns, row, encodeDouble)));
  // Looked for once in the whole text; only a text that may hold one pays for the closer look.
  return /\\u(?:0000|d[89a-f])/.test(json) ? JSON.stringify(JSON.parse(json, mendText)) : json;
}

type EncodeRow = (columns: readonly Column[], row: object, encodeDouble: EncodeDouble) => object;

/** Nulls are left out where that leaves the others in their place: reading them gives null all the same. */
const ENCODE_ROW: { readonly [layout in RowLayout]: EncodeRow } = {
  values: (columns, row, encodeDouble) => {
    const values: unknown[] = [];
    let end = 0;
    for (const { field, type } of columns) {
      const value = encodeValue(type, Reflect.get(row, field), encodeDouble);
      values.push(value);
      if (value !== null) end = values.length;
    }
    return values.slice(0, end);
  },
  object: (columns, row, encodeDouble) => {
    const byName: Record<string, unknown> = {};
    for (const { field, name, type } of columns) {
      const value = encodeValue(type, Reflect.get(row, field), encodeDouble);
      if (value !== null) byName[name] = value;
    }
    return byName;
  },
};

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
