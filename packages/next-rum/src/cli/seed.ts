import { AsyncLocalStorage } from 'node:async_hooks';
import type { Batch } from '@rumkit/react-rum/protocol';
import { defineRum } from '../defineRum.js';
import { createRumServer } from '../server/createRumServer.js';
import { openStore } from '../store/openStore.js';
import { createRandom } from './sample/random.js';
import { sampleBatch } from './sample/sampleBatch.js';
import type { Visitor } from './sample/visitors.js';
import { sampleArrivals } from './sample/visits.js';

const DAY = 86_400_000;
/** The newest visit ended this long ago, in ms: long enough to look real, short enough for the live feed. */
const NEWEST = 3 * 60_000;
/** How far back the last visit begins at most, in ms, so that the live feed is never empty. */
const LAST_ARRIVAL = 8 * 60_000;
const CONCURRENT = 100;
const HOUR = 3_600_000;
/**
 * The release that made a page slower came in the morning, UTC, so long ago at least, ms: long enough to be noticed, where the days before
 * it tell what is usual.
 */
const MORNING = 9 * HOUR;
const SLOW_FOR = 40 * HOUR;
const LEAST_DAYS = 7;

export interface SeedOptions {
  readonly database?: string;
  readonly app?: string;
  readonly days: number;
  readonly seed: number;
  /** Epoch ms. */
  readonly now: number;
}

/** What was written; null where the database held views already and was left alone. */
export type SeedResult = { readonly visits: number; readonly views: number; readonly events: number } | null;

/**
 * Fills an empty database with made-up visits to the demo shop, through the collector itself: each batch is received at the
 * moment its visit ended. The same seed at the same time makes the same visits. The rows are marked as sample data.
 *
 * @throws Error when an option is wrong, the database cannot be reached, or the collector refuses a visit.
 */
export async function seed({ database, app, days, seed, now }: SeedOptions): Promise<SeedResult> {
  const { config } = defineRum({ database, app, trustedProxyHops: 1 });
  const store = await openStore(config.database);
  try {
    const present = await store.views({ app: config.app, from: 0, to: now + DAY }, 1);
    if (present.length > 0) {
      return null;
    }
    const visits = sampleVisits(config.app, now, days, seed);
    // Each batch is received when its visit ended, though many are under way at once to share commits.
    const clock = new AsyncLocalStorage<number>();
    const server = createRumServer({
      config,
      store: async () => store,
      now: () => clock.getStore() ?? now,
      sample: true,
    });
    for (let start = 0; start < visits.length; start += CONCURRENT) {
      await Promise.all(
        visits
          .slice(start, start + CONCURRENT)
          .map(({ batch, visitor }) =>
            clock.run(batch.sentAt, () => send(server.handle, config.endpoint, batch, visitor)),
          ),
      );
    }
    await server.close();
    return {
      visits: visits.length,
      views: visits.reduce((sum, { batch }) => sum + batch.views.length, 0),
      events: visits.reduce((sum, { batch }) => sum + batch.events.length, 0),
    };
  } finally {
    await store.close();
  }
}

interface SampleVisit {
  readonly batch: Batch;
  readonly visitor: Visitor;
}

/** Visits of the days before `now`, in the order they ended; those that would still be going on are left out. */
function sampleVisits(app: string, now: number, days: number, seed: number): readonly SampleVisit[] {
  const random = createRandom(seed);
  const end = now - NEWEST;
  const arrivals = sampleArrivals(now - days * DAY, end, random);
  const slowFrom =
    days < LEAST_DAYS
      ? Number.POSITIVE_INFINITY
      : Math.floor((now - SLOW_FOR - MORNING) / DAY) * DAY + MORNING;
  const last = arrivals.at(-1);
  const recent = last ? [{ ...last, at: now - LAST_ARRIVAL }] : [];
  return [...arrivals, ...recent]
    .map((arrival) => ({ batch: sampleBatch(arrival, app, random, slowFrom), visitor: arrival.visitor }))
    .filter(({ batch }) => batch.sentAt <= end)
    .sort((a, b) => a.batch.sentAt - b.batch.sentAt);
}

async function send(
  handle: (request: Request) => Promise<Response>,
  endpoint: string,
  batch: Batch,
  visitor: Visitor,
): Promise<void> {
  const response = await handle(
    new Request(`https://shop.example${endpoint}/batch`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': visitor.userAgent,
        'x-forwarded-for': visitor.address,
        'x-vercel-ip-country': visitor.country,
      },
      body: JSON.stringify(batch),
    }),
  );
  const body = await response.text();
  // There is a body only where something was refused.
  if (response.status !== 202 || body !== '') {
    throw new Error(`RUM: the collector refused a sample visit (${response.status}): ${body}`);
  }
}
