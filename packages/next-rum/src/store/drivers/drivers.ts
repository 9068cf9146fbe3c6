import type { PrismaLibSql } from '@prisma/adapter-libsql';
import type { PrismaPg } from '@prisma/adapter-pg';
import type { SqlClient } from '../prisma/client.js';

type PrismaClient = new (options: { readonly adapter: unknown }) => SqlClient;

/**
 * The database drivers, each loaded when it is asked for. `withRum` has bundlers leave this module to Node.js, and with it all that
 * it imports: webpack leaves a module alone only where the app itself could import it too, which with pnpm is true of this package
 * and not of the drivers below it.
 */

export async function loadSqlite(): Promise<{
  readonly PrismaLibSql: typeof PrismaLibSql;
  readonly PrismaClient: PrismaClient;
}> {
  const [adapter, client] = await Promise.all([import('@prisma/adapter-libsql'), import('#prisma/sqlite')]);
  return { PrismaLibSql: adapter.PrismaLibSql, PrismaClient: client.PrismaClient };
}

export async function loadPostgres(): Promise<{
  readonly PrismaPg: typeof PrismaPg;
  readonly PrismaClient: PrismaClient;
}> {
  const [adapter, client] = await Promise.all([import('@prisma/adapter-pg'), import('#prisma/postgresql')]);
  return { PrismaPg: adapter.PrismaPg, PrismaClient: client.PrismaClient };
}
