import { parseDatabaseUrl } from '../databaseUrl.js';
import { connect } from '../prisma/connect.js';
import { DIALECTS } from '../prisma/dialect.js';
import { applyMigrations } from './applyMigrations.js';

/**
 * Brings a database up to date.
 *
 * @param url `file:./rum.db` or `postgresql://user:password@host:5432/database`
 * @returns The names of the migrations that were applied now, in order; empty when there was nothing to do.
 * @throws {StoreError}
 * @example
 * ```ts
 * const applied = await migrate('file:./rum.db'); // ['0001_init']
 * ```
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const database = parseDatabaseUrl(url);
  const { MIGRATIONS } = await import('#migrations');
  const client = await connect(database, 'migrate');
  try {
    return await applyMigrations(client, DIALECTS[database.provider], MIGRATIONS[database.provider]);
  } finally {
    await client.$disconnect();
  }
}
