import type { VitalName } from '@rumkit/react-rum/protocol';
import { VITAL_THRESHOLDS } from '../../analysis/rating.js';
import { VITAL_NAMES } from '../rows.js';
import type { RouteSummary, TimeRange, VitalSummary } from '../store.js';
import type { SqlClient } from './client.js';
import { startedWithin } from './reads.js';
import { constantSql, joinSql, queryRows, type Sql, sql } from './sql.js';
import type { StoredRow } from './tables.js';

type VitalSummaries = { readonly [name in VitalName]: VitalSummary };

/** @see {@link RumStore.vitals} */
export async function vitals(client: SqlClient, range: TimeRange): Promise<VitalSummaries> {
  const rows = await queryRows<StoredRow>(client, summarise(startedWithin(range), sql`''`));
  return toSummaries(rows);
}

/** @see {@link RumStore.routes} */
export async function routes(client: SqlClient, range: TimeRange, limit: number): Promise<RouteSummary[]> {
  const inRange = startedWithin(range);
  const ofTopRoutes = sql`${inRange} AND route IN (SELECT route FROM top_routes)`;
  // Equally many views: the route that was seen first, which collations of the databases cannot order differently.
  const rows = await queryRows<StoredRow & { route: string }>(
    client,
    sql`WITH top_routes AS (
        SELECT route, count(*) AS views, min(id) AS first_id FROM rum_view WHERE ${inRange}
        GROUP BY route ORDER BY views DESC, first_id LIMIT ${BigInt(limit)}
      )
      SELECT top_routes.route, views, vital, n, p75, good, poor
      FROM top_routes LEFT JOIN (${summarise(ofTopRoutes, sql`route`)}) AS summaries
        ON summaries.route = top_routes.route
      ORDER BY views DESC, first_id`,
  );
  const byRoute = new Map<string, StoredRow[]>();
  for (const row of rows) byRoute.set(row.route, [...(byRoute.get(row.route) ?? []), row]);
  return [...byRoute].map(([route, ofRoute]) => ({
    route,
    views: Number(ofRoute[0]?.views),
    vitals: toSummaries(ofRoute),
  }));
}

/**
 * One row for each route and vital that has values: n, the 75th percentile by nearest rank and counts by rating.
 *
 * @param route The column `route`, or a constant for all of them together.
 */
function summarise(inScope: Sql, route: Sql): Sql {
  const measured = VITAL_NAMES.map((name) => {
    const column = constantSql(name);
    const { good, poor } = VITAL_THRESHOLDS[name];
    return sql`SELECT ${route} AS route, '${column}' AS vital, ${column} AS value,
        CASE WHEN ${column} <= ${good} THEN 'good' WHEN ${column} > ${poor} THEN 'poor' END AS rating
      FROM rum_view WHERE ${inScope} AND ${column} IS NOT NULL`;
  });
  // With integers, (3n + 3) / 4 is the ceiling of 0.75 n.
  return sql`SELECT route, vital, count(*) AS n,
      max(CASE WHEN place = (3 * n + 3) / 4 THEN value END) AS p75,
      sum(CASE WHEN rating = 'good' THEN 1 ELSE 0 END) AS good,
      sum(CASE WHEN rating = 'poor' THEN 1 ELSE 0 END) AS poor
    FROM (
      SELECT route, vital, value, rating, count(*) OVER (PARTITION BY route, vital) AS n,
        row_number() OVER (PARTITION BY route, vital ORDER BY value) AS place
      FROM (${joinSql(measured, ' UNION ALL ')}) AS measured
    ) AS ranked
    GROUP BY route, vital`;
}

function toSummaries(rows: readonly StoredRow[]): VitalSummaries {
  const byVital = new Map(rows.map((row) => [row.vital, row]));
  return {
    lcp: toSummary(byVital.get('lcp')),
    inp: toSummary(byVital.get('inp')),
    cls: toSummary(byVital.get('cls')),
    fcp: toSummary(byVital.get('fcp')),
    ttfb: toSummary(byVital.get('ttfb')),
  };
}

function toSummary(row: StoredRow | undefined): VitalSummary {
  if (!row) return { p75: null, n: 0, good: 0, needsImprovement: 0, poor: 0 };
  const [n, good, poor] = [Number(row.n), Number(row.good), Number(row.poor)];
  return { p75: Number(row.p75), n, good, needsImprovement: n - good - poor, poor };
}
