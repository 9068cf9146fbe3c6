import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { defineRum } from '@rumkit/next-rum';
import { startApp } from '../scripts/lib/appServer.mjs';
import { startPostgres } from '../scripts/lib/postgres.mjs';
import { ITEMS_PER_BATCH } from './load/batches.js';
import { drive } from './load/drive.js';
import { median } from './load/median.js';
import { rssMB } from './load/memory.js';

interface Figures {
  /** Requests a second over those of a route handler that only parses the same body. */
  readonly ratio: number;
  readonly eventsPerSecond: number;
  /** 99th percentile at half the load that goes through, ms. */
  readonly p99Ms: number;
  readonly rssGrowthMB: number;
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '32' },
    database: { type: 'string', multiple: true, default: ['sqlite', 'postgresql'] },
  },
});
const rounds = Math.max(3, Number(values.rounds));
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const figures: { sqlite: Figures | null; postgresql: Figures | null } = { sqlite: null, postgresql: null };
if (values.database.includes('sqlite')) figures.sqlite = await onSqlite();
if (values.database.includes('postgresql')) figures.postgresql = await onPostgres();

console.log(
  `\n${ITEMS_PER_BATCH} events a request, ${connections} connections, median of ${rounds} rounds; p99 at half load`,
);
console.table(figures);
console.log(JSON.stringify({ bench: 'collector', ...figures }));

async function onSqlite(): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'rum-bench-'));
  try {
    return await measure('sqlite', `file:${join(folder, 'rum.db')}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<Figures | null> {
  const given = process.env.RUM_TEST_POSTGRES_URL;
  if (given) return measure('postgresql', given);
  try {
    const cluster = await startPostgres({ durable: true, log: console.log });
    try {
      return await measure('postgresql', cluster.url);
    } finally {
      await cluster.remove();
    }
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    return null;
  }
}

/** @throws Where what is stored is not what was acknowledged. */
async function measure(name: string, database: string): Promise<Figures> {
  const began = Date.now();
  const app = await startApp({
    env: {
      RUM_DATABASE_URL: database,
      RUM_ADMIN_PASSWORD: 'not-used-by-the-bench',
      // Counted as ever, but so high that the one address which all the load comes from does not reach it.
      RUM_RATE_LIMIT: '100000000',
    },
  });
  try {
    const collector = { url: `${app.url}/api/rum/batch`, connections, expectReceipt: true };
    const noop = { url: `${app.url}/api/noop`, connections, expectReceipt: false };

    // Warms both paths, and tells how many requests fill a round.
    let acknowledged = 0;
    const collect = async (load: { amount: number; rate?: number }) => {
      const run = await drive({ ...collector, ...load });
      acknowledged += run.requests * ITEMS_PER_BATCH;
      return run;
    };
    await collect({ amount: 500 });
    await drive({ ...noop, amount: 500 });
    const warmCollector = await collect({ amount: 1000 });
    const warmNoop = await drive({ ...noop, amount: 1000 });
    const amounts = {
      collector: Math.ceil(warmCollector.requestsPerSecond * seconds),
      noop: Math.ceil(warmNoop.requestsPerSecond * seconds),
    };
    const rssBefore = await rssMB(app.pid);

    const results: { ratio: number; requestsPerSecond: number }[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const noopRun = await drive({ ...noop, amount: amounts.noop });
      const run = await collect({ amount: amounts.collector });
      const ratio = run.requestsPerSecond / noopRun.requestsPerSecond;
      results.push({ ratio, requestsPerSecond: run.requestsPerSecond });
      console.log(
        `${name} round ${round}: collector ${run.requestsPerSecond.toFixed(0)} requests/s, ` +
          `no-op ${noopRun.requestsPerSecond.toFixed(0)}, ratio ${ratio.toFixed(3)}`,
      );
    }
    const rssAfter = await rssMB(app.pid);
    const requestsPerSecond = median(results.map((result) => result.requestsPerSecond));
    const rate = Math.max(1, Math.round(requestsPerSecond / 2));
    const half = await collect({ amount: rate * seconds, rate });

    await app.stop();
    const stored = await storedItems(database, began);
    if (stored !== acknowledged) {
      throw new Error(`${name}: ${acknowledged} items were acknowledged, but ${stored} are stored.`);
    }
    console.log(`${name}: ${stored} items acknowledged, all of them stored`);
    return {
      ratio: round(median(results.map((result) => result.ratio)), 3),
      eventsPerSecond: round(requestsPerSecond * ITEMS_PER_BATCH, 0),
      p99Ms: half.p99Ms,
      rssGrowthMB: round(rssAfter - rssBefore, 1),
    };
  } finally {
    await app.stop();
  }
}

async function storedItems(database: string, began: number): Promise<number> {
  const store = await defineRum({ database }).store();
  try {
    const { views, events } = await store.totals({
      app: 'default',
      from: began - 60_000,
      to: Date.now() + 60_000,
    });
    return views + events;
  } finally {
    await store.close();
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
