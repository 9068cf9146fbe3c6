import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeEvent, makeView, NOON } from '../../testing/rows.js';
import { connectSqliteForTest, makePostgresClient } from '../../testing/storeClients.js';
import { createTestDatabase } from '../../testing/testDatabase.js';
import { makeTestFolder } from '../../testing/testFolder.js';
import { openStore } from '../openStore.js';
import type { SqlClient } from '../prisma/client.js';
import { DIALECTS } from '../prisma/dialect.js';
import { constantSql, execute, queryRows, sql } from '../prisma/sql.js';
import { applyMigrations, type Migration } from './applyMigrations.js';
import { migrate } from './migrate.js';

const first: Migration = {
  name: '0001_first',
  sql: 'CREATE TABLE first (a TEXT);\nCREATE INDEX first_a ON first (a);',
};
const second: Migration = { name: '0002_second', sql: 'CREATE TABLE second (a TEXT);' };
const broken: Migration = {
  name: '0003_broken',
  sql: 'CREATE TABLE third (a TEXT);\nCREATE TABLE first (a TEXT);',
};

describe.each([
  { provider: 'sqlite', makeUrl: async () => `file:${join(await makeTestFolder(), 'rum.db')}` },
  { provider: 'postgresql', makeUrl: makePostgresUrl },
] as const)('on $provider', ({ provider, makeUrl }) => {
  const apply = (client: SqlClient, migrations: readonly Migration[]): Promise<readonly string[]> =>
    applyMigrations(client, DIALECTS[provider], migrations);
  // Clients that know nothing of each other, as those of two processes.
  const connect = provider === 'sqlite' ? connectSqliteForTest : makePostgresClient;

  test('migrate names what it applied, and applies it once', async () => {
    const url = await makeUrl();

    const partitions = provider === 'postgresql' ? ['0005_partitions'] : [];
    expect(await migrate(url)).toEqual([
      '0001_init',
      '0002_full_capture',
      '0003_ingest',
      '0004_rollups',
      ...partitions,
      '0006_dimensions',
      '0007_error_groups',
      '0008_saved',
      '0009_watch',
      '0010_notices',
      '0011_findings',
      '0012_folded',
    ]);
    expect(await migrate(url)).toEqual([]);
  });

  test('errors that were rolled up before there were groups of them are counted anew', async () => {
    const url = await makeUrl();
    const before = await openStore(url);
    const data = '{"message":"no lamp","count":3}';
    const events = [1, 2].map((number) => makeEvent(number, { type: 'error', name: 'Error', data }));
    await before.insert({ views: [makeView(0)], events });
    const now = () => NOON + 3 * 86_400_000;
    await before.rollUp({ now });
    await before.close();
    const client = await connect(url);
    await execute(client, sql`DELETE FROM rum_rollup WHERE dimension = 'error'`);
    await execute(client, sql`DELETE FROM _rum_migrations WHERE name = '0007_error_groups'`);

    const after = await openStore(url);
    onTestFinished(() => after.close());
    const always = { app: 'shop', from: 0, to: 8.64e15 };
    expect(await after.errorCounts(always, 9)).toMatchObject([{ events: 6 }]);
    // Minutes of that time are no longer kept: its hour is made of the rows themselves.
    expect(await after.rollUp({ now })).toMatchObject({ kind: 'done', minutes: 0, hours: 1, days: 1 });
    expect(await after.errorCounts(always, 9)).toMatchObject([{ events: 6 }]);
  });

  test('of what was rolled up before, a thousand values and (other) are taken for some counted together', async () => {
    const url = await makeUrl();
    const before = await openStore(url);
    const visit = (number: number, route: string, hour: number) =>
      makeView(number, { route, startedAt: NOON + hour * 3_600_000 });
    const views = [
      ...Array.from({ length: 2000 }, (_, index) => visit(index, `/${index % 1000}`, 0)),
      visit(2000, '/rare', 0),
      visit(2001, '(other)', 2),
    ];
    await before.insert({ views, events: [] });
    await before.rollUp({ now: () => NOON + 3 * 86_400_000 });
    await before.close();
    const client = await connect(url);
    const folded = sql`SELECT grain, value, n FROM rum_rollup WHERE dimension = 'folded' ORDER BY grain`;
    await execute(client, sql`DELETE FROM rum_rollup WHERE dimension = 'folded'`);
    await execute(client, sql`DELETE FROM _rum_migrations WHERE name = '0012_folded'`);

    const after = await openStore(url);
    onTestFinished(() => after.close());
    expect((await queryRows<{ grain: string }>(client, folded)).map(({ grain }) => grain)).toEqual([
      'day',
      'hour',
    ]);
    const where = [{ dimension: 'route', keep: true, values: ['/rare'] } as const];
    expect((await after.vitals({ app: 'shop', from: 0, to: 8.64e15, where })).lcp.n).toBe(1);
  });

  test('a database of the first version keeps its rows, and takes new ones beside them', async () => {
    const url = await makeUrl();
    const client = await connect(url);
    const { MIGRATIONS } = await import('#migrations');
    await apply(client, MIGRATIONS[provider].slice(0, 1));
    const view = makeView(1, { lcp: 1234.5999999046326, attribution: '{"lcp":{}}', sample: true });
    const event = makeEvent(2, { data: '{"properties":{}}' });
    await execute(
      client,
      sql`INSERT INTO rum_view (app, id, revision, started_at, received_at, visitor, route, path, router, navigation_type,
          device, automated, lcp, inp, cls, fcp, ttfb, attribution, sample)
        VALUES (${view.app}, ${view.id}, ${1n}, ${BigInt(view.startedAt)}, ${BigInt(view.receivedAt)}, ${view.visitor},
          ${view.route}, ${view.path}, ${view.router}, ${view.navigationType}, ${view.device}, ${false},
          ${view.lcp}, ${view.inp}, ${view.cls}, ${view.fcp}, ${view.ttfb}, ${view.attribution}, ${true})`,
    );
    await execute(
      client,
      sql`INSERT INTO rum_event (app, id, view_id, type, name, occurred_at, received_at, visitor, route, data, sample)
        VALUES (${event.app}, ${event.id}, ${event.viewId}, ${event.type}, ${event.name}, ${BigInt(event.occurredAt)},
          ${BigInt(event.receivedAt)}, ${event.visitor}, ${event.route}, ${event.data}, ${false})`,
    );

    const store = await openStore(url);
    onTestFinished(() => store.close());
    const [newView, newEvent] = [
      makeView(3, { scrollDepth: 0.5, kept: true }),
      makeEvent(4, { duration: 1.5 }),
    ];
    await store.insert({ views: [newView], events: [newEvent] });

    const range = { app: 'shop', from: 0, to: 8.64e15 };
    expect(await store.totals(range)).toMatchObject({ views: 2, events: 2 });
    expect(await store.rollUp({ now: () => NOON + 3_600_000 })).toMatchObject({ minutes: 1 });
    expect(await store.totals(range)).toMatchObject({ views: 2, events: 2 });
    expect(await store.views(range, 10)).toEqual([newView, view]);
    expect(await store.events(range, 10)).toEqual([newEvent, event]);
    const next = makeView(1, { revision: 2, loadingTime: 900 });
    await store.insert({ views: [next], events: [] });
    expect(await store.views(range, 10)).toEqual([newView, next]);
  });

  test('of processes that migrate at once, one does and all end well', async () => {
    const url = await makeUrl();
    const clients = await Promise.all([connect(url), connect(url), connect(url)]);

    const applied = await Promise.all(clients.map((client) => apply(client, [first, second])));

    expect(applied.flat()).toEqual(['0001_first', '0002_second']);
  });

  test('applies what came later', async () => {
    const client = await connect(await makeUrl());
    await apply(client, [first]);

    expect(await apply(client, [first, second])).toEqual(['0002_second']);
    expect(await queryRows(client, constantSql('SELECT * FROM second'))).toEqual([]);
  });

  test('leaves alone what a newer version applied', async () => {
    const client = await connect(await makeUrl());
    await apply(client, [first, second]);

    expect(await apply(client, [first])).toEqual([]);
  });

  test('refuses to go on when an applied migration was changed, and names it', async () => {
    const client = await connect(await makeUrl());
    await apply(client, [first]);

    await expect(apply(client, [{ ...first, sql: `${first.sql} ` }, second])).rejects.toThrow(
      'migration 0001_first was changed after it was applied',
    );
    await expect(queryRows(client, constantSql('SELECT * FROM second'))).rejects.toThrow();
  });

  test('a migration that fails leaves nothing behind', async () => {
    const client = await connect(await makeUrl());

    await expect(apply(client, [first, broken])).rejects.toThrow('first');
    expect(await apply(client, [first])).toEqual(['0001_first']);
    await expect(queryRows(client, constantSql('SELECT * FROM third'))).rejects.toThrow();
  });
});

test('a PostgreSQL user who may not create tables can use a migrated database, and is told what is missing on another', async () => {
  const database = await createTestDatabase();
  const role = `rum_test_${randomUUID().replaceAll('-', '')}`;
  await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  onTestFinished(async () => {
    await database.query(`DROP OWNED BY ${role}`);
    await database.query(`DROP ROLE ${role}`);
    await database.drop();
  });
  await database.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  const url = new URL(database.url);
  url.username = role;
  url.password = 'secret';

  await expect(openStore(url.href)).rejects.toThrow(
    /may not create the tables .* grant it CREATE on the schema, or run `npx next-rum migrate`/,
  );

  await migrate(database.url);
  await database.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`);
  const store = await openStore(url.href);
  expect((await store.totals({ app: 'shop', from: 0, to: 1 })).views).toBe(0);
  await store.close();
});

async function makePostgresUrl(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}
