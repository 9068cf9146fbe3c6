import { segmentKey } from '../../../analysis/detectors/segment.js';
import { GRAIN_MS } from '../../rollup/grains.js';
import { WATCHED_DIMENSIONS } from '../../watch/segmentChoice.js';
import { isRow } from '../isRow.js';
import { queryList } from '../rollup/rawReads.js';
import type { Source } from '../rollup/rollupCells.js';
import { constantSql, type Sql, sql } from '../sql.js';

/** How many views had an error, by the key of what they have in common. */
export type ErrorViews = ReadonlyMap<string, number>;

/** Most views with errors that are looked at in one go. */
const MOST_VIEWS = 100_000;
const COLUMNS = constantSql(WATCHED_DIMENSIONS.join(', '));

/** Of the views that began in each hour of a span, those that had an error by the end of the hour after. Rollups don't tell. */
export async function readErrorViews(
  source: Source,
  app: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<number, ErrorViews>> {
  const { client, dialect } = source;
  const hour = sql`started_at - started_at % ${BigInt(GRAIN_MS.hour)}`;
  const views = dialect.searchEach(
    viewsWithErrors(app, from, to + GRAIN_MS.hour),
    sql`rum_view`,
    isRow(app, sql`failed_id`),
  );
  const rows = await queryList<readonly [hour: number, n: number, ...values: (string | null)[]]>(
    client,
    dialect,
    sql`hour, n, ${COLUMNS}`,
    sql`FROM (
      SELECT hour, count(*) AS n, ${COLUMNS} FROM (SELECT ${hour} AS hour, ${COLUMNS} ${views}) AS seen
      WHERE hour >= ${BigInt(from)} AND hour < ${BigInt(to)}
      GROUP BY hour, ${COLUMNS}
    ) AS counted`,
  );
  const hours = new Map<number, Map<string, number>>();
  for (const [t, n, ...values] of rows) {
    const counts = hours.get(t) ?? new Map<string, number>();
    hours.set(t, counts);
    const add = (key: string): void => {
      counts.set(key, (counts.get(key) ?? 0) + n);
    };
    add(segmentKey({}));
    for (const [place, dimension] of WATCHED_DIMENSIONS.entries()) {
      const value = values[place] ?? null;
      if (value !== null && value !== '') add(segmentKey({ [dimension]: value }));
    }
  }
  return hours;
}

/** Each view once, as an item of FROM. */
function viewsWithErrors(app: string, from: number, to: number): Sql {
  return sql`(SELECT DISTINCT view_id AS failed_id FROM rum_event
    WHERE app = ${app} AND type = 'error' AND occurred_at >= ${BigInt(from)} AND occurred_at < ${BigInt(to)}
    LIMIT ${BigInt(MOST_VIEWS)}) AS failed`;
}

/** Which views had an error between two moments, epoch ms. */
export async function idsOfErrorViews(
  { client, dialect }: Source,
  app: string,
  from: number,
  to: number,
): Promise<ReadonlySet<string>> {
  const rows = await queryList<readonly [string]>(
    client,
    dialect,
    sql`failed_id`,
    sql`FROM ${viewsWithErrors(app, from, to)}`,
  );
  return new Set(rows.map(([id]) => id));
}
