import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlClient } from './client.js';
import { isSqliteBusy } from './databaseFailure.js';
import type { Turns } from './sqliteQueue.js';

/**
 * Runs one statement or transaction at a time on the one connection of a libsql client.
 *
 * Prisma's interactive transactions cannot be used with libsql: each takes a connection of its own and leaves it to the
 * garbage collector, so a busy collector runs out of file descriptors; they also begin deferred, which fails under
 * concurrent writers (https://sqlite.org/lang_transaction.html#deferred_immediate_and_exclusive_transactions).
 *
 * @param turns Of one queue for all clients of a file in this process. libsql waits for a lock synchronously, so a client
 *   that waited for another of the same process would keep it from ever giving the lock back.
 * @param patience How long to wait for the write lock of someone outside the queue, ms.
 */
export function serialClient(client: SqlClient, turns: Turns, patience: number): SqlClient {
  async function whileBusy<T>(attempt: () => PromiseLike<T>): Promise<T> {
    const deadline = performance.now() + patience;
    for (let pause = 100; ; pause = Math.min(pause * 2, 800)) {
      try {
        return await attempt();
      } catch (error) {
        if (!isSqliteBusy(error)) throw error;
        // libsql leaves the statement that found the lock taken unfinished, and no transaction of that connection could
        // commit any more. The next statement connects again.
        await client.$disconnect();
        if (performance.now() >= deadline) throw error;
      }
      await sleep(pause);
    }
  }

  return {
    $queryRaw: <T>(query: TemplateStringsArray, ...values: unknown[]) =>
      turns.ask(() => whileBusy(() => client.$queryRaw<T>(query, ...values))),
    $executeRaw: (query, ...values) =>
      turns.take(() => whileBusy(() => client.$executeRaw(query, ...values))),
    $transaction: (run) =>
      turns.take(async () => {
        await whileBusy(() => client.$executeRaw`BEGIN IMMEDIATE`);
        try {
          const result = await run(client);
          await client.$executeRaw`COMMIT`;
          return result;
        } catch (error) {
          // After some failures, such as a full disk, SQLite has rolled back already and refuses this. A new connection
          // has no transaction in any case.
          await client.$executeRaw`ROLLBACK`.then(undefined, () => client.$disconnect());
          throw error;
        }
      }),
    $disconnect: () => turns.take(() => client.$disconnect()),
  };
}
