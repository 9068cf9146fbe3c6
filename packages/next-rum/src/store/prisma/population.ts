import { GRAIN_MS } from '../rollup/grains.js';
import type { TimeRange } from '../store.js';
import { countEvents } from './rollup/rawReads.js';
import { rawOf, type Source, sumRollups } from './rollup/rollupCells.js';
import { traffic } from './rollup/rollupReads.js';
import { withPlan } from './rollup/withPlan.js';
import type { Counted, Limits } from './thinning.js';

/** A tenth of a second each: a page asks for some of them at once. */
const LIMITS: { readonly [kind in Counted]: Limits } = {
  views: { all: 800_000, some: 100_000 },
  /** Of each its view is looked up. */
  events: { all: 100_000, some: 15_000 },
  errors: { all: 40_000, some: 6_000 },
  /** Events of any type, in the index through which errors are found. */
  passed: { all: 3_000_000, some: 1_000_000 },
};

/** How many rows there are, whatever the filters, and one of how many is looked at. */
export interface Population {
  readonly views: number;
  readonly oneIn: number;
}

/** Of a month one view of some is looked at, so that it takes as little time as some days do. */
export async function viewsIn(source: Source, { app, from, to }: TimeRange): Promise<Population> {
  const buckets = await traffic(source, { app, from, to }, GRAIN_MS.day);
  const views = buckets.reduce((sum, bucket) => sum + bucket.views, 0);
  return { views, oneIn: ratioOf(source, 'views', views) };
}

/** Whether the views of some spans are so few together that each can be looked at. */
export async function areFew(
  source: Source,
  app: string,
  spans: readonly { readonly begins: number; readonly ends: number }[],
): Promise<boolean> {
  let sum = 0;
  for (const { begins: from, ends: to } of spans) {
    sum += (await viewsIn(source, { app, from, to })).views;
    if (ratioOf(source, 'views', sum) > 1) return false;
  }
  return true;
}

/** Of how many events one is looked at, and of how many errors. */
export interface EventPopulation {
  readonly oneIn: number;
  readonly oneErrorIn: number;
}

/** There may be a hundred times as many events as views, and few errors among them. */
export async function eventsIn(source: Source, { app, from, to }: TimeRange): Promise<EventPopulation> {
  const counts = await withPlan(source, { app, from, to }, {}, async (plan) => {
    const { client, dialect } = source;
    const rolledUp = await sumRollups(source, app, plan, GRAIN_MS.day, ['event']);
    const raw = await countEvents(client, dialect, app, rawOf(plan), GRAIN_MS.day);
    return [...rolledUp.map(({ value, n }) => ({ type: value, n })), ...raw];
  });
  const sum = (of: typeof counts): number => of.reduce((total, { n }) => total + n, 0);
  const events = sum(counts);
  const errors = sum(counts.filter(({ type }) => type === 'error'));
  return {
    oneIn: ratioOf(source, 'events', events),
    oneErrorIn: Math.max(ratioOf(source, 'errors', errors), ratioOf(source, 'passed', events)),
  };
}

function ratioOf({ limits }: Source, kind: Counted, rows: number): number {
  const { all, some } = limits?.[kind] ?? LIMITS[kind];
  return rows <= all ? 1 : Math.ceil(rows / some);
}
