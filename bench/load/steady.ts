import { setTimeout as sleep } from 'node:timers/promises';
import { type Batch, readReceipt } from '@rumkit/react-rum/protocol';
import { batchMaker, ITEMS_PER_BATCH } from './batches.js';
import { type Answer, createPoster } from './post.js';

/** What became of everything sent, by what the collector answered. */
export interface Delivery {
  /** Different items. */
  readonly sent: number;
  readonly accepted: number;
  /** Items said to be there already; those of batches that were sent a second time. */
  readonly duplicate: number;
  readonly rejected: number;
  /** Batches that were told to come again or got no answer, and came again. */
  readonly deferred: number;
}

export interface Pace {
  /** Where to post. */
  readonly url: string;
  readonly batchesPerSecond: number;
  /** ms */
  readonly duration: number;
}

/** Each so many batches: one that is sent a second time, as after an answer that was lost, and one with an item of no known kind. */
const REPEATED = 20;
const FAULTY = 50;
const MAX_TRIES = 20;
/** ms */
const TICK = 100;

/**
 * Posts batches at an even pace, whatever the answers take, and those that are deferred or not answered again as agents do,
 * with the same ids.
 *
 * @throws Where an answer is neither a receipt nor the wish to see the batch again, or a batch is not taken in many tries.
 */
export async function driveSteadily({ url, batchesPerSecond, duration }: Pace): Promise<Delivery> {
  const next = batchMaker(Date.now);
  const totals = { sent: 0, accepted: 0, duplicate: 0, rejected: 0, deferred: 0 };
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const { origin } = new URL(url);
  const poster = createPoster(url);

  async function deliver(body: string, userAgent: string): Promise<void> {
    const headers = { 'content-type': 'application/json', 'user-agent': userAgent, origin };
    for (let tries = 1; ; tries += 1) {
      const answer = await poster.post(headers, body).catch((error: unknown): Answer | null => {
        if (tries === MAX_TRIES) throw error;
        return null;
      });
      if (answer?.status === 202) {
        const receipt = readReceipt(answer.receipt, answer.body);
        totals.accepted += receipt.accepted;
        totals.duplicate += receipt.duplicate;
        totals.rejected += receipt.rejected.length;
        return;
      }
      const isDeferred = answer === null || answer.status === 503 || answer.status === 429;
      if (!isDeferred || tries === MAX_TRIES)
        throw new Error(`${url} answered ${answer?.status}: ${answer?.body}`);
      totals.deferred += 1;
      await sleep(1000 * (answer?.retryAfter ?? 1));
    }
  }

  async function send(place: number): Promise<void> {
    const { body, userAgent } = next();
    const isFaulty = place % FAULTY === 0;
    const text = isFaulty ? withFault(body) : body;
    totals.sent += ITEMS_PER_BATCH + (isFaulty ? 1 : 0);
    await deliver(text, userAgent);
    // What is refused for what it is would be refused again; only what can be stored twice is worth the try.
    if (place % REPEATED === 0 && !isFaulty) await deliver(text, userAgent);
  }

  const began = performance.now();
  let made = 0;
  while (performance.now() - began < duration && failures.length === 0) {
    const due = Math.floor(((performance.now() - began) / 1000) * batchesPerSecond);
    for (; made < due; made += 1) {
      const sending: Promise<void> = send(made)
        .catch((error: unknown) => {
          failures.push(error);
        })
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
    await sleep(TICK);
  }
  await Promise.all(underWay);
  poster.close();
  if (failures.length > 0) throw failures[0];
  return totals;
}

function withFault(body: string): string {
  const batch = JSON.parse(body) as Batch;
  const [event] = batch.events;
  return JSON.stringify({ ...batch, events: [...batch.events, { ...event, type: 'of-no-known-kind' }] });
}
