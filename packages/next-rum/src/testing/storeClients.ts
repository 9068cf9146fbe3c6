import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaPg } from '@prisma/adapter-pg';
import { onTestFinished } from 'vitest';
import { PrismaClient as PostgresClient } from '#prisma/postgresql';
import { PrismaClient as SqliteClient } from '#prisma/sqlite';
import type { SqlClient } from '../store/prisma/client.js';
import { queueOf, serialClient } from '../store/prisma/serialClient.js';

let clients = 0;

/** A client of a `file:` URL with a queue of its own, as another process would have. */
export async function connectSqliteForTest(url: string, patience = 5000): Promise<SqlClient> {
  clients += 1;
  return serialClient(await makeSqliteClient(url), queueOf(`test client ${clients}`), patience);
}

/** A PrismaClient of a `file:` URL as an app makes its own. */
export async function makeSqliteClient(url: string): Promise<SqlClient> {
  return disconnectedLater(new SqliteClient({ adapter: new PrismaLibSql({ url, timeout: 20 }) }));
}

/** A PrismaClient of a `postgresql:` URL as an app makes its own. */
export async function makePostgresClient(url: string): Promise<SqlClient> {
  return disconnectedLater(new PostgresClient({ adapter: new PrismaPg({ connectionString: url }) }));
}

function disconnectedLater(client: SqlClient): SqlClient {
  onTestFinished(() => client.$disconnect());
  return client;
}
