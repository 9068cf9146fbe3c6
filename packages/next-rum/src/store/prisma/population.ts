import { GRAIN_MS } from '../rollup/grains.js';
import type { FilteredRead, TimeRange, ViewRange } from '../store.js';
import { rollupsFor } from './filters.js';
import { countEvents } from './rollup/rawReads.js';
import { rawOf, type Source, sumRollups } from './rollup/rollupCells.js';
import { traffic } from './rollup/rollupReads.js';
import { withPlan } from './rollup/withPlan.js';
import type { Limits } from './thinning.js';

/** Of views, with what happened in them, and of errors: a quarter of a second each. */
const LIMITS: { readonly [kind in 'views' | 'errors']: Limits } = {
  views: { all: 1_200_000, some: 200_000 },
  errors: { all: 40_000, some: 12_000 },
};

/** @see {@link RumStore.oneIn} */
export async function oneIn(source: Source, range: ViewRange, read: FilteredRead): Promise<number> {
  const known = rollupsFor(range);
  if (known === 'all' || ((read === 'vital' || read === known) && known !== null)) return 1;
  if (read === 'errors') return oneErrorIn(source, range);
  return (await viewsIn(source, range)).oneIn;
}

/** How many rows there are, whatever the filters, and one of how many is looked at. */
export interface Population {
  readonly views: number;
  readonly oneIn: number;
}

/** Of a month one view of some is looked at, so that it takes as little time as some days do. */
export async function viewsIn(source: Source, { app, from, to }: TimeRange): Promise<Population> {
  const buckets = await traffic(source, { app, from, to }, GRAIN_MS.day);
  const views = buckets.reduce((sum, bucket) => sum + bucket.views, 0);
  return { views, oneIn: ratioOf(views, source.limits?.views ?? LIMITS.views) };
}

/** Of how many errors one is looked at. */
export async function oneErrorIn(source: Source, { app, from, to }: TimeRange): Promise<number> {
  const errors = await withPlan(source, { app, from, to }, {}, async (plan) => {
    const { client, dialect } = source;
    const rolledUp = await sumRollups(source, app, plan, GRAIN_MS.day, ['event']);
    const raw = await countEvents(client, dialect, app, rawOf(plan), GRAIN_MS.day);
    return (
      rolledUp.reduce((sum, { value, n }) => sum + (value === 'error' ? n : 0), 0) +
      raw.reduce((sum, { type, n }) => sum + (type === 'error' ? n : 0), 0)
    );
  });
  return ratioOf(errors, source.limits?.errors ?? LIMITS.errors);
}

function ratioOf(rows: number, { all, some }: Limits): number {
  return rows <= all ? 1 : Math.ceil(rows / some);
}
