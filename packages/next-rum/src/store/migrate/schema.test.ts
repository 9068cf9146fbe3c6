import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../../testing/testDatabase.js';
import { makeTestFolder } from '../../testing/testFolder.js';
import { connect } from '../prisma/connect.js';
import { constantSql, queryRows, sql } from '../prisma/sql.js';
import { migrate } from './migrate.js';

const schemaEngine = loadSchemaEngine();

test('the SQLite migrations make the tables and indexes of prisma/schema.prisma', async () => {
  const folder = await makeTestFolder();
  const migrated = join(folder, 'migrated.db');
  const modelled = join(folder, 'modelled.db');
  await migrate(`file:${migrated}`);
  await applySchema('sqlite', new PrismaLibSql({ url: `file:${modelled}` }));

  const tables = await describeSqlite(migrated);
  expect(tables.map(({ table }) => table)).toContain('rum_view');
  expect(tables).toEqual(await describeSqlite(modelled));
});

test('the PostgreSQL migrations make the tables and indexes of prisma/schema.prisma', async () => {
  const migrated = await createTestDatabase();
  const modelled = await createTestDatabase();
  try {
    await migrate(migrated.url);
    await applySchema('postgresql', new PrismaPg({ connectionString: modelled.url }));

    const tables = await describePostgres(migrated);
    expect(tables).toContainEqual(expect.objectContaining({ table_name: 'rum_view', column_name: 'lcp' }));
    expect(tables).toEqual(await describePostgres(modelled));
  } finally {
    await Promise.all([migrated.drop(), modelled.drop()]);
  }
});

/** Makes the tables as Prisma would, by the SQL that its schema engine prints for the rendered schema. */
async function applySchema(
  provider: 'sqlite' | 'postgresql',
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<void> {
  const schema = new URL(`../../../generated/schemas/${provider}.prisma`, import.meta.url);
  const content = await readFile(schema, 'utf8');
  const { SchemaEngine } = await schemaEngine;
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
  const { stdout } = await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  const connection = await adapter.connect();
  await connection.executeScript(stdout ?? '');
  await connection.dispose();
}

/** The package's main entry imports .wasm as a module, which Node cannot; this does what it would. */
async function loadSchemaEngine(): Promise<typeof import('@prisma/schema-engine-wasm/schema_engine_bg')> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = new Uint8Array(await readFile(path.replace(/\.js$/, '.wasm')));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start !== 'function') throw new Error('the schema engine has no __wbindgen_start');
  start();
  return bindings;
}

async function describeSqlite(path: string): Promise<{ table: string }[]> {
  const client = await connect({ provider: 'sqlite', path }, 'migrate');
  const tables = await queryRows<{ table: string }>(
    client,
    sql`SELECT name AS "table" FROM sqlite_master WHERE type = 'table' AND name <> '_rum_migrations' ORDER BY name`,
  );
  const described = [];
  for (const { table } of tables) {
    described.push({
      table,
      columns: await queryRows(client, constantSql(`SELECT * FROM pragma_table_info('${table}')`)),
      indexes: await queryRows(
        client,
        constantSql(`SELECT list.name, list."unique", list.origin, info.seqno, info.name AS column_name
          FROM pragma_index_list('${table}') AS list, pragma_index_info(list.name) AS info ORDER BY 1, 4`),
      ),
    });
  }
  await client.$disconnect();
  return described;
}

/** Of a partitioned table, that is of the whole; what its partitions have is made after it, as PostgreSQL sees to. */
async function describePostgres(database: { query(text: string): Promise<object[]> }): Promise<object[]> {
  return [
    ...(await database.query(`SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_rum_migrations'
        AND NOT (SELECT relispartition FROM pg_class WHERE oid = to_regclass(table_name))
      ORDER BY table_name, ordinal_position`)),
    ...(await database.query(`SELECT tablename, indexname, replace(indexdef, ' ON ONLY ', ' ON ') AS indexdef FROM pg_indexes
      WHERE schemaname = 'public' AND tablename <> '_rum_migrations'
        AND NOT (SELECT relispartition FROM pg_class WHERE oid = to_regclass(tablename)) ORDER BY indexname`)),
  ];
}
