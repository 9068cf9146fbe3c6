import { eraseDeadLettersOfUser } from './deadLetters.js';
import { deleteRows } from './deleteRows.js';
import type { ErasingSource } from './erasingSource.js';
import { idRangesOf } from './partitions/idRanges.js';
import { readPartitions } from './partitions/partitions.js';
import { passRows } from './passRows.js';
import { NAMES } from './rollup/rollupTables.js';
import { queryRows, type Sql, sql } from './sql.js';

/**
 * Erases the views of a user, those of the same visitors that are nobody's, such as from before the sign-in, and the events of
 * these visitors, but for those of views in which somebody else was signed in. Views of the user go last, since they tell who
 * the visitors are: what was broken off is found again.
 *
 * @param user Id, as it is stored.
 */
export async function eraseUser(
  source: ErasingSource,
  { app, user }: { readonly app: string; readonly user: string },
): Promise<{ views: number; events: number }> {
  const { client, dialect, writer } = source;
  const visitors = await visitorsOf(source, app, user);
  await eraseDeadLettersOfUser(source, { app, user, visitors });
  if (visitors.length === 0) return { views: 0, events: 0 };
  // Not a join for PostgreSQL, which would go through the list again for each of the rows that it has not counted yet.
  const ofVisitors = sql`(visitor IN (${listOf(source, visitors)})) IS TRUE`;
  const ofOthers = sql`(SELECT count(*) FROM rum_view
    WHERE rum_view.app = rum_event.app AND rum_view.id = rum_event.view_id AND rum_view.user_id <> ${user})`;
  const take = (kind: 'views' | 'events', where: Sql): Promise<number> =>
    deleteRows(client, dialect, { kind, app, which: { where } }, writer);
  const events = await take('events', sql`${ofVisitors} AND ${ofOthers} = 0`);
  const anonymous = await take('views', sql`${ofVisitors} AND user_id IS NULL`);
  return { events, views: anonymous + (await take('views', sql`user_id = ${user}`)) };
}

/** Under which a user was seen. */
async function visitorsOf(
  { client, dialect }: ErasingSource,
  app: string,
  user: string,
): Promise<readonly string[]> {
  const visitors = new Set<string>();
  for (const { condition } of idRangesOf(await readPartitions(client, dialect, 'views'), sql`rum_view.id`)) {
    for await (const piece of passRows(client, { kind: 'views', app }, condition)) {
      const rows = await queryRows<{ readonly visitor: string }>(
        client,
        sql`SELECT DISTINCT visitor FROM rum_view WHERE ${piece} AND user_id = ${user}`,
      );
      for (const { visitor } of rows) visitors.add(visitor);
    }
  }
  return [...visitors];
}

function listOf({ dialect }: ErasingSource, visitors: readonly string[]): Sql {
  const rows = dialect.rowsOf(
    NAMES,
    visitors.map((name) => ({ name })),
  );
  return sql`SELECT name FROM ${rows}`;
}
