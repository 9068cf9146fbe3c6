import { expect, onTestFinished, test } from 'vitest';
import { makeView } from '../../testing/rows.js';
import { makePostgresClient } from '../../testing/storeClients.js';
import { createTestDatabase } from '../../testing/testDatabase.js';
import { openStore } from '../openStore.js';
import { DIALECTS } from './dialect.js';
import { isRow } from './isRow.js';
import { NAMES } from './rollup/rollupTables.js';
import { queryRows, sql } from './sql.js';

test('PostgreSQL finds rows by their keys in an app of which it has counted none', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const store = await openStore(database.url);
  const insert = (app: string): Promise<unknown> =>
    store.insert({ views: Array.from({ length: 2000 }, (_, index) => makeView(index, { app })), events: [] });
  await insert('old');
  await database.query('ANALYZE rum_view');
  await insert('new');
  await store.close();

  const names = DIALECTS.postgresql.rowsOf(NAMES, [{ name: makeView(7).id }]);
  const found = DIALECTS.postgresql.searchEach(names, sql`rum_view`, isRow('new', sql`name`));
  const client = await makePostgresClient(database.url);
  const plan = await queryRows<{ readonly 'QUERY PLAN': string }>(
    client,
    sql`EXPLAIN SELECT id, route ${found}`,
  );
  const scans = plan.map((step) => step['QUERY PLAN']).filter((step) => step.includes('rum_view_default'));
  expect(scans).toEqual([expect.stringContaining('Index Scan using rum_view_default_pkey')]);
  expect(await queryRows(client, sql`SELECT id, app ${found}`)).toEqual([{ id: makeView(7).id, app: 'new' }]);
}, 60_000);

test('PostgreSQL finds rows by lists of ids, whatever characters those have', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const ids = ['"', '\\', '\\"', '{a,b}', 'a,b', 'NULL', '', ' ', "'", 'ä…😀', '\n'];
  const store = await openStore(database.url);
  await store.insert({ views: ids.map((id, index) => makeView(index, { app: 'shop', id })), events: [] });
  await store.close();
  const client = await makePostgresClient(database.url);
  for (const id of ids) {
    expect(
      await queryRows(
        client,
        sql`SELECT id FROM rum_view WHERE ${DIALECTS.postgresql.hasIds('shop', [id, 'of none'])}`,
      ),
    ).toEqual([{ id }]);
  }
  const all = sql`SELECT count(*) AS n FROM rum_view WHERE ${DIALECTS.postgresql.hasIds('shop', ids)}`;
  expect(Number((await queryRows<{ readonly n: bigint }>(client, all))[0]?.n)).toBe(ids.length);
}, 60_000);
