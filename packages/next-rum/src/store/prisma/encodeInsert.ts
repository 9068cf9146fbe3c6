import { bucketOf } from '../rollup/grains.js';
import type { EventRow, ViewRow } from '../rows.js';
import type { Dialect } from './dialect.js';
import type { TouchedMinute } from './rollup/rollupTables.js';
import { EVENT_TABLE, type Table, VIEW_TABLE } from './tables.js';

/** One statement's worth: bounds the JSON parameter, not what a call may hold. */
const CHUNK_ROWS = 2000;

/** Rows of one table as the statement that inserts them takes them. */
export interface EncodedRows {
  /** The parameter that `Dialect.rowsFrom` reads. */
  readonly json: string;
  readonly count: number;
}

/** What `RumStore.insert` was given, ready for the database: each key once, in one order for all writers. */
export interface EncodedInsert {
  readonly views: readonly EncodedRows[];
  readonly events: readonly EncodedRows[];
  /** Those of all rows, each once. */
  readonly minutes: readonly TouchedMinute[];
  /** Views that may be stored already, in another minute. */
  readonly revised: readonly { readonly app: string; readonly id: string }[];
}

/**
 * Encodes what is to be inserted.
 *
 * @throws {StoreError} `invalid_data` where a row holds what no database can store.
 */
export function encodeInsert(
  dialect: Dialect,
  rows: { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] },
): EncodedInsert {
  const views = fold(rows.views, (view) => view.revision);
  const events = fold(rows.events, () => 0);
  return {
    views: encode(dialect, VIEW_TABLE, views),
    events: encode(dialect, EVENT_TABLE, events),
    minutes: distinctMinutes([
      ...views.map(({ app, startedAt }) => ({ app, time: startedAt })),
      ...events.map(({ app, occurredAt }) => ({ app, time: occurredAt })),
    ]),
    revised: views.filter(({ revision }) => revision > 1).map(({ app, id }) => ({ app, id })),
  };
}

/** The minutes of some times, each once. */
export function distinctMinutes(
  times: Iterable<{ readonly app: string; readonly time: number }>,
): readonly TouchedMinute[] {
  const minutes = new Map<string, TouchedMinute>();
  for (const { app, time } of times) {
    const bucket = bucketOf(Math.floor(time), 'minute');
    minutes.set(`${bucket} ${app}`, { app, bucket });
  }
  return [...minutes.values()];
}

function encode<Row extends object>(
  dialect: Dialect,
  table: Table<Row>,
  rows: readonly Row[],
): readonly EncodedRows[] {
  const encoded: EncodedRows[] = [];
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    const chunk = rows.slice(start, start + CHUNK_ROWS);
    encoded.push({ json: dialect.encode(table, chunk), count: chunk.length });
  }
  return encoded;
}

/**
 * Each key once, with its highest revision, by id: in one order for all writers, so that two with rows in common wait for
 * each other instead of deadlocking.
 */
function fold<Row extends { readonly app: string; readonly id: string }>(
  rows: readonly Row[],
  revisionOf: (row: Row) => number,
): readonly Row[] {
  const ordered = [...rows].sort(
    (a, b) => compare(a.id, b.id) || compare(a.app, b.app) || revisionOf(b) - revisionOf(a),
  );
  return ordered.filter((row, index) => {
    const before = ordered[index - 1];
    return before === undefined || before.id !== row.id || before.app !== row.app;
  });
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
