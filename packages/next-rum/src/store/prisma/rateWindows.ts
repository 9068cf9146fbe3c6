import type { RateWindow } from '../ingestStore.js';
import type { SqlClient } from './client.js';
import { execute, queryRows, sql } from './sql.js';
import type { StoredRow } from './tables.js';

/** One statement, so that instances which add at the same moment each see the other's points. @see {@link IngestStore.addPoints} */
export async function addPoints(
  client: SqlClient,
  key: string,
  points: number,
  { now, windowMs, restart }: { readonly now: number; readonly windowMs: number; readonly restart: boolean },
): Promise<RateWindow> {
  const over = restart ? sql`true` : sql`rum_rate_limit.expires_at <= ${BigInt(Math.floor(now))}`;
  const [row] = await queryRows<StoredRow>(
    client,
    sql`INSERT INTO rum_rate_limit (key, points, expires_at)
      VALUES (${key}, ${points}, ${BigInt(Math.floor(now + windowMs))})
      ON CONFLICT (key) DO UPDATE SET
        points = CASE WHEN ${over} THEN excluded.points ELSE rum_rate_limit.points + excluded.points END,
        expires_at = CASE WHEN ${over} THEN excluded.expires_at ELSE rum_rate_limit.expires_at END
      RETURNING points, expires_at`,
  );
  return toWindow(row);
}

/** @see {@link IngestStore.points} */
export async function readPoints(client: SqlClient, key: string, now: number): Promise<RateWindow | null> {
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT points, expires_at FROM rum_rate_limit WHERE key = ${key} AND expires_at > ${BigInt(Math.floor(now))}`,
  );
  return row === undefined ? null : toWindow(row);
}

/** @see {@link IngestStore.endWindows} */
export function endWindows(
  client: SqlClient,
  which: { readonly key: string } | { readonly before: number },
): Promise<number> {
  return execute(
    client,
    'key' in which
      ? sql`DELETE FROM rum_rate_limit WHERE key = ${which.key}`
      : sql`DELETE FROM rum_rate_limit WHERE expires_at < ${BigInt(Math.floor(which.before))}`,
  );
}

function toWindow(row: StoredRow | undefined): RateWindow {
  return { points: Number(row?.points), expiresAt: Number(row?.expires_at) };
}
