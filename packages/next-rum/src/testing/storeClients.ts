import { onTestFinished } from 'vitest';
import type { SqlClient } from '../store/prisma/client.js';
import { serialClient } from '../store/prisma/serialClient.js';
import { queueOf } from '../store/prisma/sqliteQueue.js';
import { makePrismaClient } from './prismaClients.js';

let clients = 0;

/** A client of a `file:` URL with a queue of its own, as another process would have. */
export async function connectSqliteForTest(url: string, patience = 5000): Promise<SqlClient> {
  clients += 1;
  return serialClient(await makeSqliteClient(url), queueOf(`test client ${clients}`).front, patience);
}

/** A PrismaClient of a `file:` URL as an app makes its own. */
export async function makeSqliteClient(url: string): Promise<SqlClient> {
  return disconnectedLater(makePrismaClient(url));
}

/** A PrismaClient of a `postgresql:` URL as an app makes its own. */
export async function makePostgresClient(url: string): Promise<SqlClient> {
  return disconnectedLater(makePrismaClient(url));
}

function disconnectedLater(client: SqlClient): SqlClient {
  onTestFinished(() => client.$disconnect());
  return client;
}
