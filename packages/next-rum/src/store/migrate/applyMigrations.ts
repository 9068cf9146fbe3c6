import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlClient, SqlRunner } from '../prisma/client.js';
import { readFailure, toStoreError } from '../prisma/databaseFailure.js';
import type { Dialect } from '../prisma/dialect.js';
import { constantSql, execute, queryRows, sql } from '../prisma/sql.js';
import { StoreError } from '../storeError.js';
import { splitStatements } from './splitStatements.js';

/** One file of prisma/migrations. */
export interface Migration {
  /** File name without `.sql`. */
  readonly name: string;
  readonly sql: string;
}

/** Long enough to build an index over a large table, ms. */
const MIGRATION_TIMEOUT = 30 * 60_000;

/** A migration that says so (`SET LOCAL lock_timeout`) gives up a table that others use, so as not to hold them up, and is tried again. */
const LOCK_NOT_AVAILABLE = '55P03';
const LOCK_ATTEMPTS = 60;
/** ms */
const LOCK_PAUSE = 1000;

/**
 * Applies the migrations that the ledger `_rum_migrations` does not name yet, all in one transaction, and resolves with
 * their names. Of several processes that do this at once, one applies and the others wait. Migrations that the ledger
 * knows and this version does not are left alone: a newer version made them.
 *
 * @throws {StoreError} `internal` when an applied migration was changed, or when the user may not create tables.
 */
export async function applyMigrations(
  client: SqlClient,
  dialect: Dialect,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  try {
    // Read first: a user without the right to create tables can run on a database that is up to date.
    if ((await findPending(client, dialect, migrations)).length === 0) return [];
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await applyPending(client, dialect, migrations);
      } catch (error) {
        if (readFailure(error).code !== LOCK_NOT_AVAILABLE || attempt === LOCK_ATTEMPTS) throw error;
      }
      await sleep(LOCK_PAUSE);
    }
  } catch (error) {
    throw withMend(error);
  }
}

function applyPending(
  client: SqlClient,
  dialect: Dialect,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  return client.$transaction(
    async (transaction) => {
      await queryRows(transaction, dialect.lockMigrations);
      await execute(
        transaction,
        sql`CREATE TABLE IF NOT EXISTS _rum_migrations (
          name TEXT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL
        )`,
      );
      const pending = await findPending(transaction, dialect, migrations);
      for (const migration of pending) await applyMigration(transaction, migration);
      return pending.map(({ name }) => name);
    },
    { maxWait: MIGRATION_TIMEOUT, timeout: MIGRATION_TIMEOUT },
  );
}

async function findPending(
  runner: SqlRunner,
  dialect: Dialect,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  const [ledger] = await queryRows<{ found: unknown }>(runner, dialect.hasLedger);
  if (!ledger?.found) return migrations;
  const rows = await queryRows<{ name: string; checksum: string }>(
    runner,
    sql`SELECT name, checksum FROM _rum_migrations`,
  );
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  for (const migration of migrations) {
    const checksum = applied.get(migration.name);
    if (checksum !== undefined && checksum !== checksumOf(migration)) {
      throw new StoreError(
        'internal',
        `RUM: migration ${migration.name} was changed after it was applied to this database — restore ` +
          'the file and put the change into a new migration',
      );
    }
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

async function applyMigration(transaction: SqlRunner, migration: Migration): Promise<void> {
  for (const statement of splitStatements(migration.sql)) await execute(transaction, constantSql(statement));
  await execute(
    transaction,
    sql`INSERT INTO _rum_migrations (name, checksum, applied_at)
      VALUES (${migration.name}, ${checksumOf(migration)}, ${BigInt(Date.now())})`,
  );
}

function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}

function withMend(error: unknown): StoreError {
  if (readFailure(error).code !== '42501') return toStoreError(error);
  return new StoreError(
    'internal',
    `RUM: the database user may not create the tables (${readFailure(error).message}) — grant it CREATE on the schema, ` +
      'or run `npx next-rum migrate` with a URL whose user may',
    { cause: error },
  );
}
