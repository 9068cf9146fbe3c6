import type { Presence } from '../liveStore.js';
import type { ViewRange } from '../store.js';
import { havingValues, valueIn } from './filters.js';
import { startedWithin } from './reads.js';
import { queryList } from './rollup/rawReads.js';
import type { Source } from './rollup/rollupCells.js';
import { sql } from './sql.js';

/** @see {@link RumStore.presence} */
export async function presence({ client, dialect }: Source, range: ViewRange): Promise<Presence> {
  const matching = sql`FROM rum_view WHERE ${startedWithin(range)} ${havingValues(dialect, range)}`;
  const [seconds, [[visitors] = [0]], countries] = await Promise.all([
    queryList<readonly [second: number, views: number]>(
      client,
      dialect,
      sql`second, views`,
      sql`FROM (
        SELECT started_at / 1000 AS second, count(*) AS views ${matching} GROUP BY started_at / 1000
      ) AS seconds`,
    ),
    queryList<readonly [visitors: number]>(
      client,
      dialect,
      sql`visitors`,
      sql`FROM (SELECT count(DISTINCT visitor) AS visitors ${matching}) AS counted`,
    ),
    queryList<readonly [country: string, views: number]>(
      client,
      dialect,
      sql`country, views`,
      sql`FROM (
        SELECT ${valueIn('country')} AS country, count(*) AS views ${matching} GROUP BY ${valueIn('country')}
      ) AS countries`,
    ),
  ]);
  return {
    seconds: seconds.map(([second, views]) => ({ t: second * 1000, views })).sort((a, b) => a.t - b.t),
    visitors,
    countries: countries
      .map(([value, views]) => ({ value, views }))
      .sort((a, b) => b.views - a.views || (a.value < b.value ? -1 : 1)),
  };
}
