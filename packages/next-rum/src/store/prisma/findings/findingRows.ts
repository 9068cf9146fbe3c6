import type { KeptFindings } from '../../findingStore.js';
import type { SqlRunner } from '../client.js';
import { execute, queryRows, sql } from '../sql.js';

/** Of what is written; what another version wrote is not read. */
const VERSION = 1;

interface Written extends Omit<KeptFindings, 'madeAt'> {
  readonly version: number;
}

/** Writes what was found of an app, in the place of what was there. */
export async function writeFindings(
  runner: SqlRunner,
  app: string,
  { madeAt, ...found }: KeptFindings,
): Promise<void> {
  const body = JSON.stringify({ version: VERSION, ...found } satisfies Written);
  await execute(
    runner,
    sql`INSERT INTO rum_finding (app, made_at, body) VALUES (${app}, ${BigInt(Math.floor(madeAt))}, ${body})
      ON CONFLICT (app) DO UPDATE SET made_at = excluded.made_at, body = excluded.body`,
  );
}

/** @see {@link FindingStore.findings} */
export async function findings(runner: SqlRunner, app: string): Promise<KeptFindings | null> {
  const [row] = await queryRows<{ readonly made_at: bigint | number; readonly body: string }>(
    runner,
    sql`SELECT made_at, body FROM rum_finding WHERE app = ${app}`,
  );
  if (row === undefined) return null;
  const { version, ...found } = JSON.parse(row.body) as Written;
  return version === VERSION ? { madeAt: Number(row.made_at), ...found } : null;
}

/** Forgets what was found of an app, since what it was found in is not as it was. */
export async function dropFindings(runner: SqlRunner, app: string): Promise<void> {
  await execute(runner, sql`DELETE FROM rum_finding WHERE app = ${app}`);
}

/** Forgets what was found of apps that have had no view for long. */
export async function forgetFindings(runner: SqlRunner, before: number): Promise<void> {
  await execute(runner, sql`DELETE FROM rum_finding WHERE made_at < ${BigInt(Math.floor(before))}`);
}
