import { weekCohorts, weekOf } from '../../../analysis/paths/cohorts.js';
import type { Retained } from '../../pathStore.js';
import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import type { ViewRange } from '../../store.js';
import { havingValues } from '../filters.js';
import { startedWithin } from '../reads.js';
import { readSince } from '../rollup/knowledge.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { sql } from '../sql.js';

/** After which the days that were looked at have to do, ms. */
const PATIENCE = 5000;
/** Most users that are remembered. */
const MAX_USERS = 200_000;
/** Read in one go, ms: users of a few hours at a time hold nobody up. */
const PART = 6 * GRAIN_MS.hour;

/** @see {@link RumStore.retention} */
export async function retention(source: Source, range: ViewRange): Promise<Retained> {
  const { raw: kept } = await readSince(source.client);
  const from = Math.max(Math.ceil(range.from), kept);
  const to = Math.ceil(range.to);
  const weeks = new Map<string, Set<number>>();
  const began = performance.now();
  let since = to;
  while (since > from && performance.now() - began < PATIENCE && weeks.size < MAX_USERS) {
    const begins = Math.max(from, since - 1 - ((since - 1) % PART));
    for (const [user] of await usersOf(source, { ...range, from: begins, to: since })) {
      const known = weeks.get(user) ?? new Set();
      weeks.set(user, known.add(weekOf(begins)));
    }
    since = begins;
  }
  return {
    cohorts: weekCohorts(
      [...weeks.values()].map((seen) => [...seen]),
      weekOf(bucketOf(to - 1, 'day')),
    ),
    since,
    complete: since <= from && from === Math.ceil(range.from),
  };
}

function usersOf({ client, dialect }: Source, range: ViewRange): Promise<readonly (readonly [string])[]> {
  return queryList<readonly [string]>(
    client,
    dialect,
    sql`user_id`,
    sql`FROM (
      SELECT DISTINCT user_id FROM rum_view
      WHERE ${startedWithin(range)} AND user_id IS NOT NULL ${havingValues(dialect, range)}
    ) AS users`,
  );
}
