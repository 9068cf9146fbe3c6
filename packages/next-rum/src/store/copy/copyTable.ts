import { createHash } from 'node:crypto';
import { ROLLUP_ROWS } from '../prisma/rollup/rollupTables.js';
import { execute, joinSql, queryRows, type Sql, sql } from '../prisma/sql.js';
import { namesOf, type StoredRow, toColumns } from '../prisma/tables.js';
import type { RowCounts, Side } from './copyRows.js';

/** Rows looked at in one go. */
const CHUNK_ROWS = 1000;

/** A table beside the raw ones, all of whose columns are text or whole numbers. */
interface PlainTable {
  readonly name: Sql;
  readonly columns: ReturnType<typeof toColumns>;
  /** How many of the columns, the first ones, are the key. */
  readonly key: number;
  /** What becomes of a row that the target has already. */
  readonly onConflict: Sql;
  /** Whether the target's own row is to stay, though it differs. */
  readonly mayBeMore: (copy: PlainRow, row: PlainRow) => boolean;
}

export const DEAD_LETTERS: PlainTable = {
  name: sql`rum_dead_letter`,
  columns: toColumns<{ app: 1; id: 1; kind: 1; visitor: 1; receivedAt: 1; reason: 1; payload: 1 }>({
    app: 'text',
    id: 'text',
    kind: 'text',
    visitor: 'text',
    receivedAt: 'bigint',
    reason: 'text',
    payload: 'text',
  }),
  key: 2,
  onConflict: sql`DO NOTHING`,
  mayBeMore: () => false,
};

export const LABELS: PlainTable = {
  name: sql`rum_label`,
  columns: toColumns<{ day: 1; app: 1; kind: 1; label: 1 }>({
    day: 'text',
    app: 'text',
    kind: 'text',
    label: 'text',
  }),
  key: 4,
  onConflict: sql`DO NOTHING`,
  mayBeMore: () => false,
};

/** Of a minute that both databases counted in the larger number stays, so that copying again adds nothing twice. */
export const COUNTS: PlainTable = {
  name: sql`rum_ingest_minute`,
  columns: toColumns<{ minute: 1; counter: 1; amount: 1 }>({
    minute: 'bigint',
    counter: 'text',
    amount: 'bigint',
  }),
  key: 2,
  onConflict: sql`DO UPDATE SET amount = excluded.amount WHERE rum_ingest_minute.amount < excluded.amount`,
  mayBeMore: (copy, row) => Number(copy.amount) > Number(row.amount),
};

/** Of a document that both databases have, the later revision stays; of two that are as late, that of the target. */
export const SAVED: PlainTable = {
  name: sql`rum_saved`,
  columns: toColumns<{ app: 1; kind: 1; id: 1; revision: 1; savedAt: 1; body: 1 }>({
    app: 'text',
    kind: 'text',
    id: 'text',
    revision: 'integer',
    savedAt: 'bigint',
    body: 'text',
  }),
  key: 3,
  onConflict: sql`DO UPDATE SET revision = excluded.revision, saved_at = excluded.saved_at, body = excluded.body
    WHERE rum_saved.revision < excluded.revision`,
  mayBeMore: (copy, row) => Number(copy.revision) >= Number(row.revision),
};

export const CHANGES: PlainTable = {
  name: sql`rum_change`,
  columns: toColumns<{ app: 1; at: 1; id: 1; role: 1; name: 1; action: 1; subject: 1 }>({
    app: 'text',
    at: 'bigint',
    id: 'text',
    role: 'text',
    name: 'text',
    action: 'text',
    subject: 'text',
  }),
  key: 3,
  onConflict: sql`DO NOTHING`,
  mayBeMore: () => false,
};

/**
 * What the target has counted of the same bucket from rows stays: a digest may come out other in another order of its rows, and
 * rows that only the target had are in it too. Where it has counted less, something is missing.
 */
export const ROLLUPS: PlainTable = {
  name: sql`rum_rollup`,
  ...ROLLUP_ROWS,
  key: 5,
  onConflict: sql`DO NOTHING`,
  mayBeMore: (copy, row) => Number(copy.n) >= Number(row.n),
};

/** What is known of an app, as of the later hour. */
export const WATCHES: PlainTable = {
  name: sql`rum_watch`,
  columns: toColumns<{
    app: 1;
    watchedSince: 1;
    watchedUntil: 1;
    timeZone: 1;
    state: 1;
    note: 1;
    notedAt: 1;
  }>({
    app: 'text',
    watchedSince: 'bigint',
    watchedUntil: 'bigint',
    timeZone: 'text',
    state: 'text',
    note: 'text',
    notedAt: 'bigint',
  }),
  key: 1,
  onConflict: sql`DO UPDATE SET watched_since = excluded.watched_since, watched_until = excluded.watched_until,
    time_zone = excluded.time_zone, state = excluded.state, note = excluded.note, noted_at = excluded.noted_at
    WHERE rum_watch.watched_until < excluded.watched_until`,
  mayBeMore: (copy, row) => Number(copy.watchedUntil) >= Number(row.watchedUntil),
};

/** Of an incident that both databases have, what is told of more hours stays. */
export const INCIDENTS: PlainTable = {
  name: sql`rum_incident`,
  columns: toColumns<{
    app: 1;
    id: 1;
    metric: 1;
    began: 1;
    openedAt: 1;
    ended: 1;
    updatedAt: 1;
    affected: 1;
    body: 1;
  }>({
    app: 'text',
    id: 'text',
    metric: 'text',
    began: 'bigint',
    openedAt: 'bigint',
    ended: 'bigint',
    updatedAt: 'bigint',
    affected: 'bigint',
    body: 'text',
  }),
  key: 2,
  onConflict: sql`DO UPDATE SET ended = excluded.ended, updated_at = excluded.updated_at, affected = excluded.affected,
    body = excluded.body WHERE rum_incident.updated_at < excluded.updated_at`,
  mayBeMore: (copy, row) => Number(copy.updatedAt) >= Number(row.updatedAt),
};

/** Of a message that both databases have, what became of it after more attempts stays. */
export const NOTICES: PlainTable = {
  name: sql`rum_notice`,
  columns: toColumns<{
    app: 1;
    id: 1;
    notifier: 1;
    kind: 1;
    incident: 1;
    createdAt: 1;
    dueAt: 1;
    attempts: 1;
    state: 1;
    finishedAt: 1;
    error: 1;
    body: 1;
  }>({
    app: 'text',
    id: 'text',
    notifier: 'text',
    kind: 'text',
    incident: 'text',
    createdAt: 'bigint',
    dueAt: 'bigint',
    attempts: 'integer',
    state: 'text',
    finishedAt: 'bigint',
    error: 'text',
    body: 'text',
  }),
  key: 2,
  onConflict: sql`DO UPDATE SET due_at = excluded.due_at, attempts = excluded.attempts, state = excluded.state,
    finished_at = excluded.finished_at, error = excluded.error
    WHERE rum_notice.state = 'waiting' AND rum_notice.attempts <= excluded.attempts`,
  mayBeMore: (copy, row) => copy.state !== 'waiting' || Number(copy.attempts) > Number(row.attempts),
};

/**
 * Brings all rows of a table from one database into another, piece by piece in the order of the key, and compares each piece with
 * what the target has of it then. May be broken off and run again.
 *
 * @param which Condition of the rows that are brought; all of them by default.
 * @returns The counts, and SHA-256 of the rows as both have them. Counts of which the target has more are left out of it.
 * @throws Error where a row is another in the target.
 */
export async function copyTable(
  source: Side,
  target: Side,
  table: PlainTable,
  which: Sql = sql`true`,
): Promise<RowCounts & { readonly checksum: string }> {
  const checksum = createHash('sha256');
  const keys = table.columns.slice(0, table.key);
  let [seen, written] = [0, 0];
  for (let after: readonly (string | bigint)[] = keys.map(({ type }) => (type === 'text' ? '' : -1n)); ; ) {
    const rows = await queryRows<StoredRow>(
      source.client,
      sql`SELECT ${namesOf(table.columns)} FROM ${table.name}
        WHERE (${namesOf(keys)}) > (${joinSql(
          after.map((value) => sql`${value}`),
          ', ',
        )}) AND ${which}
        ORDER BY ${namesOf(keys)} LIMIT ${BigInt(CHUNK_ROWS)}`,
    );
    const last = rows.at(-1);
    if (last === undefined) return { seen, written, checksum: checksum.digest('hex') };
    const decoded = rows.map((row) => decode(table, row));
    written += await execute(
      target.client,
      sql`INSERT INTO ${table.name} (${namesOf(table.columns)})
        SELECT ${namesOf(table.columns)} FROM ${target.dialect.rowsOf(table, decoded)}
        WHERE true ON CONFLICT (${namesOf(keys)}) ${table.onConflict}`,
    );
    const present = await readSame(target, table, decoded);
    for (const row of decoded) {
      const copy = present.get(keyOf(table, row));
      const [text, copyText] = [JSON.stringify(row), JSON.stringify(copy ?? null)];
      if (text === copyText) checksum.update(text);
      else if (copy === undefined || !table.mayBeMore(copy, row)) {
        throw new Error(
          `RUM: a row of ${table.name.texts[0]} differs between the databases:\n${text}\n${copyText}`,
        );
      }
    }
    seen += rows.length;
    after = keys.map(({ name, type }) => (type === 'text' ? String(last[name]) : BigInt(Number(last[name]))));
  }
}

/** The rows of the same keys in the target, by key. */
async function readSame(
  { client, dialect }: Side,
  table: PlainTable,
  rows: readonly PlainRow[],
): Promise<ReadonlyMap<string, PlainRow>> {
  const of = (from: string, columns: PlainTable['columns']): Sql[] =>
    columns.map(({ name }) => sql`${namesOf([{ name: `${from}.${name}` }])}`);
  const keys = table.columns.slice(0, table.key);
  const same = joinSql(
    of('stored', keys).map((key, index) => sql`${key} = ${of('input', keys)[index] ?? key}`),
    ' AND ',
  );
  const found = await queryRows<StoredRow>(
    client,
    sql`SELECT ${joinSql(of('stored', table.columns), ', ')}
      FROM ${dialect.rowsOf({ columns: keys }, rows)} CROSS JOIN ${table.name} AS stored WHERE ${same}`,
  );
  return new Map(
    found.map((row) => {
      const decoded = decode(table, row);
      return [keyOf(table, decoded), decoded];
    }),
  );
}

/** By field, in the order of the columns. */
type PlainRow = { readonly [field: string]: string | number | null };

function decode({ columns }: PlainTable, row: StoredRow): PlainRow {
  return Object.fromEntries(
    columns.map(({ field, name, type }) => {
      const value = row[name] ?? null;
      return [field, value === null ? null : type === 'text' ? String(value) : Number(value)];
    }),
  );
}

function keyOf({ columns, key }: PlainTable, row: PlainRow): string {
  return JSON.stringify(columns.slice(0, key).map(({ field }) => row[field]));
}
