import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@rumkit/react-rum/protocol';
import { expect } from 'vitest';
import { type Answer, type CollectorProcess, eventOf, isTaken } from './collectorProcess.js';
import { always, inStore } from './databases.js';
import { startStopwatch } from './stopwatch.js';

/** What senders know: of each event that was sent, by id, whether it was acknowledged. */
export interface Ledger {
  readonly acknowledged: Set<string>;
  /** The others. */
  readonly unanswered: Set<string>;
  /** Every answer, the broken connections included. */
  readonly answers: Answer[];
}

export function createLedger(): Ledger {
  return { acknowledged: new Set(), unanswered: new Set(), answers: [] };
}

export interface Flood {
  /** Resolves when every sender has its last answer. */
  readonly stop: () => Promise<void>;
}

/** Events sent again at once; what is more than a collector takes on is sent away. */
const AT_ONCE = 100;
/** ms: nobody is kept waiting longer. */
export const LONGEST_WAIT = 5000;

interface FloodOptions {
  readonly senders?: number;
  /** ms that a sender waits after each event, so that tests may run side by side. */
  readonly pause?: number;
  /** What each event carries, besides. */
  readonly properties?: () => object;
}

/** Posts one event after the other, each until it is acknowledged, from some senders at once, until stopped or the process ends. */
export function flood(
  collector: CollectorProcess,
  ledger: Ledger,
  { senders = 16, pause = 0, properties }: FloodOptions = {},
): Flood {
  let over = false;
  void collector.ended.then(() => {
    over = true;
  });
  const done = Promise.all(
    Array.from({ length: senders }, async () => {
      while (!over) {
        const id = newId(Date.now());
        const carried = properties?.();
        // What is not acknowledged is sent again, as an agent does.
        while (!(await send(collector, ledger, id, carried)) && !over) await sleep(Math.max(20, pause));
        if (pause > 0) await sleep(pause);
      }
    }),
  );
  return {
    stop: async () => {
      over = true;
      await done;
    },
  };
}

/** Posts one event; resolves with whether it was acknowledged. */
export async function send(
  collector: CollectorProcess,
  ledger: Ledger,
  id: string,
  properties?: object,
): Promise<boolean> {
  ledger.unanswered.add(id);
  const answer = await collector.send({ events: [eventOf(id, properties)] });
  ledger.answers.push(answer);
  if (!isTaken(answer)) return false;
  ledger.unanswered.delete(id);
  ledger.acknowledged.add(id);
  return true;
}

/** Resolves once so many more events are acknowledged. */
export async function acknowledges({ acknowledged }: Ledger, more: number): Promise<void> {
  const enough = acknowledged.size + more;
  while (acknowledged.size < enough) await sleep(5);
}

/** Resolves once so many more batches were sent away. */
export async function sendsAway({ answers }: Ledger, more: number): Promise<void> {
  const sentAway = () => answers.filter(({ status }) => status === 503).length;
  const enough = sentAway() + more;
  while (sentAway() < enough) await sleep(5);
}

/** Fails unless a batch is acknowledged within 10 s from now. */
export async function recovers(collector: CollectorProcess, ledger: Ledger): Promise<void> {
  const elapsed = startStopwatch();
  while (!(await send(collector, ledger, newId(Date.now())))) {
    expect(elapsed(), 'ms without recovering').toBeLessThan(10_000);
    await sleep(50);
  }
}

/** Of a collector that lived on: everyone was answered in time, with what is to be done. */
export function expectOrderly({ answers }: Ledger): void {
  const disorder = answers
    .filter(
      ({ status, retryAfter, took }) =>
        took > LONGEST_WAIT || !(status === 202 || (status === 503 && (retryAfter ?? 0) >= 1)),
    )
    .map(
      ({ status, retryAfter, took }) => `${status} after ${Math.round(took)} ms, retry-after ${retryAfter}`,
    );
  expect(disorder).toEqual([]);
}

/**
 * Everything acknowledged is stored, once; what was not acknowledged is taken when it is sent again; and then exactly what
 * was sent is stored, and counted once.
 */
export async function expectExactlyOnce(
  ledger: Ledger,
  collector: CollectorProcess,
  database: string,
): Promise<void> {
  await inStore(database, async (store) => {
    const stored = async () => (await store.events(always(), 1_000_000)).map(({ id }) => id);
    const before = await stored();
    expect(new Set(before).size).toBe(before.length);
    const kept = new Set(before);
    expect([...ledger.acknowledged].filter((id) => !kept.has(id))).toEqual([]);

    const again = [...ledger.unanswered];
    for (let start = 0; start < again.length; start += AT_ONCE) {
      const some = again.slice(start, start + AT_ONCE);
      expect(await Promise.all(some.map((id) => collector.post(id)))).toEqual(some.map(() => true));
    }
    expect((await stored()).toSorted()).toEqual([...ledger.acknowledged, ...ledger.unanswered].toSorted());
    await store.rollUp({ now: () => Date.now() + 2 * 86_400_000 });
    expect((await store.totals(always())).events).toBe(ledger.acknowledged.size + ledger.unanswered.size);
  });
}
