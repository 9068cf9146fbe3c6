import { setTimeout as sleep } from 'node:timers/promises';
import type { SqlClient } from './client.js';
import { isSqliteBusy } from './databaseFailure.js';

/** Runs jobs one after the other. */
export type Queue = <T>(job: () => Promise<T>) => Promise<T>;

/**
 * Runs one statement or transaction at a time on the one connection of a libsql client.
 *
 * Prisma's interactive transactions cannot be used with libsql: each takes a connection of its own and leaves it to the
 * garbage collector, so a busy collector runs out of file descriptors; they also begin deferred, which fails under
 * concurrent writers (https://sqlite.org/lang_transaction.html#deferred_immediate_and_exclusive_transactions).
 *
 * @param inTurn One queue for all clients of a file in this process. libsql waits for a lock synchronously, so a client
 *   that waited for another of the same process would keep it from ever giving the lock back.
 * @param patience How long to wait for the write lock of someone outside the queue, ms.
 */
export function serialClient(client: SqlClient, inTurn: Queue, patience: number): SqlClient {
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
      inTurn(() => whileBusy(() => client.$queryRaw<T>(query, ...values))),
    $executeRaw: (query, ...values) => inTurn(() => whileBusy(() => client.$executeRaw(query, ...values))),
    $transaction: (run) =>
      inTurn(async () => {
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
    $disconnect: () => inTurn(() => client.$disconnect()),
  };
}

/** The queue of a file, one for the process even where a bundler duplicated this module. */
export function queueOf(file: string): Queue {
  const shared = globalThis as { [QUEUES]?: Map<string, Queue> };
  shared[QUEUES] ??= new Map();
  const queue = shared[QUEUES].get(file) ?? createQueue();
  shared[QUEUES].set(file, queue);
  return queue;
}

const QUEUES: unique symbol = Symbol.for('@rumkit/next-rum/sqlite-queues');

/** ms for which the jobs of a queue keep the event loop from everything else, at most, a job's own length apart. */
const BREATHE_EVERY = 20;

function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  let breathedAt = 0;

  /** libsql works synchronously, so jobs in a row would otherwise let no timer fire and no request in, however slow the disk. */
  async function breathe(): Promise<void> {
    if (performance.now() - breathedAt < BREATHE_EVERY) return;
    await new Promise((resolve) => setImmediate(resolve));
    breathedAt = performance.now();
  }

  return (job) => {
    const turn = last.then(breathe).then(job);
    // The next turn comes after a failure too; the failure itself is its caller's.
    last = turn.catch(() => undefined);
    return turn;
  };
}
