import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../packages/next-rum/src/store/openStore.js';
import type { RumStore } from '../../packages/next-rum/src/store/store.js';
import { createTestDatabase, type TestDatabase } from '../../packages/next-rum/src/testing/testDatabase.js';

/** An empty database of either kind, gone after the test. */
export const DATABASES = [
  ['SQLite', sqliteUrl],
  ['PostgreSQL', async () => (await postgres()).url],
] as const;

export async function sqliteUrl(finished = onTestFinished): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-collector-'));
  finished(() => rm(folder, { recursive: true }));
  return `file:${join(folder, 'rum.db')}`;
}

export async function postgres(finished = onTestFinished): Promise<TestDatabase> {
  const database = await createTestDatabase();
  finished(() => database.drop());
  return database;
}

/** Looks at a database as another process does. */
export async function inStore<T>(database: string, look: (store: RumStore) => Promise<T>): Promise<T> {
  const store = await openStore(database);
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

/**
 * Has everything loaded that a store needs, which takes a while in which this process measures nothing right: for tests that run
 * side by side.
 */
export async function loadStore(database: string): Promise<void> {
  await inStore(database, async (store) => {
    await store.rollUp({ now: Date.now });
    await store.totals(always());
  });
}

/** From the beginning to beyond what any clock is let tell. */
export function always(): { app: string; from: number; to: number } {
  return { app: 'default', from: 0, to: Date.now() + 60_000 };
}
