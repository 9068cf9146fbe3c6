import type { Change } from '../../savedStore.js';
import type { SqlClient, SqlRunner } from '../client.js';
import { execute, queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';

const KEPT_FOR = 396 * 86_400_000;

/** @see {@link SavedStore.changes} */
export async function changes(client: SqlClient, app: string, limit: number): Promise<readonly Change[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT at, id, role, name, action, subject FROM rum_change WHERE app = ${app}
      ORDER BY at DESC, id DESC LIMIT ${BigInt(limit)}`,
  );
  return rows.map((row) => ({
    app,
    at: Number(row.at),
    id: String(row.id),
    role: String(row.role),
    name: String(row.name),
    action: String(row.action),
    subject: String(row.subject),
  }));
}

/** Puts a line about a change down, in the change's own transaction. */
export async function addChange(
  runner: SqlRunner,
  { app, at, id, role, name, action, subject }: Change,
): Promise<void> {
  const time = Math.floor(at);
  await execute(runner, sql`DELETE FROM rum_change WHERE app = ${app} AND at < ${BigInt(time - KEPT_FOR)}`);
  await execute(
    runner,
    sql`INSERT INTO rum_change (app, at, id, role, name, action, subject)
      VALUES (${app}, ${BigInt(time)}, ${id}, ${role}, ${name}, ${action}, ${subject})`,
  );
}
