import { parseArgs } from 'node:util';
import type { RumStore } from '../packages/next-rum/src/store/store.js';
import { adminQueries, filteredQueries, type Query, storeReads } from './storage/adminQueries.js';
import {
  type Databases,
  onEach,
  PROVIDERS,
  type Provider,
  placeFor,
  withClient,
  withStore,
} from './storage/databases.js';
import { EVENTS_PER_VIEW, fill } from './storage/fill.js';
import { readSizes, type Sizes } from './storage/sizes.js';
import { clockPercentile, columnsOf, type Timed, timesOf } from './storage/timesOf.js';

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
    /** Folder in which SQLite's files stay, to be used again. */
    keep: { type: 'string' },
  },
});
const views = Number(values.views);
const rounds = Math.max(20, Number(values.rounds));

interface Figures {
  /** Of the slowest answer of the admin's API, ms. */
  readonly unfilteredP95Ms: number;
  /** Of the slowest answer to a question with two filters, ms. */
  readonly filteredP95Ms: number;
  /** Median of the slowest answer of the admin's API with so many views over that with a million. */
  readonly growth: number | null;
  readonly bytesPerView: number;
  readonly rollupBytesPerDay: number;
}

const figures = await onEach(values.database, measure);
console.log(JSON.stringify({ bench: 'queries', ...figures }));

async function measure(databases: Databases): Promise<Figures> {
  const base = await filled(databases, Math.min(views, BASE_VIEWS));
  const large = views > BASE_VIEWS ? await filled(databases, views) : null;
  return withStore(base.url, (store) =>
    large === null
      ? compare(databases.provider, base, [store])
      : withStore(large.url, (other) => compare(databases.provider, base, [store, other])),
  );
}

interface Filled {
  readonly url: string;
  readonly views: number;
  readonly sizes: Sizes;
}

async function filled(databases: Databases, amount: number): Promise<Filled> {
  const { provider } = databases;
  const { url, isFull } = await placeFor(databases, values.keep, String(amount));
  console.log(`${provider}: ${amount} views over ${DAYS} days${isFull ? ', from an earlier run' : ''}`);
  if (!isFull) await withStore(url, (store) => fill(store, amount, SPAN));
  await withStore(url, async (store) => {
    const began = performance.now();
    await store.keepFindings({ now: () => TO });
    console.log(
      `  compared releases, flags and weeks as every 15 minutes, ${Math.round(performance.now() - began)} ms`,
    );
  });
  const sizes = await withClient(url, async (client) => {
    // Autovacuum does this by itself when so much has been written.
    if (provider === 'postgresql') await client.$executeRaw`VACUUM ANALYZE`;
    return readSizes(client, provider);
  });
  const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2);
  console.log(
    `  ${(sizes.views / amount).toFixed(0)} bytes a view with its indexes, ` +
      `${(sizes.events / amount / EVENTS_PER_VIEW).toFixed(0)} an event, ` +
      `${megabytes(sizes.rollups / DAYS)} MB of rollups a day (MB in all: ${Object.entries(sizes.byGrain)
        .map(([grain, bytes]) => `${grain}s ${megabytes(bytes)}`)
        .join(', ')})`,
  );
  return { url, views: amount, sizes };
}

async function compare(provider: Provider, base: Filled, stores: readonly RumStore[]): Promise<Figures> {
  const timed = async (title: string, queriesOf: (store: RumStore) => readonly Query[], of = stores) => {
    const results = await timesOf(of.map(queriesOf), rounds);
    console.log(`\n${provider}, ${title}, ${rounds} rounds, ms`);
    console.table(toTable(results));
    return results;
  };
  const admin = await timed('the answers of the admin’s API over 30 days', (store) =>
    adminQueries(store, TO),
  );
  await timed('the reads of the store', (store) => storeReads(store, TO));
  const filtered = await timed(
    'answers to questions with two filters',
    (store) => filteredQueries(store, TO),
    stores.slice(0, 1),
  );
  const slowest = (which: number): number =>
    Math.max(...admin.map(({ runs }) => clockPercentile(runs[which] ?? [], 0.5)));
  return {
    unfilteredP95Ms: round(worst(admin), 1),
    filteredP95Ms: round(worst(filtered), 0),
    growth: stores.length > 1 ? round(slowest(1) / slowest(0), 2) : null,
    bytesPerView: Math.round(base.sizes.views / base.views),
    rollupBytesPerDay: Math.round(base.sizes.rollups / DAYS),
  };
}

function toTable(results: readonly Timed[]): readonly object[] {
  return results.map(({ name, runs: [ofBase = [], ofLarge] }) => ({
    query: name,
    ...columnsOf(ofBase, ''),
    ...(ofLarge !== undefined && {
      ...columnsOf(ofLarge, `, ${views / 1e6} M`),
      growth: round(clockPercentile(ofLarge, 0.5) / clockPercentile(ofBase, 0.5), 2),
    }),
  }));
}

function worst(results: readonly Timed[]): number {
  return Math.max(...results.map(({ runs: [ofBase = []] }) => clockPercentile(ofBase, 0.95)));
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
