import { mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeEvent, makeView, NOON, randomViews } from '../testing/rows.js';
import { connectSqliteForTest, makeSqliteClient } from '../testing/storeClients.js';
import { openStore } from './openStore.js';
import { connect } from './prisma/connect.js';
import { DIALECTS } from './prisma/dialect.js';
import { createReadMemory } from './prisma/rollup/readMemory.js';
import { totals, traffic } from './prisma/rollup/rollupReads.js';
import { execute, queryRows, sql } from './prisma/sql.js';
import { describeStoreContract } from './store.contract.js';

let folder: string;
let url: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rum-store-'));
  url = `file:${folder}/rum.db`;
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describeStoreContract('SQLite', () => openStore(url));

describe('the file', () => {
  test('is made with its folder, whatever the characters of its path', async () => {
    const store = await openStore(`file:${folder}/new/my%20data %23%25 ü/rum.db`);
    await store.close();

    expect((await stat(join(folder, 'new/my data #% ü/rum.db'))).isFile()).toBe(true);
  });

  test('keeps a commit through a power cut', async () => {
    const client = await connect({ provider: 'sqlite', path: join(folder, 'rum.db') }, 'serve');

    expect(await queryRows(client, sql`PRAGMA journal_mode`)).toEqual([{ journal_mode: 'wal' }]);
    // 2 is FULL.
    expect(await queryRows(client, sql`PRAGMA synchronous`)).toEqual([{ synchronous: 2 }]);
    await client.$disconnect();
  });

  test('that is no database is an error with its reason', async () => {
    await writeFile(join(folder, 'rum.db'), 'not a database'.repeat(100));

    await expect(openStore(url)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'internal',
      message: expect.stringContaining('file is not a database'),
    });
  });

  test('in a folder that cannot be made is an error with its path', async () => {
    await writeFile(join(folder, 'file'), '');

    await expect(openStore(`file:${folder}/file/rum.db`)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(`${folder}/file/rum.db`),
    });
  });

  test('is held open by a few descriptors, however many commits', async () => {
    const store = await openStore(url);
    for (const view of randomViews(1, 100)) await store.insert({ views: [view], events: [] });

    const open = await Promise.all(
      (await readdir('/proc/self/fd')).map((descriptor) =>
        // The one that this reads the folder with is gone by now.
        readlink(`/proc/self/fd/${descriptor}`).catch(() => ''),
      ),
    );
    expect(open.filter((path) => path.startsWith(folder)).length).toBeLessThan(10);
    await store.close();
  });
});

describe('the write lock of another process', () => {
  test('is waited for', async () => {
    const store = await openStore(url);
    const other = await holdLock();

    const insert = store.insert({ views: [makeView(1)], events: [] });
    await sleep(600);
    await other.release();

    expect((await insert).accepted.size).toBe(1);
    await store.close();
  });

  test('ends the wait when it stays, and does no lasting harm', async () => {
    const client = await connectSqliteForTest(url, 100);
    await execute(client, sql`CREATE TABLE kept (a INTEGER)`);
    const other = await holdLock();
    const write = (): Promise<number> =>
      client.$transaction((transaction) => execute(transaction, sql`INSERT INTO kept VALUES (1)`));

    await expect(write()).rejects.toThrow('database is locked');
    await other.release();

    await write();
    expect(await queryRows(client, sql`SELECT a FROM kept`)).toEqual([{ a: 1 }]);
  });

  async function holdLock(): Promise<{ release(): Promise<void> }> {
    const adapter = await new PrismaLibSql({ url }).connect();
    const run = (text: string): Promise<number> => adapter.executeRaw({ sql: text, args: [], argTypes: [] });
    await run('BEGIN IMMEDIATE');
    return {
      release: async () => {
        await run('COMMIT');
        await adapter.dispose();
      },
    };
  }
});

test("works through the app's own client, and leaves it connected", async () => {
  const client = await makeSqliteClient(url);
  const store = await openStore(url, { client });
  await store.insert({ views: [makeView(1)], events: [makeEvent(2)] });
  await store.insert({ views: [makeView(1, { revision: 2, lcp: 99 })], events: [] });
  expect((await store.views({ app: 'shop', from: NOON, to: NOON + 10 }, 10)).map(({ lcp }) => lcp)).toEqual([
    99,
  ]);
  await store.close();

  expect(await client.$queryRaw`SELECT id FROM rum_event`).toHaveLength(1);
});

test('totals and traffic of a range are read from indexes alone', async () => {
  const store = await openStore(url);
  await store.close();
  const client = await connectSqliteForTest(url);
  const plans: string[] = [];
  const explaining: typeof client = {
    ...client,
    $queryRaw: async <T>(query: TemplateStringsArray, ...values: unknown[]) => {
      const [start = '', ...rest] = query;
      const texts = [`EXPLAIN QUERY PLAN ${start}`, ...rest];
      const steps = await client.$queryRaw<{ detail: string }[]>(
        Object.assign(texts, { raw: texts }),
        ...values,
      );
      plans.push(...steps.map(({ detail }) => detail));
      return client.$queryRaw<T>(query, ...values);
    },
  };
  const range = { app: 'shop', from: NOON, to: NOON + 1 };

  const source = { client: explaining, dialect: DIALECTS.sqlite, memory: createReadMemory() };
  await totals(source, range);
  await traffic(source, range, 1000);

  const tableReads = plans.filter((step) => /rum_(view|event|rollup)/.test(step));
  expect(tableReads.length).toBeGreaterThanOrEqual(3);
  for (const step of tableReads) {
    expect(step).toMatch(
      /^SEARCH rum_\w+ USING (COVERING INDEX rum_\w+_time \(app=\? AND \w+_at>\? AND \w+_at<\?\)|PRIMARY KEY \(app=\? AND grain=\? AND dimension=\? AND bucket>\? AND bucket<\?\))$/,
    );
  }
});

test('what retention deletes makes the file smaller', async () => {
  const store = await openStore(url);
  const views = randomViews(4, 4000).map((view) => ({ ...view, attributes: 'x'.repeat(2000) }));
  await store.insert({ views, events: [] });
  const now = (): number => NOON + 40 * 86_400_000;
  await store.rollUp({ now });
  await store.retain({ now });
  await store.insert({ views: [makeView(1, { startedAt: now() })], events: [] });
  await store.close();
  expect((await stat(join(folder, 'rum.db'))).size).toBeLessThan(1_500_000);

  const again = await openStore(url);
  await again.insert({ views, events: [] });
  await again.close();
  // Some of it may not have been moved into the file yet.
  const sizes = await Promise.all(['rum.db', 'rum.db-wal'].map((name) => stat(join(folder, name))));
  expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(8_000_000);
});

test('what was erased is in none of the files any more', async () => {
  const store = await openStore(url);
  const kept = Array.from({ length: 50 }, (_, number) =>
    makeView(number, { visitor: 'b', userId: 'u-kept' }),
  );
  // Among others in their pages, and so many that pages are freed.
  const gone = Array.from({ length: 500 }, (_, number) =>
    makeView(1000 + number, { visitor: 'a', userId: 'u-erased', attributes: 'erased '.repeat(200) }),
  );
  const between = Array.from({ length: 50 }, (_, number) => makeView(100 + number * 30, { visitor: 'b' }));
  await store.insert({ views: [...kept, ...gone, ...between], events: [makeEvent(1, { name: 'u-kept' })] });
  await store.erase({ app: 'shop', user: 'u-erased' });

  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')),
  );
  expect(texts.some((text) => text.includes('u-kept'))).toBe(true);
  expect(texts.some((text) => text.includes('u-erased'))).toBe(false);
  expect(texts.some((text) => text.includes('erased erased'))).toBe(false);
  await store.close();
});
