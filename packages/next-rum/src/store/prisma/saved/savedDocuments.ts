import { type Change, MOST_SAVED, type Saved, type SavedKind, type SaveOutcome } from '../../savedStore.js';
import type { SqlClient, SqlRunner } from '../client.js';
import { execute, queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { addChange } from './changes.js';

/** @see {@link SavedStore.saved} */
export async function saved(client: SqlClient, app: string, kind: SavedKind): Promise<readonly Saved[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT id, revision, saved_at, body FROM rum_saved WHERE app = ${app} AND kind = ${kind}
      ORDER BY id LIMIT ${BigInt(MOST_SAVED)}`,
  );
  return rows.map((row) => decode(app, kind, row));
}

/** @see {@link SavedStore.savedOne} */
export async function savedOne(
  client: SqlClient,
  app: string,
  kind: SavedKind,
  id: string,
): Promise<Saved | null> {
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT id, revision, saved_at, body FROM rum_saved WHERE app = ${app} AND kind = ${kind} AND id = ${id}`,
  );
  return row === undefined ? null : decode(app, kind, row);
}

/** @see {@link SavedStore.save} */
export function save(client: SqlClient, document: Saved, change: Change): Promise<SaveOutcome> {
  return client.$transaction(async (transaction) => {
    const outcome = await write(transaction, document);
    if (outcome === 'saved') await addChange(transaction, change);
    return outcome;
  });
}

async function write(
  runner: SqlRunner,
  { app, kind, id, revision, savedAt, body }: Saved,
): Promise<SaveOutcome> {
  const at = BigInt(Math.floor(savedAt));
  if (revision > 1) {
    const changed = await execute(
      runner,
      sql`UPDATE rum_saved SET revision = ${BigInt(revision)}, saved_at = ${at}, body = ${body}
        WHERE app = ${app} AND kind = ${kind} AND id = ${id} AND revision = ${BigInt(revision - 1)}`,
    );
    return changed === 1 ? 'saved' : 'outdated';
  }
  const [row] = await queryRows<StoredRow>(
    runner,
    sql`SELECT count(*) AS n FROM rum_saved WHERE app = ${app} AND kind = ${kind}`,
  );
  if (Number(row?.n) >= MOST_SAVED) return 'full';
  const written = await execute(
    runner,
    sql`INSERT INTO rum_saved (app, kind, id, revision, saved_at, body)
      VALUES (${app}, ${kind}, ${id}, ${BigInt(revision)}, ${at}, ${body}) ON CONFLICT (app, kind, id) DO NOTHING`,
  );
  return written === 1 ? 'saved' : 'outdated';
}

/** @see {@link SavedStore.removeSaved} */
export function removeSaved(
  client: SqlClient,
  { app, kind, id }: Pick<Saved, 'app' | 'kind' | 'id'>,
  change: Change,
): Promise<boolean> {
  return client.$transaction(async (transaction) => {
    const removed = await execute(
      transaction,
      sql`DELETE FROM rum_saved WHERE app = ${app} AND kind = ${kind} AND id = ${id}`,
    );
    if (removed > 0) await addChange(transaction, change);
    return removed > 0;
  });
}

function decode(app: string, kind: SavedKind, row: StoredRow): Saved {
  return {
    app,
    kind,
    id: String(row.id),
    revision: Number(row.revision),
    savedAt: Number(row.saved_at),
    body: String(row.body),
  };
}
