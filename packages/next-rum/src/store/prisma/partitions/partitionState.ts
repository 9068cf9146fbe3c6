import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import type { SqlRunner } from '../client.js';
import type { Dialect } from '../dialect.js';
import { RAW_KINDS, type RawKind } from '../rawTables.js';
import { partitionDays } from './partitions.js';

/** Days that have partitions before they begin. */
const DAYS_AHEAD = 3;

/** What should be there and is not: partitions of today and of the next days. */
export async function missingPartitions(
  runner: SqlRunner,
  dialect: Dialect,
  now: number,
): Promise<readonly { readonly kind: RawKind; readonly day: number }[]> {
  if (!dialect.hasPartitions) return [];
  const today = bucketOf(now, 'day');
  const missing: { kind: RawKind; day: number }[] = [];
  for (const kind of RAW_KINDS) {
    const made = new Set(await partitionDays(runner, dialect, kind));
    for (let day = today; day <= today + DAYS_AHEAD * GRAIN_MS.day; day += GRAIN_MS.day) {
      if (!made.has(day)) missing.push({ kind, day });
    }
  }
  return missing;
}
