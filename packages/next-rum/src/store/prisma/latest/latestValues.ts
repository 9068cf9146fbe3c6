import type { LatestValues, ValuesOf } from '../../filters.js';
import { matching } from '../../rollup/summaries.js';
import type { ViewRange } from '../../store.js';
import { anyValueIn } from '../filters.js';
import { readSince } from '../rollup/knowledge.js';
import type { Source } from '../rollup/rollupCells.js';
import { type Sql, sql } from '../sql.js';
import { latestRows } from './latestRows.js';

/** Views that are looked at. */
const MOST = 20_000;
/** After which those that were found have to do, ms. */
const PATIENCE = 1500;
/** Properties of a view that are longer, in characters, are passed over, so that those of many fit into the memory. */
const LONGEST = 10_000;

/** @see {@link RumStore.latestValues} */
export async function latestValues(
  source: Source,
  range: ViewRange,
  of: ValuesOf,
  search: string,
  limit: number,
): Promise<LatestValues> {
  const began = performance.now();
  const { raw: kept } = await readSince(source.client);
  const from = Math.max(Math.ceil(range.from), kept);
  const counts = new Map<string, number>();
  let [views, since] = [0, Math.ceil(range.to)];
  const read = latestRows<readonly [id: string, startedAt: number, said: string | null]>(
    source,
    { ...range, from },
    { columns: sql`id, started_at, ${saidIn(source, of)} AS said`, tuple: sql`id, started_at, said` },
  );
  for await (const { rows, reached } of read) {
    for (const [, , said] of rows) {
      for (const value of of === 'property' ? namesIn(said) : [said ?? '']) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    views += rows.length;
    since = reached;
    if (views >= MOST || performance.now() - began > PATIENCE) break;
  }
  const isAll = since <= from;
  return {
    values: matching(counts, search, limit),
    told: { views, of: null, since, complete: isAll && from === Math.ceil(range.from) },
  };
}

function saidIn({ dialect }: Source, of: ValuesOf): Sql {
  return of === 'property'
    ? sql`CASE WHEN length(attributes) <= ${BigInt(LONGEST)} THEN attributes END`
    : anyValueIn(dialect, of);
}

function namesIn(attributes: string | null): readonly string[] {
  try {
    return Object.keys(JSON.parse(attributes ?? '{}') ?? {});
  } catch {
    // Only what the collector wrote is JSON; whatever else is there names nothing.
    return [];
  }
}
