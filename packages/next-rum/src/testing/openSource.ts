import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../store/openStore.js';
import { DIALECTS } from '../store/prisma/dialect.js';
import { createReadMemory } from '../store/prisma/rollup/readMemory.js';
import type { Source } from '../store/prisma/rollup/rollupCells.js';
import type { EventRow, ViewRow } from '../store/rows.js';
import { connectSqliteForTest, makePostgresClient } from './storeClients.js';
import { createTestDatabase } from './testDatabase.js';

/** The databases that everything is read from. */
export const PROVIDERS = ['sqlite', 'postgresql'] as const;
export type Provider = (typeof PROVIDERS)[number];

interface Stored {
  readonly views?: readonly ViewRow[];
  readonly events?: readonly EventRow[];
  /** Epoch ms; without it nothing is rolled up. */
  readonly rolledUpAt?: number;
}

/** What reads work with, on a new database that has some rows and goes with the test. */
export async function openSource(
  provider: Provider,
  { views = [], events = [], rolledUpAt }: Stored,
): Promise<Source> {
  const url = await (provider === 'sqlite' ? makeFile() : makeDatabase());
  const store = await openStore(url);
  await store.insert({ views, events });
  if (rolledUpAt !== undefined) await store.rollUp({ now: () => rolledUpAt });
  await store.close();
  const client = await (provider === 'sqlite' ? connectSqliteForTest(url) : makePostgresClient(url));
  return { client, dialect: DIALECTS[provider], memory: createReadMemory() };
}

async function makeFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-source-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return `file:${folder}/rum.db`;
}

async function makeDatabase(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}
