import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  makeEvent,
  makeView,
  NOON,
  randomFrom,
  randomViews,
  shuffled,
  variedViews,
} from '../../../testing/rows.js';
import { connectSqliteForTest, makePostgresClient } from '../../../testing/storeClients.js';
import { createTestDatabase } from '../../../testing/testDatabase.js';
import { makeTestFolder } from '../../../testing/testFolder.js';
import { openStore } from '../../openStore.js';
import type { RumStore } from '../../store.js';
import type { SqlClient } from '../client.js';
import { constantSql, execute, queryRows, sql } from '../sql.js';
import { asJob } from './jobs.js';

const HOUR = 3_600_000;
const DAY = 86_400_000;

interface Opened {
  readonly store: RumStore;
  readonly client: SqlClient;
}

describe.each([
  { name: 'SQLite', open: openSqlite },
  { name: 'PostgreSQL', open: openPostgres },
])('on $name', ({ open }) => {
  test('rollups are the same rows however the raw rows came about', async () => {
    const [one, other] = [await open(), await open()];
    const random = randomFrom(1);
    const final = randomViews(77, 300).map((view) => ({
      ...view,
      revision: 2,
      startedAt: view.startedAt - Math.floor(random() * 5 * DAY),
    }));
    const earlier = final.map((view) => ({ ...view, revision: 1, startedAt: NOON, lcp: 1, route: '/early' }));
    const events = Array.from({ length: 100 }, (_, index) =>
      makeEvent(index, { occurredAt: NOON - index * HOUR }),
    );
    const now = NOON + 9 * HOUR;

    await one.store.insert({ views: final, events });
    await one.store.rollUp({ now: () => now });
    const views = shuffled([...earlier, ...final, ...final, ...earlier, ...final], random);
    while (views.length > 0) {
      const part = views.splice(0, 200);
      await other.store.insert({ views: part, events: shuffled(events, random).slice(0, 60) });
      await other.store.rollUp({ now: () => now - Math.floor(random() * 6 * HOUR) });
    }
    await other.store.insert({ views: final, events });
    await other.store.rollUp({ now: () => now });

    // Earlier runs kept minutes that are too old by now.
    for (const { store } of [one, other]) await store.retain({ now: () => now });
    const rollups = await dump(one.client);
    expect(new Set(rollups.map(({ grain }) => grain))).toEqual(new Set(['minute', 'hour', 'day']));
    expect(await dump(other.client)).toEqual(rollups);
  });

  test('a run that fails says why, until one succeeds', async () => {
    const { store, client } = await open();
    await store.insert({ views: randomViews(79, 10), events: [] });
    const now = NOON + 3 * DAY;
    const state = async () => (await store.jobs(now)).find(({ name }) => name === 'rollup');
    await execute(client, sql`ALTER TABLE rum_rollup RENAME TO rum_elsewhere`);

    await expect(store.rollUp({ now: () => now })).rejects.toThrow('rum_rollup');
    expect(await state()).toMatchObject({ state: 'failed', error: expect.stringContaining('rum_rollup') });

    await execute(client, sql`ALTER TABLE rum_elsewhere RENAME TO rum_rollup`);
    await store.rollUp({ now: () => now });
    expect(await state()).toMatchObject({ state: 'ok', error: null });
  });

  test('made again from nothing, rollups are the same rows', async () => {
    const { store, client } = await open();
    await store.insert({ views: randomViews(78, 300), events: [makeEvent(1)] });
    const now = NOON + 3 * DAY;
    await store.rollUp({ now: () => now });
    const rollups = await dump(client);

    await execute(client, sql`DELETE FROM rum_rollup`);
    await execute(
      client,
      sql`INSERT INTO rum_dirty (app, grain, bucket, writer, seq)
        SELECT DISTINCT app, 'minute', started_at - started_at % 60000, 'test', 1 FROM rum_view`,
    );
    await store.rollUp({ now: () => now });

    expect(await dump(client)).toEqual(rollups);
  });

  test('rollups of a version that told views apart by fewer dimensions are made anew', async () => {
    const { store, client } = await open();
    await store.insert({ views: variedViews(80, 200), events: [makeEvent(1)] });
    const now = NOON + 3 * DAY;
    await store.rollUp({ now: () => now });
    const rollups = await dump(client);
    await execute(client, sql`DELETE FROM rum_rollup WHERE dimension IN ('os', 'language', 'connection')`);

    const file = new URL('../../../../../../prisma/migrations/sqlite/0006_dimensions.sql', import.meta.url);
    await execute(client, constantSql(await readFile(file, 'utf8')));
    await store.rollUp({ now: () => now });

    expect(await dump(client)).toEqual(rollups);
  });

  test('rollups of a time when they had no digests are read every time', async () => {
    const { store, client } = await open();
    await store.insert({ views: randomViews(79, 100), events: [] });
    await store.rollUp({ now: () => NOON + DAY });
    await execute(
      client,
      sql`UPDATE rum_rollup SET sketch = substr(sketch, 1, length(sketch) - 17) WHERE dimension = 'all'`,
    );
    const range = { app: 'shop', from: NOON - DAY, to: NOON + DAY };
    const before = await store.breakdown(range, 'route', 10);
    expect(await store.breakdown(range, 'route', 10)).toEqual(before);

    await execute(client, sql`UPDATE rum_rollup SET value = '/new' WHERE value = '/cart'`);

    const renamed = before.map(({ value, ...rest }) => ({
      value: value === '/cart' ? '/new' : value,
      ...rest,
    }));
    expect(await store.breakdown(range, 'route', 10)).toEqual(renamed);
    expect((await store.vitals(range)).lcp.n).toBe(
      renamed.reduce((sum, { vitals }) => sum + vitals.lcp.n, 0),
    );
  });

  test('an instance whose lease ran out writes nothing over what its successor wrote', async () => {
    const { client } = await open();
    let now = NOON;
    const work = asJob(
      client,
      'rollup',
      () => now,
      async (lease) => {
        await client.$transaction((transaction) => lease.renew(transaction));
        expect(
          await asJob(
            client,
            'rollup',
            () => now,
            async () => 'meanwhile',
          ),
        ).toBeNull();
        now += 2 * 60_000;
        expect(
          await asJob(
            client,
            'rollup',
            () => now,
            async () => 'successor',
          ),
        ).toBe('successor');
        await client.$transaction(async (transaction) => {
          await lease.renew(transaction);
          await execute(transaction, sql`INSERT INTO rum_retained (kind, since) VALUES ('raw', 1)`);
        });
        return 'first';
      },
    );

    expect(await work).toBeNull();
    expect(await queryRows(client, sql`SELECT kind FROM rum_retained`)).toEqual([]);
  });

  test('a job that failed is told with its reason', async () => {
    const { store, client } = await open();
    await expect(
      asJob(
        client,
        'rollup',
        () => NOON,
        () => Promise.reject(new Error('disk full')),
      ),
    ).rejects.toThrow('disk full');

    expect(await store.jobs(NOON)).toContainEqual(
      expect.objectContaining({ name: 'rollup', state: 'failed', failedAt: NOON, error: 'disk full' }),
    );
  });
});

test('a bucket that cannot be made is told, keeps no other from being made, and is still answered', async () => {
  const { store, client } = await openSqlite();
  await execute(
    client,
    constantSql(`CREATE TRIGGER poison BEFORE INSERT ON rum_rollup WHEN NEW.value = '/poison'
      BEGIN SELECT RAISE(ABORT, 'poisoned'); END`),
  );
  const views = Array.from({ length: 10 }, (_, index) =>
    makeView(index, { startedAt: NOON + index * HOUR, route: index === 0 ? '/poison' : '/fine' }),
  );
  await store.insert({ views, events: [] });

  await expect(store.rollUp({ now: () => NOON + DAY })).rejects.toThrow('poisoned');

  const minutes = await queryRows(client, sql`SELECT bucket FROM rum_rollup WHERE dimension = 'all'`);
  expect(minutes).toHaveLength(9);
  expect(await store.totals({ app: 'shop', from: 0, to: NOON + DAY })).toMatchObject({ views: 10 });
  expect((await store.jobs(NOON + DAY))[0]).toMatchObject({ state: 'failed', lag: DAY - 120_000 });
  await execute(client, constantSql('DROP TRIGGER poison'));
  expect(await store.rollUp({ now: () => NOON + DAY })).toMatchObject({ kind: 'done', minutes: 1 });
});

test('a minute with more views than are read at once is counted whole', async () => {
  const { store } = await openSqlite();
  const views = Array.from({ length: 12_000 }, (_, index) =>
    makeView(index, { startedAt: NOON + index * 5, visitor: `${index % 70}`, lcp: index }),
  );
  await store.insert({ views, events: [] });
  await store.rollUp({ now: () => NOON + HOUR });
  const range = { app: 'shop', from: NOON, to: NOON + HOUR };

  expect(await store.totals(range)).toMatchObject({ views: 12_000, sessions: 70 });
  const { n, good, poor, p75 } = (await store.vitals(range)).lcp;
  expect([n, good, poor]).toEqual([12_000, 2501, 7999]);
  expect(Math.abs((p75 ?? 0) / 8999 - 1)).toBeLessThan(0.01);
});

test('far behind, percentiles are within 1 % of those of the raw rows', async () => {
  const { store } = await openSqlite();
  const early = Array.from({ length: 100 }, (_, index) =>
    makeView(index, { startedAt: NOON - DAY, lcp: 999.5, route: '/early' }),
  );
  await store.insert({ views: early, events: [] });
  await store.rollUp({ now: () => NOON });
  const views = Array.from({ length: 20_100 }, (_, index) =>
    makeView(index + 100, { startedAt: NOON + index * 100, lcp: 1234.5 }),
  );
  await store.insert({ views, events: [] });
  const range = { app: 'shop', from: NOON - 2 * DAY, to: NOON + DAY };

  const near = expect.toSatisfy((p75: number) => Math.abs(p75 - 1234.5) <= 12.345);
  expect((await store.vitals(range)).lcp).toMatchObject({ n: 20_200, p75: near });
  expect(await store.breakdown(range, 'route', 1)).toMatchObject([
    { views: 20_100, vitals: { lcp: { p75: near } } },
  ]);
  expect((await store.vitals({ ...range, to: NOON })).lcp).toMatchObject({ n: 100 });
}, 30_000);

function dump(client: SqlClient): Promise<{ grain: string }[]> {
  return queryRows(
    client,
    constantSql('SELECT * FROM rum_rollup ORDER BY app, grain, dimension, bucket, value'),
  );
}

async function openSqlite(): Promise<Opened> {
  const url = `file:${join(await makeTestFolder(), 'rum.db')}`;
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return { store, client: await connectSqliteForTest(url) };
}

async function openPostgres(): Promise<Opened> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const store = await openStore(database.url);
  onTestFinished(() => store.close());
  return { store, client: await makePostgresClient(database.url) };
}
