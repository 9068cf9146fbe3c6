import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string): Promise<Row[]>;
  drop(): Promise<void>;
}

/**
 * Makes an empty database in the server of `RUM_TEST_POSTGRES_URL`.
 *
 * @throws When the variable is missing: the store must never go untested on PostgreSQL.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.RUM_TEST_POSTGRES_URL;
  if (!server) {
    throw new Error(
      'RUM_TEST_POSTGRES_URL is not set — name a PostgreSQL server whose user may create databases',
    );
  }
  const name = `rum_test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);

  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    query: async <Row extends pg.QueryResultRow>(text: string) => (await client.query<Row>(text)).rows,
    drop: async () => {
      await client.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

/** Runs statements over a connection of their own; resolves with the rows of the last one. */
export async function runStatements(
  server: string,
  ...statements: readonly string[]
): Promise<readonly pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    let rows: readonly pg.QueryResultRow[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}
