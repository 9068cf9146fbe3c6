import { randomBytes } from 'node:crypto';
import type { SqlClient } from './client.js';
import { execute, queryRows, sql } from './sql.js';

const DAY = 86_400_000;

/** @see {@link RumStore.dailySalt} */
export async function dailySalt(client: SqlClient, day: string, now: number): Promise<string> {
  const kept = oldestKeptDay(now);
  // Called for every batch, so it writes only when there is something to write.
  const salts = await readSalts(client);
  if (salts.some((salt) => salt.day < kept)) {
    await forgetSalts(client, now);
  }
  const known = salts.find((salt) => salt.day === day);
  if (known) return known.secret;

  const fresh = randomBytes(32).toString('hex');
  // The day of a very late batch: its secret is used once and not kept.
  if (day < kept) return fresh;
  await execute(
    client,
    sql`INSERT INTO rum_salt (day, secret) VALUES (${day}, ${fresh}) ON CONFLICT (day) DO NOTHING`,
  );
  // Another process may have been first.
  return (await readSalts(client)).find((salt) => salt.day === day)?.secret ?? fresh;
}

/** Forgets those of days that ended over 24 h ago. @param now Epoch ms. */
export async function forgetSalts(client: SqlClient, now: number): Promise<void> {
  await execute(client, sql`DELETE FROM rum_salt WHERE day < ${oldestKeptDay(now)}`);
}

function readSalts(client: SqlClient): Promise<{ day: string; secret: string }[]> {
  return queryRows(client, sql`SELECT day, secret FROM rum_salt`);
}

/** The first UTC day that begins 48 h before `now` or later; all days before it ended over 24 h ago. */
function oldestKeptDay(now: number): string {
  return new Date(Math.ceil((now - 2 * DAY) / DAY) * DAY).toISOString().slice(0, 10);
}
