import { startPostgres } from '../../scripts/lib/postgres.mjs';

/**
 * Gives every test file `process.env.RUM_TEST_POSTGRES_URL`: the one that is set, else a throw-away server's. Tests
 * that write make a database or schema of their own in it, because files run side by side.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.RUM_TEST_POSTGRES_URL) return undefined;
  const cluster = await startPostgres({ log: (line) => process.stderr.write(`${line}\n`) });
  process.env.RUM_TEST_POSTGRES_URL = cluster.url;
  return cluster.remove;
}
