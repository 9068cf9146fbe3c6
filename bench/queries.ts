import { parseArgs } from 'node:util';
import type { RumStore } from '../packages/next-rum/src/store/store.js';
import { type Query, unfilteredQueries } from './storage/adminQueries.js';
import {
  type Databases,
  PROVIDERS,
  type Provider,
  withClient,
  withDatabases,
  withStore,
} from './storage/databases.js';
import { EVENTS_PER_VIEW, fill } from './storage/fill.js';
import { percentile } from './storage/percentile.js';
import { readSizes, type Sizes } from './storage/sizes.js';

const BASE_VIEWS = 1_000_000;
const DAYS = 30;
/** The end of a busy hour: as much as can be is left for the finer rollups and the raw rows. */
const TO = Date.UTC(2026, 10, 20, 20);
const SPAN = { from: TO - DAYS * 86_400_000, to: TO };

const { values } = parseArgs({
  options: {
    views: { type: 'string', default: String(BASE_VIEWS) },
    rounds: { type: 'string', default: '40' },
    database: { type: 'string', multiple: true, default: [...PROVIDERS] },
  },
});
const views = Number(values.views);
const rounds = Math.max(20, Number(values.rounds));

/** The worst of the queries' 95th percentiles, ms. */
interface Figures {
  readonly unfilteredP95Ms: number;
  readonly filteredP95Ms: number | null;
  readonly growth: number | null;
  readonly bytesPerView: number;
  readonly rollupBytesPerDay: number;
}

const figures: { [provider in Provider]: Figures | null } = { sqlite: null, postgresql: null };
for (const provider of PROVIDERS) {
  if (values.database.includes(provider)) figures[provider] = await withDatabases(provider, measure);
}
console.log(JSON.stringify({ bench: 'queries', ...figures }));

async function measure(databases: Databases): Promise<Figures> {
  const { provider } = databases;
  const base = await filled(databases, Math.min(views, BASE_VIEWS));
  const large = views > BASE_VIEWS ? await filled(databases, views) : null;
  return withStore(base.url, (store) =>
    large === null
      ? compare(provider, { ...base, store }, null)
      : withStore(large.url, (other) => compare(provider, { ...base, store }, { ...large, store: other })),
  );
}

interface Filled {
  readonly url: string;
  readonly views: number;
  readonly sizes: Sizes;
}

async function filled({ provider, create }: Databases, amount: number): Promise<Filled> {
  const url = await create();
  console.log(`${provider}: ${amount} views over ${DAYS} days`);
  await withStore(url, (store) => fill(store, amount, SPAN));
  const sizes = await withClient(url, async (client) => {
    // Autovacuum does this by itself when so much has been written.
    if (provider === 'postgresql') await client.$executeRaw`VACUUM ANALYZE`;
    return readSizes(client, provider);
  });
  const [bytes, perDay] = [sizes.views / amount, sizes.rollups / DAYS];
  console.log(
    `  ${bytes.toFixed(0)} bytes a view with its indexes, ${(sizes.events / amount / EVENTS_PER_VIEW).toFixed(0)} an event, ` +
      `${(perDay / 1e6).toFixed(2)} MB of rollups a day (MB in all: ${Object.entries(sizes.byGrain)
        .map(([grain, size]) => `${grain}s ${(size / 1e6).toFixed(1)}`)
        .join(', ')})`,
  );
  return { url, views: amount, sizes };
}

interface Opened extends Filled {
  readonly store: RumStore;
}

async function compare(provider: Provider, base: Opened, large: Opened | null): Promise<Figures> {
  const unfiltered = await timesOf([
    unfilteredQueries(base.store, TO),
    ...(large === null ? [] : [unfilteredQueries(large.store, TO)]),
  ]);
  const table = unfiltered.map(({ name, times: [ofBase = [], ofLarge] }) => ({
    query: name,
    'median, ms': round(percentile(ofBase, 0.5), 1),
    'p95, ms': round(percentile(ofBase, 0.95), 1),
    ...(ofLarge !== undefined && {
      [`median at ${views / 1e6} M, ms`]: round(percentile(ofLarge, 0.5), 1),
      [`p95 at ${views / 1e6} M, ms`]: round(percentile(ofLarge, 0.95), 1),
      growth: round(percentile(ofLarge, 0.5) / percentile(ofBase, 0.5), 2),
    }),
  }));
  console.log(`\n${provider}, ${base.views} views over ${DAYS} days, ${rounds} rounds`);
  console.table(table);
  const worst = (which: number): number =>
    Math.max(...unfiltered.map(({ times }) => percentile(times[which] ?? [], 0.95)));
  return {
    unfilteredP95Ms: round(worst(0), 1),
    filteredP95Ms: null,
    growth: large === null ? null : round(worst(1) / worst(0), 2),
    bytesPerView: Math.round(base.sizes.views / base.views),
    rollupBytesPerDay: Math.round(base.sizes.rollups / DAYS),
  };
}

interface Timed {
  readonly name: string;
  /** ms, of each database. */
  readonly times: readonly number[][];
}

/** Runs the same queries on each database, alternating, after one round that is not counted. */
async function timesOf(databases: readonly (readonly Query[])[]): Promise<readonly Timed[]> {
  const [first = []] = databases;
  const timed = first.map(({ name }) => ({ name, times: databases.map((): number[] => []) }));
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [index, { times }] of timed.entries()) {
      for (const [which, queries] of databases.entries()) {
        const began = performance.now();
        await queries[index]?.run();
        if (turn > 0) times[which]?.push(performance.now() - began);
      }
    }
  }
  return timed;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
