import type { EventRow, ViewRow } from '../rows.js';
import { constantSql, joinSql, type Sql, sql } from './sql.js';

/** Types that SQLite and PostgreSQL share. `boolean` is 0 or 1 on SQLite, `bigint` are epoch ms. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'double' | 'boolean';

export interface Column {
  /** Name in the row type, such as `startedAt`. */
  readonly field: string;
  /** Name in the table, such as `started_at`. */
  readonly name: string;
  readonly type: ColumnType;
}

/** A raw table, and what is written when a row's key is there already. */
export interface Table<Row> {
  readonly name: Sql;
  readonly columns: readonly Column[];
  readonly columnNames: Sql;
  readonly onConflict: Sql;
  readonly decode: (stored: StoredRow) => Row;
}

/** A row as a database driver returns it. */
export interface StoredRow {
  readonly [column: string]: string | number | bigint | boolean | null;
}

const viewColumns = toColumns<ViewRow>({
  app: 'text',
  id: 'text',
  revision: 'integer',
  startedAt: 'bigint',
  receivedAt: 'bigint',
  visitor: 'text',
  route: 'text',
  path: 'text',
  router: 'text',
  navigationType: 'text',
  previousViewId: 'text',
  referrer: 'text',
  release: 'text',
  environment: 'text',
  country: 'text',
  device: 'text',
  browser: 'text',
  os: 'text',
  connection: 'text',
  language: 'text',
  viewportWidth: 'integer',
  viewportHeight: 'integer',
  automated: 'boolean',
  traceId: 'text',
  duration: 'double',
  lcp: 'double',
  inp: 'double',
  cls: 'double',
  fcp: 'double',
  ttfb: 'double',
  attribution: 'text',
  sample: 'boolean',
  visibleDuration: 'double',
  loadingTime: 'double',
  routeChangeTime: 'double',
  blockedTime: 'double',
  scrollDepth: 'double',
  redirectedFrom: 'text',
  redirectCount: 'integer',
  deviceMemory: 'double',
  cores: 'integer',
  reducedMotion: 'boolean',
  darkMode: 'boolean',
  sampleRate: 'double',
  kept: 'boolean',
  userId: 'text',
  userTraits: 'text',
  utm: 'text',
  counts: 'text',
  attributes: 'text',
  clock: 'text',
});

const eventColumns = toColumns<EventRow>({
  app: 'text',
  id: 'text',
  viewId: 'text',
  type: 'text',
  name: 'text',
  occurredAt: 'bigint',
  receivedAt: 'bigint',
  visitor: 'text',
  route: 'text',
  data: 'text',
  sample: 'boolean',
  duration: 'double',
  sampleRate: 'double',
  clock: 'text',
});

/** A view with a higher revision replaces the stored one whole. */
export const VIEW_TABLE: Table<ViewRow> = {
  name: sql`rum_view`,
  columns: viewColumns,
  columnNames: namesOf(viewColumns),
  onConflict: sql`DO UPDATE SET ${joinSql(
    viewColumns.map(({ name }) => constantSql(`${name} = excluded.${name}`)),
    ', ',
  )}, moved_from = CASE WHEN rum_view.started_at <> excluded.started_at THEN rum_view.started_at END
  WHERE rum_view.revision < excluded.revision`,
  decode: (stored) => decodeRow<ViewRow>(viewColumns, stored),
};

export const EVENT_TABLE: Table<EventRow> = {
  name: sql`rum_event`,
  columns: eventColumns,
  columnNames: namesOf(eventColumns),
  onConflict: sql`DO NOTHING`,
  decode: (stored) => decodeRow<EventRow>(eventColumns, stored),
};

export function toColumns<Row>(
  types: { readonly [Field in keyof Row & string]: ColumnType },
): readonly Column[] {
  return Object.entries<ColumnType>(types).map(([field, type]) => ({
    field,
    name: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    type,
  }));
}

export function namesOf(columns: readonly Pick<Column, 'name'>[]): Sql {
  return constantSql(columns.map(({ name }) => name).join(', '));
}

function decodeRow<Row>(columns: readonly Column[], stored: StoredRow): Row {
  const entries = columns.map(({ field, name, type }) => [field, decodeValue(type, stored[name] ?? null)]);
  // The columns were made from Row's own fields, and only this package writes these tables.
  return Object.fromEntries(entries) as Row;
}

function decodeValue(type: ColumnType, value: StoredRow[string]): StoredRow[string] {
  if (value === null || type === 'text') return value;
  return type === 'boolean' ? Boolean(value) : Number(value);
}
