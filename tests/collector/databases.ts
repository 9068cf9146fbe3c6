import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineRum } from '@rumkit/next-rum';
import { onTestFinished } from 'vitest';
import { createTestDatabase } from '../../packages/next-rum/src/testing/testDatabase.js';

/** An empty database of either kind, gone after the test. */
export const DATABASES = [
  ['SQLite', sqliteUrl],
  ['PostgreSQL', postgresUrl],
] as const;

export async function sqliteUrl(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-collector-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return `file:${join(folder, 'rum.db')}`;
}

export async function postgresUrl(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}

export type Store = Awaited<ReturnType<ReturnType<typeof defineRum>['store']>>;

/** The database as this process sees it. */
export async function open(database: string): Promise<Store> {
  const store = await defineRum({ database }).store();
  onTestFinished(() => store.close());
  return store;
}

/** From the beginning to beyond what any clock is let tell. */
export function always(): { app: string; from: number; to: number } {
  return { app: 'default', from: 0, to: Date.now() + 60_000 };
}
