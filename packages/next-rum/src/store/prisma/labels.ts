import type { AdmittedLabels } from '../ingestStore.js';
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
): Promise<AdmittedLabels> {
  const known = await readLabels(client, list);
  const fresh = [...new Set(labels)].filter((label) => !known.admitted.has(label));
  const room = Math.max(0, limit - known.admitted.size);
  const admitted = [
    ...fresh.filter((label) => known.kept.has(label)).slice(0, room),
    ...fresh.filter((label) => !known.kept.has(label)).slice(0, Math.max(0, room - known.kept.size)),
  ].sort();
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
  await execute(client, sql`DELETE FROM rum_label WHERE day < ${eveOf(now)}`);
}

async function readLabels(client: SqlClient, { app, day, kind }: LabelList): Promise<AdmittedLabels> {
  const rows = await queryRows<{ day: string; label: string }>(
    client,
    sql`SELECT day, label FROM rum_label
      WHERE day IN (${day}, ${eveOf(Date.parse(day))}) AND app = ${app} AND kind = ${kind}`,
  );
  const admitted = new Set(rows.flatMap((row) => (row.day === day ? row.label : [])));
  const kept = rows.flatMap(({ label }) => (admitted.has(label) ? [] : label));
  return { admitted, kept: new Set(kept) };
}

/** The UTC day before that of `now`, epoch ms. */
function eveOf(now: number): string {
  return new Date(now - DAY).toISOString().slice(0, 10);
}
