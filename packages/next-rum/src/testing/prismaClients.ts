import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient as PostgresClient } from '#prisma/postgresql';
import { PrismaClient as SqliteClient } from '#prisma/sqlite';
import type { SqlClient } from '../store/prisma/client.js';

/** A whole PrismaClient of a `file:` or `postgresql:` URL, as an app makes its own. Whoever makes it disconnects it. */
export function makePrismaClient(url: string): SqlClient {
  return url.startsWith('file:')
    ? new SqliteClient({ adapter: new PrismaLibSql({ url, timeout: 20 }) })
    : new PostgresClient({ adapter: new PrismaPg({ connectionString: url }) });
}
