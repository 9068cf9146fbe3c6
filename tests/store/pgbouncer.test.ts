import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../packages/next-rum/src/store/openStore.js';
import type { RumStore } from '../../packages/next-rum/src/store/store.js';
import { makeEvent, NOON, randomViews } from '../../packages/next-rum/src/testing/rows.js';
import { createTestDatabase } from '../../packages/next-rum/src/testing/testDatabase.js';
import { startPgBouncer } from '../../scripts/lib/pgbouncer.mjs';

const DAY = 86_400_000;

test('two stores behind PgBouncer with transaction pooling write, count and read at once, on a pool of three', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const pooler = await startPgBouncer(database.url, { poolSize: 3 });
  onTestFinished(pooler.stop);
  const stores = await Promise.all([open(pooler.url), open(pooler.url)]);
  const views = randomViews(1, 1000);
  const always = { app: 'shop', from: 0, to: 8.64e15 };

  await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const store = stores[index % 2] as RumStore;
      await store.insert({ views: views.slice(index * 25, index * 25 + 30), events: [makeEvent(index)] });
      if (index % 5 === 0) await store.rollUp({ now: () => NOON + DAY });
      await store.totals(always);
    }),
  );
  for (const store of stores) await store.rollUp({ now: () => NOON + 3 * DAY });

  for (const store of stores) {
    expect(await store.totals(always)).toMatchObject({ views: 1000, events: 40 });
    expect((await store.jobs(NOON + 3 * DAY))[0]).toMatchObject({ state: 'ok', lag: 0 });
    // The partitions that were missing when the stores were opened, one of which made them.
    expect((await store.jobs(Date.now())).at(-1)).toMatchObject({ name: 'partitions', state: 'ok' });
  }
});

test('a schema in the URL cannot pass the pooler, and what to do is told', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const pooler = await startPgBouncer(database.url, { poolSize: 3 });
  onTestFinished(pooler.stop);

  await expect(openStore(`${pooler.url}?schema=monitoring`)).rejects.toThrow('ALTER ROLE');
});

async function open(url: string): Promise<RumStore> {
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return store;
}
