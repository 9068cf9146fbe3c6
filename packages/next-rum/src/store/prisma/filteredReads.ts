import { GRAIN_MS } from '../rollup/grains.js';
import {
  FILTER_DIMENSIONS,
  type FilterDimension,
  type Pseudonyms,
  type RouteSummary,
  type Totals,
  type TrafficBucket,
  type ViewRange,
  type VisitorCount,
} from '../store.js';
import { occurredWithin, startedWithin } from './reads.js';
import { readSince } from './rollup/knowledge.js';
import { SESSION_GAP } from './rollup/rawReads.js';
import type { Source } from './rollup/rollupReads.js';
import { constantSql, queryRows, type Sql, sql } from './sql.js';
import type { StoredRow } from './tables.js';
import * as raw from './vitalReads.js';

/** An event belongs to a view that began at most this long before it, ms. */
const LONGEST_VIEW = GRAIN_MS.day;

/** @see {@link RumStore.totals} */
export function totals(source: Source, range: ViewRange): Promise<Totals> {
  return asFarAsKept(source, range, async (kept) => {
    const [counted] = await queryRows<StoredRow>(
      source.client,
      sql`SELECT count(*) AS views, ${sessionSum} AS sessions, sum(CASE WHEN sample THEN 1 ELSE 0 END) AS samples
        FROM ${visitsOf(kept)} WHERE started_at >= ${BigInt(kept.from)}`,
    );
    const [happened] = await queryRows<StoredRow>(
      source.client,
      sql`SELECT count(CASE WHEN type <> 'loss' THEN 1 END) AS events, count(CASE WHEN type = 'error' THEN 1 END) AS errors
        FROM rum_event WHERE ${occurredWithin(kept)} AND view_id IN (
          SELECT id FROM rum_view WHERE ${matching({ ...kept, from: kept.from - LONGEST_VIEW })}
        )`,
    );
    return {
      views: Number(counted?.views ?? 0),
      sessions: Number(counted?.sessions ?? 0),
      events: Number(happened?.events ?? 0),
      errors: Number(happened?.errors ?? 0),
      sampleViews: Number(counted?.samples ?? 0),
    };
  });
}

/** @see {@link RumStore.traffic} */
export function traffic(source: Source, range: ViewRange, bucketMs: number): Promise<TrafficBucket[]> {
  return asFarAsKept(source, range, async (kept) => {
    const rows = await queryRows<StoredRow>(
      source.client,
      sql`SELECT started_at - started_at % ${BigInt(bucketMs)} AS t, count(*) AS views, ${sessionSum} AS sessions
        FROM ${visitsOf(kept)} WHERE started_at >= ${BigInt(kept.from)} GROUP BY 1 ORDER BY 1`,
    );
    return rows.map((row) => ({
      t: Number(row.t),
      views: Number(row.views),
      sessions: Number(row.sessions),
    }));
  });
}

/** @see {@link RumStore.vitals} */
export function vitals(source: Source, range: ViewRange): Promise<raw.VitalSummaries> {
  return asFarAsKept(source, range, (kept) => raw.vitals(source.client, matching(kept)));
}

/** @see {@link RumStore.routes} */
export function routes(source: Source, range: ViewRange, limit: number): Promise<RouteSummary[]> {
  const { client, dialect } = source;
  return asFarAsKept(source, range, (kept) => raw.routes(client, dialect, matching(kept), limit));
}

/** @see {@link RumStore.visitors} */
export function visitors(source: Source, range: ViewRange, pseudonyms: Pseudonyms): Promise<VisitorCount> {
  const day = pseudonyms === 'daily' ? sql`started_at / ${BigInt(GRAIN_MS.day)}` : sql`0`;
  return asFarAsKept(source, range, async (kept) => {
    const [row] = await queryRows<StoredRow>(
      source.client,
      sql`SELECT count(*) AS n FROM (
        SELECT DISTINCT ${day} AS day, visitor FROM rum_view WHERE ${matching(kept)}
      ) AS met`,
    );
    return { n: Number(row?.n ?? 0), exact: true };
  });
}

/** Reads what of a range is certain to be there whole, and anew where some of it was about to be deleted meanwhile. */
async function asFarAsKept<T>(
  { client }: Source,
  range: ViewRange,
  read: (kept: ViewRange) => Promise<T>,
): Promise<T> {
  for (;;) {
    const { raw: since } = await readSince(client);
    const result = await read({ ...range, from: Math.max(Math.ceil(range.from), since) });
    if ((await readSince(client)).raw === since) return result;
  }
}

const sessionSum: Sql = sql`coalesce(sum(
  CASE WHEN previous IS NULL OR started_at - previous >= ${BigInt(SESSION_GAP)} THEN 1 ELSE 0 END
), 0)`;

/** The views, each with when its visitor's one before it began; half an hour more of them at the beginning. */
function visitsOf(range: ViewRange): Sql {
  return sql`(
    SELECT started_at, sample, lag(started_at) OVER (PARTITION BY visitor ORDER BY started_at) AS previous
    FROM rum_view WHERE ${matching({ ...range, from: range.from - SESSION_GAP })}
  ) AS visits`;
}

const COLUMNS: { readonly [dimension in FilterDimension]: Sql } = {
  route: constantSql('route'),
  release: constantSql('release'),
  environment: constantSql('environment'),
  country: constantSql('country'),
  device: constantSql('device'),
  browser: constantSql('browser'),
  os: constantSql('os'),
  connection: constantSql('connection'),
  language: constantSql('language'),
  referrer: constantSql('referrer'),
};

function matching({ where = {}, ...range }: ViewRange): Sql {
  return FILTER_DIMENSIONS.reduce((condition, dimension) => {
    const value = where[dimension];
    return value === undefined ? condition : sql`${condition} AND ${COLUMNS[dimension]} = ${value}`;
  }, startedWithin(range));
}
