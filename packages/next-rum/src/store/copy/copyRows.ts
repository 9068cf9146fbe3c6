import { createHash } from 'node:crypto';
import type { SqlClient } from '../prisma/client.js';
import type { Dialect } from '../prisma/dialect.js';
import { rowsWithKeys } from '../prisma/rowsWithKeys.js';
import { queryRows, type Sql, sql } from '../prisma/sql.js';
import type { StoredRow, Table } from '../prisma/tables.js';

/** Rows looked at in one go. */
const CHUNK_ROWS = 1000;

/** One of the databases of a copy. */
export interface Side {
  readonly client: SqlClient;
  readonly dialect: Dialect;
}

/** How far the rows of a table are. */
export interface RowCounts {
  /** Rows of the source that were looked at. */
  readonly seen: number;
  /** Of those, written now. */
  readonly written: number;
}

interface Row {
  readonly app: string;
  readonly id: string;
  readonly revision?: number;
}

/**
 * Brings all rows of a table from one database into another: of each piece it asks which of them are there already, writes
 * the others, reads back what was written, and compares. So it can be broken off and begun again, and whoever wrote to the
 * source meanwhile is caught up with by running it once more.
 *
 * @param write Writes rows, all of one table.
 * @param onProgress Called after each piece.
 * @returns The counts, and SHA-256 of all rows as the source and the target have them, which are equal. Rows of which the
 *   target has a higher revision are left out of both.
 * @throws Error where a row came out other than it went in.
 */
export async function copyRows<R extends Row>(
  source: Side,
  target: Side,
  table: Table<R>,
  write: (rows: readonly R[]) => Promise<void>,
  onProgress: (counts: RowCounts) => void,
): Promise<RowCounts & { readonly checksum: string }> {
  const [ofSource, ofTarget] = [createHash('sha256'), createHash('sha256')];
  let [seen, written] = [0, 0];
  for (let after: Row = { app: '', id: '' }; ; ) {
    const rows = await readAfter(source, table, after);
    const last = rows.at(-1);
    if (last === undefined) break;
    const present = await readSame(target, table, rows);
    const missing = rows.filter((row) => {
      const copy = present.get(keyOf(row));
      return copy === undefined || revisionOf(copy) < revisionOf(row);
    });
    if (missing.length > 0) await write(missing);
    for (const [key, copy] of await readSame(target, table, missing)) present.set(key, copy);
    for (const row of rows) {
      const copy = present.get(keyOf(row));
      if (copy !== undefined && revisionOf(copy) > revisionOf(row)) continue;
      const [text, copyText] = [JSON.stringify(row), JSON.stringify(copy ?? null)];
      if (text !== copyText) {
        throw new Error(
          `RUM: ${row.app} ${row.id} differs between the databases:\n${text}\n${copyText}\n` +
            'Nothing was deleted. Erase the row where it is wrong, and copy again',
        );
      }
      ofSource.update(text);
      ofTarget.update(copyText);
    }
    seen += rows.length;
    written += missing.length;
    after = last;
    onProgress({ seen, written });
  }
  const [checksum, targetChecksum] = [ofSource.digest('hex'), ofTarget.digest('hex')];
  if (checksum !== targetChecksum) throw new Error('RUM: the checksums differ — copy again');
  return { seen, written, checksum };
}

export async function countRows({ client }: Side, table: { readonly name: Sql }): Promise<number> {
  const [row] = await queryRows<StoredRow>(client, sql`SELECT count(*) AS n FROM ${table.name}`);
  return Number(row?.n ?? 0);
}

async function readAfter<R extends Row>(
  { client }: Side,
  table: Table<R>,
  { app, id }: Row,
): Promise<readonly R[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT ${table.columnNames} FROM ${table.name} WHERE (app, id) > (${app}, ${id})
      ORDER BY app, id LIMIT ${BigInt(CHUNK_ROWS)}`,
  );
  return rows.map(table.decode);
}

/** The rows of the same keys, by key. */
async function readSame<R extends Row>(
  { client, dialect }: Side,
  table: Table<R>,
  rows: readonly R[],
): Promise<Map<string, R>> {
  if (rows.length === 0) return new Map();
  const found = await queryRows<StoredRow>(
    client,
    sql`SELECT ${table.columnNames} ${rowsWithKeys(dialect, table.name, rows)}`,
  );
  return new Map(
    found.map((row) => {
      const decoded = table.decode(row);
      return [keyOf(decoded), decoded];
    }),
  );
}

function keyOf({ app, id }: Row): string {
  return `${app} ${id}`;
}

function revisionOf({ revision = 0 }: Row): number {
  return revision;
}
