import type { SqlClient } from './client.js';
import { type DatabaseFailure, readFailure } from './databaseFailure.js';

/** ms between two renewals: what fails just as well on new connections is not helped by more of them. */
const RENEW_EVERY = 2000;

/**
 * A client whose connections are all given up, and made anew, once they have proved useless: connected to a server that only
 * reads since another took over, or to one that is gone without a word. A pool would go on handing them out.
 *
 * @param open Makes a client; called for the first one too.
 */
export function renewingClient(open: () => SqlClient): SqlClient {
  let current = open();
  let renewedAt = Number.NEGATIVE_INFINITY;
  let workedAt = Number.NEGATIVE_INFINITY;

  async function run<T>(call: (client: SqlClient) => PromiseLike<T>): Promise<T> {
    const client = current;
    const began = performance.now();
    try {
      const result = await call(client);
      workedAt = performance.now();
      return result;
    } catch (error) {
      const failure = readFailure(error);
      // A pool that is merely busy gives no connection either, but finishes something meanwhile.
      if (isUseless(failure) || (gotNone(failure) && workedAt < began)) renew(client);
      throw error;
    }
  }

  function renew(failed: SqlClient): void {
    if (failed !== current || performance.now() - renewedAt < RENEW_EVERY) return;
    renewedAt = performance.now();
    current = open();
    // Not awaited: connections that are dead take their time, and nobody depends on how they end.
    failed.$disconnect().catch(() => undefined);
  }

  return {
    $queryRaw: <T>(query: TemplateStringsArray, ...values: unknown[]) =>
      run((client) => client.$queryRaw<T>(query, ...values)),
    $executeRaw: (query, ...values) => run((client) => client.$executeRaw(query, ...values)),
    $transaction: (work, options) => run((client) => client.$transaction(work, options)),
    $disconnect: () => current.$disconnect(),
  };
}

/** `read_only_sql_transaction`, or node-postgres' own time-out, which comes when the server's should have come before. */
function isUseless({ code, message }: DatabaseFailure): boolean {
  return code === '25006' || message.startsWith('Query read timeout');
}

/** No transaction could be begun in time. */
function gotNone({ kind, message }: DatabaseFailure): boolean {
  return kind === 'P2028' && message.includes('Unable to start a transaction');
}
