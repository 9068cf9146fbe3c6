import type { SqlClient } from './client.js';
import { readFailure } from './databaseFailure.js';

/** ms between two renewals: what fails just as well on new connections is not helped by more of them. */
const RENEW_EVERY = 1000;

/**
 * A client whose connections are all given up, and made anew, once one of them has proved useless: connected to a server
 * that only reads since another took over, or to one that is gone without a word. A pool would keep such connections, and
 * hand them out, as long as they are in use.
 *
 * @param open Makes a client; called for the first one too.
 */
export function renewingClient(open: () => SqlClient): SqlClient {
  let current = open();
  let renewedAt = Number.NEGATIVE_INFINITY;

  async function run<T>(call: (client: SqlClient) => PromiseLike<T>): Promise<T> {
    const client = current;
    try {
      return await call(client);
    } catch (error) {
      if (isUseless(error) && client === current && performance.now() - renewedAt >= RENEW_EVERY) {
        renewedAt = performance.now();
        current = open();
        // Not awaited: connections that are dead take their time, and nobody depends on how they end.
        client.$disconnect().catch(() => undefined);
      }
      throw error;
    }
  }

  return {
    $queryRaw: <T>(query: TemplateStringsArray, ...values: unknown[]) =>
      run((client) => client.$queryRaw<T>(query, ...values)),
    $executeRaw: (query, ...values) => run((client) => client.$executeRaw(query, ...values)),
    $transaction: (work, options) => run((client) => client.$transaction(work, options)),
    $disconnect: () => current.$disconnect(),
  };
}

function isUseless(error: unknown): boolean {
  const { code, message } = readFailure(error);
  // read_only_sql_transaction, and node-postgres' own time-out, which comes after the server's should have.
  return code === '25006' || message.startsWith('Query read timeout');
}
