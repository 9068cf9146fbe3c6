import { OTHER } from '../../filters.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import type { ReleaseStart, TimeRange } from '../../store.js';
import { sql } from '../sql.js';
import { readViews } from './countedViews.js';
import { queryList } from './rawReads.js';
import { rawOf, rollupRows, type Source } from './rollupCells.js';
import { withPlan } from './withPlan.js';

/** How long before a range a release is looked for that may be new in it, ms. */
const NEW_AFTER = 30 * GRAIN_MS.day;

/** @see {@link RumStore.releaseStarts} */
export async function releaseStarts(
  source: Source,
  range: TimeRange,
  bucketMs: number,
  limit: number,
): Promise<readonly ReleaseStart[]> {
  const from = Math.ceil(range.from);
  const [within, before] = await Promise.all([
    firstSeen(source, range, bucketMs),
    firstSeen(source, { app: range.app, from: Math.max(0, from - NEW_AFTER), to: from }, GRAIN_MS.day),
  ]);
  return [...within]
    .filter(([release]) => !before.has(release))
    .map(([release, at]) => ({ release, at: at - (at % bucketMs) }))
    .sort((a, b) => b.at - a.at || (a.release < b.release ? -1 : 1))
    .slice(0, limit)
    .reverse();
}

/** Of each release, the beginning of the bucket of its first view, or that view's own time; epoch ms. */
function firstSeen(source: Source, range: TimeRange, step: number): Promise<ReadonlyMap<string, number>> {
  const { client, dialect } = source;
  return withPlan(source, range, { step }, async (plan) => {
    const firsts = new Map<string, number>();
    const add = (release: string, at: number): void => {
      if (release === OTHER) return;
      firsts.set(release, Math.min(at, firsts.get(release) ?? at));
    };
    const rows = await queryList<readonly [string, number]>(
      client,
      dialect,
      sql`value, first`,
      sql`FROM (
        SELECT value, min(bucket) AS first ${rollupRows(dialect, range.app, plan, ['release'])} GROUP BY value
      ) AS firsts`,
    );
    for (const [release, at] of rows) add(release, at);
    const read = {
      app: range.app,
      spans: rawOf(plan),
      columns: sql`release, started_at`,
      wanted: sql`release IS NOT NULL`,
    };
    for await (const views of readViews<readonly [string, number]>(client, dialect, read)) {
      for (const [release, at] of views) add(release, at);
    }
    return firsts;
  });
}
