import { setTimeout as sleep } from 'node:timers/promises';

/** Has statements and transactions wait until it is their turn. */
export interface Turns {
  /** Of a question. */
  ask<T>(job: () => Promise<T>): Promise<T>;
  /** Of all else. */
  take<T>(job: () => Promise<T>): Promise<T>;
}

/** The one queue that all work with a file waits in: a statement or transaction at a time is under way. */
export interface Queue {
  /** First come, first served. */
  readonly front: Turns;
  /** For work that nobody waits for: lets questions from the front pass, and what follows from their answers. */
  readonly back: Turns;
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
/** Whoever asked so recently asks the next question of the same page, ms. */
const ASKING = 25;
/** Of work that gives way, before each statement, ms: it is slow beside questions without end, and goes on. */
const PATIENCE = 500;

function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  let breathedAt = 0;
  let questions = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;

  /** libsql works synchronously, so jobs in a row would otherwise let no timer fire and no request in, however slow the disk. */
  async function breathe(): Promise<void> {
    if (performance.now() - breathedAt < BREATHE_EVERY) return;
    await new Promise((resolve) => setImmediate(resolve));
    breathedAt = performance.now();
  }

  function take<T>(job: () => Promise<T>): Promise<T> {
    const turn = last.then(breathe).then(job);
    // The next turn comes after a failure too; the failure itself is its caller's.
    last = turn.catch(() => undefined);
    return turn;
  }

  async function ask<T>(job: () => Promise<T>): Promise<T> {
    questions += 1;
    try {
      return await take(job);
    } finally {
      questions -= 1;
      answeredAt = performance.now();
    }
  }

  async function afterQuestions<T>(job: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + PATIENCE;
    for (let now = performance.now(); now < deadline; now = performance.now()) {
      const quietAt = (questions > 0 ? now : answeredAt) + ASKING;
      if (quietAt <= now) break;
      await sleep(Math.min(quietAt, deadline) - now);
    }
    return take(job);
  }

  return { front: { ask, take }, back: { ask: afterQuestions, take: afterQuestions } };
}
