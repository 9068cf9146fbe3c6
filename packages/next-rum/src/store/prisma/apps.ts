import type { SqlRunner } from './client.js';
import { constantSql, queryRows, sql } from './sql.js';

/** The apps that have rows in a table. Asks the key for one after the other, which is cheaper than looking at each row. */
export async function appsOf(
  runner: SqlRunner,
  table: 'rum_view' | 'rum_event' | 'rum_rollup',
): Promise<readonly string[]> {
  const apps: string[] = [];
  for (let last = ''; ; ) {
    const [row] = await queryRows<{ app: string | null }>(
      runner,
      sql`SELECT min(app) AS app FROM ${constantSql(table)} WHERE app > ${last}`,
    );
    const app = row?.app ?? null;
    if (app === null) return apps;
    apps.push(app);
    last = app;
  }
}
