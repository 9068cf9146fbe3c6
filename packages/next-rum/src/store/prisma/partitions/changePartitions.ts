import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlClient, SqlRunner } from '../client.js';
import { readFailure } from '../databaseFailure.js';
import type { Lease } from '../rollup/jobs.js';
import { execute, sql } from '../sql.js';

/** ms */
const TRANSACTION = { maxWait: 5000, timeout: 15_000 };
const ATTEMPTS = 8;
/** ms between two attempts, at most. */
const PAUSE = 500;

/**
 * Runs a transaction that needs a table for itself for a moment. Whoever waits for such a lock holds up all that come after, so
 * it is waited for no longer than a commit may take anyway, and asked for again later.
 *
 * @returns Null where the lock could not be had, because someone reads for long.
 */
export async function changePartitions<T>(
  client: SqlClient,
  lease: Lease,
  change: (transaction: SqlRunner) => Promise<T>,
): Promise<T | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.$transaction(async (transaction) => {
        await lease.renew(transaction);
        await execute(transaction, sql`SET LOCAL lock_timeout = '300ms'`);
        await execute(transaction, sql`SET LOCAL statement_timeout = '3s'`);
        return await change(transaction);
      }, TRANSACTION);
    } catch (error) {
      if (!CANNOT_LOCK.has(readFailure(error).code ?? '')) throw error;
      if (attempt === ATTEMPTS) return null;
    }
    await sleep(PAUSE * Math.random());
  }
}

/** `lock_not_available` and `deadlock_detected`. */
const CANNOT_LOCK: ReadonlySet<string> = new Set(['55P03', '40P01']);
