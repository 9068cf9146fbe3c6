import { access, constants, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { PrismaLibSql } from '@prisma/adapter-libsql';
import type { Database } from '../databaseUrl.js';
import { StoreError } from '../storeError.js';
import type { SqlClient } from './client.js';
import { readFailure } from './databaseFailure.js';
import { renewingClient } from './renewingClient.js';
import { serialClient } from './serialClient.js';
import { queueOf } from './sqliteQueue.js';

/** ms */
const SQLITE_PATIENCE = 5000;
const SQLITE_BUSY_TIMEOUT = 250;
/**
 * Of each connection: 16 MB of pages in memory instead of 2, and a file of changes of 16 MB instead of 4 before they are moved. What is
 * deleted from a page is overwritten with zeros, which takes no page more (https://sqlite.org/pragma.html#pragma_secure_delete).
 */
const SQLITE_SETTINGS =
  'PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 1000; PRAGMA secure_delete = FAST;';
const CONNECT_TIMEOUT = 5000;
const STATEMENT_TIMEOUT = 15_000;
const POOL_SIZE = 10;

/**
 * Makes a client for a database. The driver is loaded here and not before, so that an app loads only the one it uses.
 *
 * @param purpose `migrate`: PostgreSQL statements may take as long as they need.
 */
export async function connect(database: Database, purpose: 'serve' | 'migrate'): Promise<SqlClient> {
  switch (database.provider) {
    case 'sqlite':
      return connectSqlite(database.path);
    case 'postgresql':
      return connectPostgres(database, purpose);
  }
}

async function connectSqlite(path: string): Promise<SqlClient> {
  const file = resolve(path);
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (cause) {
    throw new StoreError('unavailable', `RUM: cannot make the folder of the database file ${file}`, {
      cause,
    });
  }
  const { loadSqlite } = await import('@rumkit/next-rum/drivers');
  const { PrismaLibSql, PrismaClient } = await loadSqlite();
  const url = `file:${file.replace(/[%?#]/g, encodeURIComponent)}`;
  // Short, because it blocks the event loop; the rest of the waiting does not.
  const adapter = new PrismaLibSql({ url, timeout: SQLITE_BUSY_TIMEOUT });
  const { provider, adapterName } = adapter;
  const guarded = {
    provider,
    adapterName,
    connect: async () => {
      await mayBeWritten(file);
      const connection = await adapter.connect();
      await connection.executeScript(SQLITE_SETTINGS);
      return connection;
    },
  };
  const queue = queueOf(file);
  const client = new PrismaClient({ adapter: guarded });
  const serving = serialClient(client, queue.front, SQLITE_PATIENCE);
  const working = serialClient(client, queue.back, SQLITE_PATIENCE);
  // Both are heeded only as long as the file is empty. What is asked about lies together by time, and of a file that is larger than
  // the memory each page is a read of the disk: there are a quarter as many as of pages of 4 KB.
  await serving.$queryRaw`PRAGMA page_size = 16384`;
  // Without it deleted rows leave the file as large as it was.
  await serving.$queryRaw`PRAGMA auto_vacuum = INCREMENTAL`;
  // Kept in the file, so every connection has it; synchronous is FULL by default: a commit survives a power cut.
  await serving.$queryRaw`PRAGMA journal_mode = WAL`;
  const $giveSpaceBack = (): Promise<void> => queue.back.take(() => vacuum(guarded));
  return { ...serving, $forJobs: { ...working, $giveSpaceBack } };
}

/**
 * SQLite opens a file that it may not write to for reading, and what the connections of a process share of it stays so until
 * the garbage collector has closed them all, however soon the file may be written to again.
 */
async function mayBeWritten(file: string): Promise<void> {
  try {
    await access(file, constants.W_OK);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/**
 * Through a connection and a method of its own: the statement gives one page back each time it is stepped, and a client's
 * query steps it once, then leaves it unfinished, so that no transaction of that connection can commit any more.
 */
async function vacuum(adapter: Pick<PrismaLibSql, 'connect'>): Promise<void> {
  const connection = await adapter.connect();
  try {
    // The file gets shorter as the changes are moved into it.
    await connection.executeScript('PRAGMA incremental_vacuum(500); PRAGMA wal_checkpoint(PASSIVE);');
  } finally {
    await connection.dispose();
  }
}

async function connectPostgres(
  { url, schema, connections }: Extract<Database, { provider: 'postgresql' }>,
  purpose: 'serve' | 'migrate',
): Promise<SqlClient> {
  const { loadPostgres } = await import('@rumkit/next-rum/drivers');
  const { PrismaPg, PrismaClient } = await loadPostgres();
  const adapterOf = (helped: boolean) => {
    const settings = [
      // Compiling a statement takes longer than each of the store's, which the planner believes to be long ones.
      ...(helped ? ['jit=off'] : []),
      ...(schema === null ? [] : [`search_path=${schema}`]),
    ];
    return new PrismaPg({
      connectionString: url,
      max: connections ?? POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      keepAlive: true,
      // For a server that is gone without a word and so enforces nothing.
      ...(purpose === 'serve' && { query_timeout: STATEMENT_TIMEOUT + CONNECT_TIMEOUT }),
      ...(helped && purpose === 'serve' && { statement_timeout: STATEMENT_TIMEOUT }),
      ...(settings.length > 0 && { options: settings.map((setting) => `-c ${setting}`).join(' ') }),
    });
  };
  let refused: string | null = null;
  // A pooler such as PgBouncer lets none of it pass. Without the schema the tables would be others.
  for (const helped of [true, false]) {
    const client = renewingClient(() => new PrismaClient({ adapter: adapterOf(helped) }));
    refused = await parameterRefused(client);
    if (refused === null) return client;
    await client.$disconnect();
  }
  throw new StoreError(
    'internal',
    `RUM: the connection pooler refuses the parameter ${refused} — set it for the database user instead, such as ` +
      `ALTER ROLE … SET search_path = ${schema ?? 'public'}, and leave ?schema out of the URL`,
  );
}

/** The parameter that a pooler such as PgBouncer does not let through; null where there is none. */
async function parameterRefused(client: SqlClient): Promise<string | null> {
  try {
    await client.$queryRaw`SELECT 1`;
    return null;
  } catch (error) {
    const refused = /unsupported startup parameter(?: in options)?: (\w+)/.exec(
      readFailure(error).message,
    )?.[1];
    if (refused === undefined) throw error;
    return refused;
  }
}
