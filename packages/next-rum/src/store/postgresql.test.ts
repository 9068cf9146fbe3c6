import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { makeEvent, makeView, NOON } from '../testing/rows.js';
import { makePostgresClient } from '../testing/storeClients.js';
import { createTestDatabase, type TestDatabase } from '../testing/testDatabase.js';
import { openStore } from './openStore.js';
import type { EventRow, ViewRow } from './rows.js';
import { describeStoreContract } from './store.contract.js';
import type { TimeRange } from './store.js';

const range: TimeRange = { app: 'shop', from: NOON, to: NOON + 1000 };

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.query(
    `TRUNCATE rum_view, rum_event, rum_salt, rum_dead_letter, rum_ingest_minute, rum_label, rum_rate_limit,
      rum_rollup, rum_dirty, rum_retained, rum_job, rum_saved, rum_change,
      rum_watch, rum_incident, rum_notice, rum_finding`,
  );
});
afterAll(async () => {
  await database.drop();
});

describeStoreContract('PostgreSQL', () => openStore(database.url));

describe('when the server fails', () => {
  test('a closed port is reported as unavailable, without the password', async () => {
    const url = new URL(database.url);
    url.port = `${await closedPort()}`;
    url.password = 's3cret';

    const opening = openStore(url.href);

    await expect(opening).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' });
    await expect(opening).rejects.not.toThrow('s3cret');
  });

  test('lost connections are replaced', async () => {
    const store = await openStore(database.url);
    await store.ping();
    await database.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );

    // The first call may still be given a connection that is dying.
    await store.ping().catch((error: unknown) => expect(error).toMatchObject({ code: 'unavailable' }));
    expect((await store.insert({ views: [makeView(1)], events: [] })).accepted.size).toBe(1);
    await store.close();
  });

  test('a statement that takes too long leaves nothing: to write it may be tried again, to read it is too slow', async () => {
    const store = await openStore(`${database.url}?statement_timeout=300`);
    await database.query('BEGIN');
    await database.query('LOCK TABLE rum_view');

    const insert = store.insert({ views: [makeView(1)], events: [] });
    await expect(insert).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' });

    // Asking for the same again would take as long.
    await expect(store.totals(range)).rejects.toMatchObject({ name: 'StoreError', code: 'too_slow' });
    const where = [{ dimension: 'os', keep: true, values: ['Linux'] }] as const;
    await expect(store.overview({ ...range, where }, 1000)).rejects.toMatchObject({ code: 'too_slow' });

    await database.query('ROLLBACK');
    expect(await store.views(range, 10)).toEqual([]);
    await store.close();
  });
});

describe('erases what the planner has counted no row of', () => {
  /** 30,000 views like the only one of the shop. */
  const copies = async (app: string, days: number): Promise<void> => {
    await database.query(
      `INSERT INTO rum_view SELECT (jsonb_populate_record(rum_view, jsonb_build_object('app', '${app}',
        'id', left(id, 24) || lpad(n::text, 12, '0'), 'started_at', started_at + ${days} * 86400000::bigint))).*
        FROM rum_view, generate_series(2, 30001) AS n WHERE app = 'shop'`,
    );
  };

  test.each([
    { of: 'an app', counted: () => copies('old', 0), left: 30_000 },
    { of: 'a time', counted: () => copies('old', 30), left: 30_000 },
    {
      of: 'rows in the place of others',
      counted: async () => {
        await copies('old', 0);
        await database.query(
          `DELETE FROM rum_view WHERE app = 'old' AND ctid <> (SELECT max(ctid) FROM rum_view)`,
        );
      },
      left: 1,
    },
  ])(
    'of $of',
    async ({ counted, left }) => {
      // Of each piece all rows once for each key took 7 s, where the pieces take 0.1.
      const store = await openStore(`${database.url}?statement_timeout=4000`);
      await store.insert({ views: [makeView(1)], events: [] });
      await counted();
      await database.query('VACUUM ANALYZE rum_view');
      await copies('new', 0);

      await store.erase({ app: 'new', before: NOON + 86_400_000 });
      expect(
        await database.query('SELECT app, count(*)::int FROM rum_view GROUP BY app ORDER BY app'),
      ).toEqual([
        { app: 'old', count: left },
        { app: 'shop', count: 1 },
      ]);
      await store.close();
    },
    60_000,
  );
});

test('reads an app of which the planner has counted no row', async () => {
  const rows = (app: string): { views: ViewRow[]; events: EventRow[] } => ({
    views: Array.from({ length: 20_000 }, (_, number) => makeView(number, { app })),
    events: Array.from({ length: 20_000 }, (_, number) =>
      makeEvent(number, { app, type: 'error', viewId: makeView(number).id, name: `E${number % 1000}` }),
    ),
  });
  const filling = await openStore(database.url);
  await filling.insert(rows('old'));
  await database.query('ANALYZE rum_view');
  await filling.insert(rows('new'));
  await filling.close();

  // All views of the app once for each id would take far longer.
  const store = await openStore(`${database.url}?statement_timeout=2000`);
  onTestFinished(() => store.close());
  const all = { app: 'new', from: NOON, to: NOON + 86_400_000 };
  const linux = { ...all, where: [{ dimension: 'os', keep: false, values: ['Linux'] }] } as const;
  const [group] = await store.errorGroups(all, 86_400_000, 10).then(({ groups }) => groups);
  expect(group).toBeDefined();
  for (const range of [all, linux])
    expect((await store.latestEvents(range, ['error'], 1000)).events).toHaveLength(1000);
}, 60_000);

test('a value that no index can hold is invalid data', async () => {
  const store = await openStore(database.url);
  // PostgreSQL compresses before it refuses, so it must be random.
  const visitor = Array.from({ length: 400 }, () => crypto.randomUUID()).join('');

  await expect(store.insert({ views: [makeView(1, { visitor })], events: [] })).rejects.toMatchObject({
    code: 'invalid_data',
  });
  await store.close();
});

test('uses few connections, however many calls', async () => {
  const store = await openStore(database.url);
  await Promise.all(Array.from({ length: 100 }, () => store.totals(range)));

  const [{ connections } = { connections: Number.NaN }] = await database.query<{ connections: number }>(
    'SELECT count(*)::int AS connections FROM pg_stat_activity WHERE datname = current_database()',
  );
  expect(connections).toBeLessThanOrEqual(12);
  await store.close();
});

test('keeps its tables in the schema that the URL names', async () => {
  await database.query('CREATE SCHEMA monitoring');
  const store = await openStore(`${database.url}?schema=monitoring`);
  await store.insert({ views: [makeView(1)], events: [] });
  await store.close();

  expect(await database.query('SELECT id FROM monitoring.rum_view')).toHaveLength(1);
  expect(await database.query('SELECT id FROM public.rum_view')).toHaveLength(0);
});

test("works through the app's own client, and leaves it connected", async () => {
  const client = await makePostgresClient(database.url);
  const store = await openStore(database.url, { client });
  await store.insert({ views: [makeView(1)], events: [] });
  expect((await store.totals(range)).views).toBe(1);
  await store.close();

  expect(await client.$queryRaw`SELECT id FROM rum_view`).toHaveLength(1);
});

function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 1));
    });
  });
}
