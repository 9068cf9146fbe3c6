import { GRAIN_MS } from '../../rollup/grains.js';
import type { EraseSelector } from '../../store.js';
import type { SqlClient, SqlRunner } from '../client.js';
import { readSince } from '../rollup/knowledge.js';
import { execute, queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';

/** Of these there is nothing to be seen in their own time: whoever did not come had come in the week before. */
const OF_WHO_STAYED_AWAY: ReadonlySet<string> = new Set(['traffic', 'silence']);

/** Forgets what was noticed in rows that were erased as a whole, whom it was told, and what was learnt where nothing else is left. */
export async function eraseWatched(client: SqlClient, selector: EraseSelector): Promise<void> {
  if ('before' in selector) await eraseBefore(client, selector.app, BigInt(Math.ceil(selector.before)));
  if ('sample' in selector) await eraseSample(client, selector.app);
}

function eraseBefore(client: SqlClient, app: string, before: bigint): Promise<void> {
  return client.$transaction(async (transaction) => {
    await execute(
      transaction,
      sql`DELETE FROM rum_notice WHERE app = ${app} AND (created_at < ${before}
        OR incident IN (SELECT id FROM rum_incident WHERE app = ${app} AND began < ${before}))`,
    );
    await execute(transaction, sql`DELETE FROM rum_incident WHERE app = ${app} AND began < ${before}`);
    await execute(transaction, sql`DELETE FROM rum_watch WHERE app = ${app} AND watched_until <= ${before}`);
  });
}

/** Incidents of a time in which there is no other view. Of those whose single rows are gone that can't be told; they stay, as their rollups do. */
async function eraseSample(client: SqlClient, app: string): Promise<void> {
  const { raw } = await readSince(client);
  const rows = await queryRows<StoredRow>(
    client,
    sql`SELECT id, metric, began, updated_at FROM rum_incident WHERE app = ${app}`,
  );
  for (const row of rows) {
    const id = String(row.id);
    const reach = OF_WHO_STAYED_AWAY.has(String(row.metric)) ? 7 * GRAIN_MS.day : 0;
    const from = Number(row.began) - reach;
    if (from < raw || (await hasViews(client, app, from, Number(row.updated_at)))) continue;
    await client.$transaction(async (transaction) => {
      await execute(transaction, sql`DELETE FROM rum_notice WHERE app = ${app} AND incident = ${id}`);
      await execute(transaction, sql`DELETE FROM rum_incident WHERE app = ${app} AND id = ${id}`);
    });
  }
  if (await hasViews(client, app, raw, Number.MAX_SAFE_INTEGER)) return;
  await execute(client, sql`DELETE FROM rum_watch WHERE app = ${app}`);
}

async function hasViews(runner: SqlRunner, app: string, from: number, to: number): Promise<boolean> {
  const found = await queryRows(
    runner,
    sql`SELECT 1 AS found FROM rum_view
      WHERE app = ${app} AND started_at >= ${BigInt(from)} AND started_at < ${BigInt(to)} LIMIT 1`,
  );
  return found.length > 0;
}
