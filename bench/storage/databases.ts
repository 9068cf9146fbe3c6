import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseDatabaseUrl } from '../../packages/next-rum/src/store/databaseUrl.js';
import { openStore } from '../../packages/next-rum/src/store/openStore.js';
import type { SqlClient } from '../../packages/next-rum/src/store/prisma/client.js';
import { connect } from '../../packages/next-rum/src/store/prisma/connect.js';
import type { RumStore } from '../../packages/next-rum/src/store/store.js';
import { startPostgres } from '../../scripts/lib/postgres.mjs';

export const PROVIDERS = ['sqlite', 'postgresql'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** Makes fresh databases of one kind, all of them gone at the end. */
export interface Databases {
  readonly provider: Provider;
  /** @returns URL of an empty database. */
  create(): Promise<string>;
}

/** Measures on each kind of database that is wanted. @returns Null of a kind that is not. */
export async function onEach<T>(
  wanted: readonly string[],
  measure: (databases: Databases) => Promise<T>,
): Promise<{ readonly [provider in Provider]: T | null }> {
  const measured: { [provider in Provider]: T | null } = { sqlite: null, postgresql: null };
  for (const provider of PROVIDERS) {
    if (wanted.includes(provider)) measured[provider] = await withDatabases(provider, measure);
  }
  return measured;
}

/** Durable ones, as in production, in the temporary folder of the system. */
export async function withDatabases<T>(
  provider: Provider,
  use: (databases: Databases) => Promise<T>,
): Promise<T> {
  let made = 0;
  if (provider === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'rum-bench-'));
    try {
      return await use({
        provider,
        create: async () => {
          made += 1;
          return `file:${join(folder, `${made}.db`)}`;
        },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const cluster = await startPostgres({ durable: true, log: console.log });
  try {
    return await use({
      provider,
      create: async () => {
        made += 1;
        await withClient(cluster.url, async (client) => {
          await client.$executeRaw(Object.assign([`CREATE DATABASE bench_${made}`], { raw: [] }));
        });
        return cluster.url.replace(/\/postgres$/, `/bench_${made}`);
      },
    });
  } finally {
    await cluster.remove();
  }
}

/** A database to fill or, of SQLite where a folder is given, one of that name which stays in it. */
export async function placeFor(
  { provider, create }: Databases,
  folder: string | undefined,
  name: string,
): Promise<{ readonly url: string; readonly isFull: boolean }> {
  if (folder === undefined || provider !== 'sqlite') return { url: await create(), isFull: false };
  const file = join(resolve(folder), `${name}.db`);
  const isFull = await access(file).then(
    () => true,
    () => false,
  );
  return { url: `file:${file}`, isFull };
}

/** Opens a store for as long as `use` takes. Its jobs run only when they are called. */
export async function withStore<T>(url: string, use: (store: RumStore) => Promise<T>): Promise<T> {
  const store = await openStore(url);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** The store's own kind of client, without a time limit for statements. */
export async function withClient<T>(url: string, use: (client: SqlClient) => Promise<T>): Promise<T> {
  const client = await connect(parseDatabaseUrl(url), 'migrate');
  try {
    return await use(client);
  } finally {
    await client.$disconnect();
  }
}
