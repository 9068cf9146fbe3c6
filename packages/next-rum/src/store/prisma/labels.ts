import type { SqlClient } from './client.js';
import { execute, joinSql, queryRows, sql } from './sql.js';

const DAY = 86_400_000;

interface LabelList {
  readonly app: string;
  readonly day: string;
  readonly kind: string;
}

/** @see {@link IngestStore.admitLabels} */
export async function admitLabels(
  client: SqlClient,
  list: LabelList,
  labels: readonly string[],
  limit: number,
): Promise<ReadonlySet<string>> {
  const known = await readLabels(client, list);
  const fresh = [...new Set(labels)].filter((label) => !known.has(label));
  const admitted = fresh.slice(0, Math.max(0, limit - known.size)).sort();
  if (admitted.length === 0) return known;
  const { app, day, kind } = list;
  await forgetLabels(client, Date.parse(day));
  await execute(
    client,
    sql`INSERT INTO rum_label (day, app, kind, label)
      VALUES ${joinSql(
        admitted.map((label) => sql`(${day}, ${app}, ${kind}, ${label})`),
        ', ',
      )}
      ON CONFLICT (day, app, kind, label) DO NOTHING`,
  );
  return readLabels(client, list);
}

/** Forgets those of days before yesterday. @param now Epoch ms. */
export async function forgetLabels(client: SqlClient, now: number): Promise<void> {
  const eve = new Date(now - DAY).toISOString().slice(0, 10);
  await execute(client, sql`DELETE FROM rum_label WHERE day < ${eve}`);
}

async function readLabels(client: SqlClient, { app, day, kind }: LabelList): Promise<ReadonlySet<string>> {
  const rows = await queryRows<{ label: string }>(
    client,
    sql`SELECT label FROM rum_label WHERE day = ${day} AND app = ${app} AND kind = ${kind}`,
  );
  return new Set(rows.map(({ label }) => label));
}
