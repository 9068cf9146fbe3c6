import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { makeView, NOON } from '../../../testing/rows.js';
import { connectSqliteForTest, makePostgresClient } from '../../../testing/storeClients.js';
import { createTestDatabase } from '../../../testing/testDatabase.js';
import { openStore } from '../../openStore.js';
import type { SqlClient } from '../client.js';
import { DIALECTS } from '../dialect.js';
import { queryRows, sql } from '../sql.js';
import { firstIdOf } from './idRanges.js';
import { rowsWithin } from './rowsWithin.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When views began, and what their ids say instead: of today, tomorrow, and of days that have no partition. */
const VIEWS = [
  { startedAt: NOON - 20 * HOUR, made: NOON },
  { startedAt: NOON - 10 * HOUR, made: NOON + DAY },
  { startedAt: NOON - 5 * HOUR, made: NOON - 40 * DAY },
  { startedAt: NOON - 4 * HOUR, made: NOON + 3650 * DAY },
  { startedAt: NOON, made: NOON },
].map(({ startedAt, made }, index) =>
  makeView(index, { startedAt, id: firstIdOf(made).replace(/0{12}$/, String(index).padStart(12, '0')) }),
);

const RANGE = { app: 'shop', from: NOON - 20 * HOUR, to: NOON + 1 };

beforeEach(() => {
  // A store that is opened makes the partitions of its day, which is not to end meanwhile.
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  return () => {
    vi.useRealTimers();
  };
});

test('in PostgreSQL partitions tell what they have, and every row is in those that are named', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  await fill(database.url);
  const client = await makePostgresClient(database.url);
  const source = { client, dialect: DIALECTS.postgresql };
  const rows = await rowsWithin(source, 'views', RANGE);

  const borders = [-21, -20, -12, -10, -5, -4.5, -1, 0, 1].map((hours) => NOON + hours * HOUR);
  for (const [place, begins] of borders.entries()) {
    for (const ends of borders.slice(place + 1)) {
      const times = VIEWS.map(({ startedAt }) => startedAt).filter((at) => at >= begins && at < ends);
      const found = await queryRows<{ readonly started_at: bigint }>(
        client,
        sql`SELECT started_at FROM rum_view WHERE app = 'shop' AND started_at >= ${BigInt(begins)}
          AND started_at < ${BigInt(ends)} ${rows.ids(begins, ends)} ORDER BY started_at`,
      );
      expect(found.map((row) => Number(row.started_at))).toEqual(times);
    }
  }
  // Of the partition of tomorrow and the default one nothing begins in the last hour, and of today's something.
  expect(rows.ids(NOON - HOUR, NOON + 1).values).toHaveLength(2);
  expect(rows.ids(NOON + 1, NOON + HOUR).texts.join()).toBe('AND false');
});

test('in PostgreSQL the first and the last row are not passed, and none is told where there is none', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  await fill(database.url);
  const source = { client: await makePostgresClient(database.url), dialect: DIALECTS.postgresql };
  const rows = await rowsWithin(source, 'views', RANGE);

  expect(await rows.next(NOON - 20 * HOUR)).toBe(NOON - 20 * HOUR);
  expect(await rows.next(NOON + 1)).toBeNull();
  expect(await rows.last(NOON + 1)).toBe(NOON);
  expect(await rows.last(NOON - 20 * HOUR)).toBeNull();
  // What lies between is known of whole partitions only.
  expect(await rows.next(NOON - 6 * HOUR)).toBeLessThanOrEqual(NOON - 5 * HOUR);
  expect(await rows.last(NOON - 3 * HOUR)).toBeGreaterThanOrEqual(NOON - 4 * HOUR);
  const none = await rowsWithin(source, 'views', { ...RANGE, app: 'other' });
  expect([await none.next(0), await none.last(NOON + DAY)]).toEqual([null, null]);
});

test('in SQLite, which has one table, both are exact', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rum-within-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const url = `file:${folder}/rum.db`;
  await fill(url);
  const client: SqlClient = await connectSqliteForTest(url);
  const rows = await rowsWithin({ client, dialect: DIALECTS.sqlite }, 'views', RANGE);

  expect(await rows.next(NOON - 6 * HOUR)).toBe(NOON - 5 * HOUR);
  expect(await rows.last(NOON - 3 * HOUR)).toBe(NOON - 4 * HOUR);
  expect([await rows.next(NOON + 1), await rows.last(NOON - 20 * HOUR)]).toEqual([null, null]);
  expect(rows.ids(NOON, NOON + 1).texts).toEqual(['']);
});

async function fill(url: string): Promise<void> {
  const store = await openStore(url);
  const { accepted } = await store.insert({ views: VIEWS, events: [] });
  expect(accepted.size).toBe(VIEWS.length);
  await store.close();
}
