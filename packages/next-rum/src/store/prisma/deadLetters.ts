import type { DeadLetter } from '../ingestStore.js';
import type { SqlClient } from './client.js';
import { execute, queryRows, sql } from './sql.js';
import type { StoredRow } from './tables.js';

const KEPT_FOR = 30 * 86_400_000;
const MOST_KEPT = 1000;

/** @see {@link IngestStore.putAside} */
export async function putAside(client: SqlClient, letters: readonly DeadLetter[]): Promise<void> {
  for (const { app, id, kind, visitor, receivedAt, reason, payload } of letters) {
    await execute(
      client,
      sql`DELETE FROM rum_dead_letter WHERE received_at < ${BigInt(Math.floor(receivedAt) - KEPT_FOR)}`,
    );
    if ((await countDeadLetters(client)) >= MOST_KEPT) return;
    await execute(
      client,
      sql`INSERT INTO rum_dead_letter (app, id, kind, visitor, received_at, reason, payload)
        VALUES (${app}, ${id}, ${kind}, ${visitor}, ${BigInt(Math.floor(receivedAt))}, ${reason}, ${payload})
        ON CONFLICT (app, id) DO NOTHING`,
    );
  }
}

/** @see {@link IngestStore.countDeadLetters} */
export async function countDeadLetters(client: SqlClient): Promise<number> {
  const [row] = await queryRows<StoredRow>(client, sql`SELECT count(*) AS letters FROM rum_dead_letter`);
  return Number(row?.letters);
}

/** @see {@link IngestStore.deadLetterReasons} */
export async function deadLetterReasons(
  client: SqlClient,
  limit: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT reason, count(*) AS letters FROM rum_dead_letter GROUP BY reason
      ORDER BY letters DESC, reason LIMIT ${BigInt(limit)}`,
  );
  return new Map(rows.map(({ reason, letters }) => [String(reason), Number(letters)]));
}

/** @see {@link IngestStore.deadLetters} */
export async function deadLetters(client: SqlClient, app: string, limit: number): Promise<DeadLetter[]> {
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT app, id, kind, visitor, received_at, reason, payload FROM rum_dead_letter WHERE app = ${app}
      ORDER BY received_at DESC, id DESC LIMIT ${BigInt(limit)}`,
  );
  return rows.map((row) => ({
    app: String(row.app),
    id: String(row.id),
    kind: row.kind === 'view' ? 'view' : 'event',
    visitor: String(row.visitor),
    receivedAt: Number(row.received_at),
    reason: String(row.reason),
    payload: String(row.payload),
  }));
}
