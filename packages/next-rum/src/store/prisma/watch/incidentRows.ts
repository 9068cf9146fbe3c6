import type { WatchedIncident, WatchedMetric } from '../../../analysis/insights/watchedIncident.js';
import type { IncidentQuestion } from '../../watchStore.js';
import type { SqlClient, SqlRunner } from '../client.js';
import { execute, queryRows, type Sql, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';

const COLUMNS = sql`app, id, metric, began, opened_at, ended, updated_at, affected, body`;

/** @see {@link WatchStore.incidents} */
export function incidents(
  runner: SqlRunner,
  { app, from, to }: IncidentQuestion,
  limit: number,
): Promise<readonly WatchedIncident[]> {
  return read(
    runner,
    sql`WHERE app = ${app} AND began < ${BigInt(Math.ceil(to))} AND (ended IS NULL OR ended > ${BigInt(Math.ceil(from))})
      ORDER BY CASE WHEN ended IS NULL THEN 0 ELSE 1 END, affected DESC, id LIMIT ${BigInt(limit)}`,
  );
}

/** @see {@link WatchStore.incident} */
export async function incident(runner: SqlRunner, app: string, id: string): Promise<WatchedIncident | null> {
  const [found] = await read(runner, sql`WHERE app = ${app} AND id = ${id}`);
  return found ?? null;
}

export function openIncidents(runner: SqlRunner, app: string): Promise<readonly WatchedIncident[]> {
  return read(runner, sql`WHERE app = ${app} AND ended IS NULL ORDER BY id`);
}

/** Incidents of errors that were over since a moment, epoch ms. */
export function endedErrorIncidents(
  runner: SqlRunner,
  app: string,
  since: number,
): Promise<readonly WatchedIncident[]> {
  return read(runner, sql`WHERE app = ${app} AND metric = 'errors' AND ended >= ${BigInt(since)}`);
}

async function read(runner: SqlRunner, which: Sql): Promise<readonly WatchedIncident[]> {
  const rows = await queryRows<StoredRow>(runner, sql`SELECT ${COLUMNS} FROM rum_incident ${which}`);
  return rows.map(decode);
}

function decode(row: StoredRow): WatchedIncident {
  const ended = row.ended ?? null;
  return {
    // Those of an earlier version have none.
    errors: [],
    partOf: null,
    // Only this package writes the table.
    ...(JSON.parse(String(row.body)) as Omit<Body, Later> & Partial<Pick<Body, Later>>),
    app: String(row.app),
    id: String(row.id),
    metric: String(row.metric) as WatchedMetric,
    began: Number(row.began),
    openedAt: Number(row.opened_at),
    ended: ended === null ? null : Number(ended),
    updatedAt: Number(row.updated_at),
    affected: Number(row.affected),
  };
}

/** What was not written from the beginning. */
type Later = 'errors' | 'partOf';
type Body = Omit<
  WatchedIncident,
  'app' | 'id' | 'metric' | 'began' | 'openedAt' | 'ended' | 'updatedAt' | 'affected'
>;

/** Writes an incident in the place of what was known of it. */
export async function writeIncident(runner: SqlRunner, written: WatchedIncident): Promise<void> {
  const { app, id, metric, began, openedAt, ended, updatedAt, affected, ...rest } = written;
  const body = JSON.stringify(rest satisfies Body);
  const end = ended === null ? sql`NULL` : sql`${BigInt(ended)}`;
  await execute(
    runner,
    sql`INSERT INTO rum_incident (${COLUMNS})
      VALUES (${app}, ${id}, ${metric}, ${BigInt(began)}, ${BigInt(openedAt)}, ${end}, ${BigInt(updatedAt)}, ${BigInt(affected)}, ${body})
      ON CONFLICT (app, id) DO UPDATE SET metric = excluded.metric, ended = excluded.ended, updated_at = excluded.updated_at,
        affected = excluded.affected, body = excluded.body`,
  );
}

/** @see {@link WatchStore.saveIncidents} */
export function saveIncidents(client: SqlClient, list: readonly WatchedIncident[]): Promise<void> {
  return client.$transaction(async (transaction) => {
    for (const each of list) await writeIncident(transaction, each);
  });
}

/** Of incidents, how many were over before a moment, epoch ms, and are forgotten. */
export function deleteIncidents(runner: SqlRunner, before: number): Promise<number> {
  return execute(runner, sql`DELETE FROM rum_incident WHERE ended < ${BigInt(before)}`);
}
