import type { DeadLetter } from '../ingestStore.js';
import type { EraseSelector } from '../store.js';
import type { SqlClient } from './client.js';
import type { Dialect } from './dialect.js';
import { NAMES } from './rollup/rollupTables.js';
import { execute, queryRows, type Sql, sql } from './sql.js';
import type { StoredRow } from './tables.js';

/** ms */
const KEPT_FOR = 30 * 86_400_000;
const MOST_KEPT = 1000;

/** @see {@link IngestStore.putAside} */
export async function putAside(client: SqlClient, letters: readonly DeadLetter[]): Promise<void> {
  for (const { app, id, kind, visitor, receivedAt, reason, payload } of letters) {
    await forgetDeadLetters(client, receivedAt);
    if ((await countDeadLetters(client)) >= MOST_KEPT) return;
    await execute(
      client,
      sql`INSERT INTO rum_dead_letter (app, id, kind, visitor, received_at, reason, payload)
        VALUES (${app}, ${id}, ${kind}, ${visitor}, ${BigInt(Math.floor(receivedAt))}, ${reason}, ${payload})
        ON CONFLICT (app, id) DO NOTHING`,
    );
  }
}

/** Forgets those that are older than they may be. @param now Epoch ms. */
export async function forgetDeadLetters(client: SqlClient, now: number): Promise<void> {
  await execute(
    client,
    sql`DELETE FROM rum_dead_letter WHERE received_at < ${BigInt(Math.floor(now) - KEPT_FOR)}`,
  );
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

/** What was put aside says the same of a visitor as a row does, but is none of the rows counted. */
export async function eraseDeadLetters(
  client: SqlClient,
  selector: Exclude<EraseSelector, { readonly user: string }>,
): Promise<void> {
  const which =
    'visitor' in selector
      ? sql`visitor = ${selector.visitor}`
      : 'before' in selector
        ? sql`received_at < ${BigInt(Math.ceil(selector.before))}`
        : says('"sample":true');
  await execute(client, sql`DELETE FROM rum_dead_letter WHERE app = ${selector.app} AND ${which}`);
}

/** Those that name a user, and those of the same visitors that name nobody. */
export async function eraseDeadLettersOfUser(
  { client, dialect }: { readonly client: SqlClient; readonly dialect: Dialect },
  {
    app,
    user,
    visitors,
  }: { readonly app: string; readonly user: string; readonly visitors: readonly string[] },
): Promise<void> {
  const list = dialect.rowsOf(
    NAMES,
    visitors.map((name) => ({ name })),
  );
  const ofVisitors = visitors.length === 0 ? sql`false` : sql`visitor IN (SELECT name FROM ${list})`;
  await execute(
    client,
    sql`DELETE FROM rum_dead_letter WHERE app = ${app}
      AND (${says(`"userId":${JSON.stringify(user)}`)} OR (${ofVisitors} AND NOT ${says('"userId":"')}))`,
  );
}

/** Whether a payload, which may have been cut short, holds a piece of JSON. */
function says(piece: string): Sql {
  return sql`(replace(payload, ${piece}, '') <> payload)`;
}
