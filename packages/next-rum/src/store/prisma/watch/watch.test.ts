import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectSqliteForTest } from '../../../testing/storeClients.js';
import { makeTestFolder } from '../../../testing/testFolder.js';
import { DEPLOYED, FIRST_HOUR, LAST_HOUR, watchedSite } from '../../../testing/watchedSite.js';
import { openStore } from '../../openStore.js';
import type { RumStore } from '../../store.js';
import type { SqlClient } from '../client.js';
import { constantSql, execute, queryRows, sql } from '../sql.js';

const HOUR = 3_600_000;
const END = (): number => LAST_HOUR + 11 * 60_000;
const always = { app: 'shop', from: 0, to: 8e15 };

test('hours whose commit fails are watched once more, and the incidents are the same', async () => {
  const site = watchedSite();
  const [undisturbed, disturbed] = [await open(), await open()];
  for (const { store } of [undisturbed, disturbed]) await store.insert(site);
  await watchAll(undisturbed.store);

  // After the incidents of the transaction have been written.
  await execute(
    disturbed.client,
    constantSql(`CREATE TRIGGER broken BEFORE INSERT ON rum_watch
      WHEN NEW.watched_until > ${DEPLOYED} AND (SELECT failed_at FROM rum_job WHERE name = 'watch') IS NULL
      BEGIN SELECT RAISE(ABORT, 'disk full'); END`),
  );
  await expect(watchAll(disturbed.store)).rejects.toThrow('disk full');
  const failed = (await disturbed.store.jobs(END())).find(({ name }) => name === 'watch');
  expect(failed).toMatchObject({ state: 'failed', error: expect.stringContaining('disk full') });
  expect(await disturbed.store.incidents(always, 100)).toEqual([]);

  await watchAll(disturbed.store);
  expect(await disturbed.store.incidents(always, 100)).toEqual(
    await undisturbed.store.incidents(always, 100),
  );
  expect(await disturbed.store.incidents(always, 100)).not.toEqual([]);
}, 60_000);

test('a state that cannot be read is begun anew, which is said', async () => {
  const { store, client } = await open();
  await store.insert(watchedSite());
  const now = (): number => FIRST_HOUR + 30 * HOUR;
  await store.watch({ now });
  const [row] = await queryRows<{ state: string }>(client, sql`SELECT state FROM rum_watch`);
  expect(row?.state.length).toBeLessThan(200_000);
  await execute(client, sql`UPDATE rum_watch SET state = 'bm90IGEgc3RhdGU='`);

  const later = (): number => now() + HOUR;
  expect(await store.watch({ now: later })).toMatchObject({ hours: 30, begunAnew: ['shop'] });
  const { note } = (await store.jobs(later())).find(({ name }) => name === 'watch') ?? {};
  expect(note).toMatch(/^shop is watched anew since 2026-11-03T07:00:00\.000Z: /);
  expect(await store.watch({ now: later })).toMatchObject({ hours: 0, begunAnew: [] });
});

test('an app that cannot be watched keeps no other from being watched', async () => {
  const { store, client } = await open();
  for (const app of ['aaa', 'shop']) await store.insert(watchedSite(app));
  await execute(
    client,
    constantSql(`CREATE TRIGGER broken BEFORE INSERT ON rum_watch WHEN NEW.app = 'aaa'
      BEGIN SELECT RAISE(ABORT, 'poisoned'); END`),
  );
  await expect(store.watch({ now: () => FIRST_HOUR + 30 * HOUR })).rejects.toThrow('poisoned');
  expect(await store.watchProgress('aaa')).toBeNull();
  expect(await store.watchProgress('shop')).toMatchObject({ until: FIRST_HOUR + 29 * HOUR });
});

async function watchAll(store: RumStore): Promise<void> {
  for (let hours = 1; hours > 0; ) {
    const result = await store.watch({ now: END });
    hours = result.kind === 'done' ? result.hours : 0;
  }
}

async function open(): Promise<{ readonly store: RumStore; readonly client: SqlClient }> {
  const url = `file:${join(await makeTestFolder(), 'rum.db')}`;
  const store = await openStore(url);
  onTestFinished(() => store.close());
  return { store, client: await connectSqliteForTest(url) };
}
