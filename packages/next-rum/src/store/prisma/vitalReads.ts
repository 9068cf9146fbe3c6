import type { VitalName } from '@rumkit/react-rum/protocol';
import { VITAL_THRESHOLDS } from '../../analysis/rating.js';
import { VITAL_NAMES } from '../rows.js';
import type { RouteSummary, TimeRange, VitalSummary } from '../store.js';
import type { SqlClient } from './client.js';
import type { Dialect } from './dialect.js';
import { startedWithin } from './reads.js';
import { constantSql, joinSql, queryRows, type Sql, sql } from './sql.js';
import type { StoredRow } from './tables.js';

export type VitalSummaries = { readonly [name in VitalName]: VitalSummary };

/**
 * A vital as it counts. Of a client navigation and of a page from the back-forward cache web-vitals gives a TTFB of 0,
 * since nothing was waited for; among the others it would only pull the percentiles down.
 */
export function vitalValue(name: VitalName): Sql {
  if (name !== 'ttfb') return constantSql(name);
  return sql`CASE WHEN navigation_type NOT IN ('client', 'back-forward-cache') THEN ttfb END`;
}

/**
 * The 75th percentile is found by its place in the order, with a LIMIT and no window: a third of the time on SQLite. With
 * integers, (3n - 1) / 4 values come before it; none where n is 0. The table is read once, for all of it.
 *
 * @see {@link RumStore.vitals}
 */
export async function vitals(client: SqlClient, range: TimeRange): Promise<VitalSummaries> {
  const percentiles = VITAL_NAMES.map((name) => {
    const vital = constantSql(name);
    return sql`(
      SELECT ${vital} FROM found WHERE ${vital} IS NOT NULL
      ORDER BY ${vital} LIMIT 1 OFFSET (SELECT (3 * ${vital}_n - 1) / 4 FROM counts)
    ) AS ${vital}_p75`;
  });
  const [row] = await queryRows<StoredRow>(
    client,
    sql`WITH found AS MATERIALIZED (SELECT ${vitalColumns} FROM rum_view WHERE ${startedWithin(range)}),
        counts AS MATERIALIZED (SELECT ${vitalCounts} FROM found)
      SELECT counts.*, ${joinSql(percentiles, ', ')} FROM counts`,
  );
  return toSummaries(row ?? {});
}

/**
 * All parts are materialized: PostgreSQL would otherwise run them again for each route while it has no statistics yet.
 *
 * @see {@link RumStore.routes}
 */
export async function routes(
  client: SqlClient,
  dialect: Dialect,
  range: TimeRange,
  limit: number,
): Promise<RouteSummary[]> {
  const vitalNames = VITAL_NAMES.map((name) => constantSql(name));
  const percentiles = vitalNames.map(
    (vital) => sql`${vital}_percentiles AS MATERIALIZED (
      SELECT route, ${vital} AS ${vital}_p75 FROM (
        SELECT route, ${vital}, count(*) OVER (PARTITION BY route) AS n,
          row_number() OVER (PARTITION BY route ORDER BY ${vital}) AS place
        FROM found WHERE ${vital} IS NOT NULL AND route IN (SELECT route FROM counts)
      ) AS ranked WHERE place = (3 * n + 3) / 4
    )`,
  );
  const joins = vitalNames.map(
    (vital) => sql`LEFT JOIN ${vital}_percentiles ON ${vital}_percentiles.route = counts.route`,
  );
  const byName = sql`counts.route ${dialect.byCodePoints}`;
  const rows = await queryRows<StoredRow & { readonly route: string }>(
    client,
    sql`WITH found AS MATERIALIZED (SELECT route, ${vitalColumns} FROM rum_view WHERE ${startedWithin(range)}),
      counts AS MATERIALIZED (
        SELECT route, count(*) AS views, ${vitalCounts} FROM found
        GROUP BY route ORDER BY views DESC, route ${dialect.byCodePoints} LIMIT ${BigInt(limit)}
      ), ${joinSql(percentiles, ', ')}
      SELECT counts.*, lcp_p75, inp_p75, cls_p75, fcp_p75, ttfb_p75 FROM counts ${joinSql(joins, ' ')}
      ORDER BY views DESC, ${byName}`,
  );
  return rows.map((row) => ({ route: row.route, views: Number(row.views), vitals: toSummaries(row) }));
}

const vitalColumns: Sql = joinSql(
  VITAL_NAMES.map((name) => sql`${vitalValue(name)} AS ${constantSql(name)}`),
  ', ',
);

/** `lcp_n`, `lcp_good`, `lcp_poor`, and so for each vital of what was found. */
const vitalCounts: Sql = joinSql(
  VITAL_NAMES.map((name) => {
    const vital = constantSql(name);
    const { good, poor } = VITAL_THRESHOLDS[name];
    return sql`count(${vital}) AS ${vital}_n,
      count(CASE WHEN ${vital} <= ${good} THEN 1 END) AS ${vital}_good,
      count(CASE WHEN ${vital} > ${poor} THEN 1 END) AS ${vital}_poor`;
  }),
  ', ',
);

function toSummaries(row: StoredRow): VitalSummaries {
  return {
    lcp: toSummary('lcp', row),
    inp: toSummary('inp', row),
    cls: toSummary('cls', row),
    fcp: toSummary('fcp', row),
    ttfb: toSummary('ttfb', row),
  };
}

function toSummary(name: VitalName, row: StoredRow): VitalSummary {
  const count = (suffix: string): number => Number(row[`${name}_${suffix}`] ?? 0);
  const [n, good, poor] = [count('n'), count('good'), count('poor')];
  return { p75: n === 0 ? null : count('p75'), n, good, needsImprovement: n - good - poor, poor };
}
