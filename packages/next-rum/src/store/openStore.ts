import { parseDatabaseUrl } from './databaseUrl.js';
import { DEFAULT_RETENTION, type Retention } from './jobStore.js';
import { applyMigrations } from './migrate/applyMigrations.js';
import { migrate } from './migrate/migrate.js';
import type { SqlClient } from './prisma/client.js';
import { connect } from './prisma/connect.js';
import { toStoreError } from './prisma/databaseFailure.js';
import { DIALECTS } from './prisma/dialect.js';
import { makePartitions } from './prisma/partitions/makePartitions.js';
import { createPrismaStore } from './prisma/prismaStore.js';
import type { RumStore } from './store.js';

export interface OpenStoreOptions {
  /**
   * The app's own PrismaClient (7.x) for the same database, instead of one that the store makes. `url` then only tells
   * which kind of database it is. The store does not disconnect it. With `@prisma/adapter-libsql` prefer the URL: its
   * transactions, which are all the store can use of a client it shares, leave connections open.
   */
  readonly client?: SqlClient;
  /** How long the app keeps rows, by which partitions are as long as they should be; default {@link DEFAULT_RETENTION}. */
  readonly retention?: Pick<Retention, 'raw'>;
}

/**
 * Opens the store of a database and applies pending migrations. The folder of a SQLite file is made when it is missing.
 *
 * @param url `file:./rum.db` or `postgresql://user:password@host:5432/database`
 * @throws {StoreError} `unavailable` when the database cannot be reached; `internal` when the URL is wrong or the database
 *   cannot be migrated.
 * @example
 * ```ts
 * const store = await openStore('file:./rum.db');
 * const { views } = await store.totals({ app: 'default', from: Date.now() - 86_400_000, to: Date.now() });
 * await store.close();
 * ```
 */
export async function openStore(url: string, options: OpenStoreOptions = {}): Promise<RumStore> {
  const database = parseDatabaseUrl(url);
  const dialect = DIALECTS[database.provider];
  const { raw } = options.retention ?? DEFAULT_RETENTION;
  try {
    if (options.client) {
      const { MIGRATIONS } = await import('#migrations');
      await applyMigrations(options.client, dialect, MIGRATIONS[database.provider]);
      await makePartitions({ client: options.client, dialect }, Date.now, raw);
      return createPrismaStore(options.client, dialect, async () => undefined);
    }
    await migrate(url);
    const client = await connect(database, 'serve');
    await makePartitions({ client, dialect }, Date.now, raw);
    return createPrismaStore(client, dialect, () => client.$disconnect());
  } catch (error) {
    throw toStoreError(error);
  }
}
