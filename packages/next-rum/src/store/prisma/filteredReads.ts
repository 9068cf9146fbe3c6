import { type Cells, cellOf } from '../rollup/cells.js';
import { countIn } from '../rollup/countView.js';
import { GRAIN_MS } from '../rollup/grains.js';
import { VITAL_NAMES } from '../rows.js';
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
import type { SqlClient } from './client.js';
import { occurredWithin, startedWithin } from './reads.js';
import { readSince } from './rollup/knowledge.js';
import { queryList, RATINGS, SESSION_GAP } from './rollup/rawReads.js';
import { byCodePoints, type Source, summaries } from './rollup/rollupReads.js';
import { constantSql, joinSql, queryRows, type Sql, sql } from './sql.js';
import type { StoredRow } from './tables.js';
import { type VitalSummaries, vitalValue } from './vitalReads.js';

/** An event belongs to a view that began at most this long before it, ms. */
const LONGEST_VIEW = GRAIN_MS.day;
/** Read in one go, ms. */
const PART = 6 * GRAIN_MS.hour;

/** The reads of a store that know filters. */
export interface Reads {
  totals(source: Source, range: ViewRange): Promise<Totals>;
  traffic(source: Source, range: ViewRange, bucketMs: number): Promise<TrafficBucket[]>;
  vitals(source: Source, range: ViewRange): Promise<VitalSummaries>;
  routes(source: Source, range: ViewRange, limit: number): Promise<RouteSummary[]>;
  visitors(source: Source, range: ViewRange, pseudonyms: Pseudonyms): Promise<VisitorCount>;
}

export const FILTERED_READS: Reads = { totals, traffic, vitals, routes, visitors };

/** @see {@link RumStore.totals} */
function totals(source: Source, range: ViewRange): Promise<Totals> {
  return asFarAsKept(source, range, async (kept) => {
    const sums = { views: 0, sessions: 0, events: 0, errors: 0, sampleViews: 0 };
    for await (const part of partsOf(source.client, kept)) {
      const [counted] = await queryRows<StoredRow>(
        source.client,
        sql`SELECT count(*) AS views, ${sessionSum} AS sessions, coalesce(sum(CASE WHEN sample THEN 1 ELSE 0 END), 0) AS samples
          FROM ${visitsOf(part)} WHERE started_at >= ${BigInt(part.from)}`,
      );
      sums.views += Number(counted?.views);
      sums.sessions += Number(counted?.sessions);
      sums.sampleViews += Number(counted?.samples);
    }
    const [happened] = await queryRows<StoredRow>(
      source.client,
      sql`SELECT count(CASE WHEN type <> 'loss' THEN 1 END) AS events, count(CASE WHEN type = 'error' THEN 1 END) AS errors
        FROM rum_event WHERE ${occurredWithin(kept)} AND view_id IN (
          SELECT id FROM rum_view WHERE ${matching({ ...kept, from: kept.from - LONGEST_VIEW })}
        )`,
    );
    return { ...sums, events: Number(happened?.events), errors: Number(happened?.errors) };
  });
}

/** @see {@link RumStore.traffic} */
function traffic(source: Source, range: ViewRange, bucketMs: number): Promise<TrafficBucket[]> {
  return asFarAsKept(source, range, async (kept) => {
    const buckets = new Map<number, TrafficBucket>();
    for await (const part of partsOf(source.client, kept)) {
      const rows = await queryRows<StoredRow>(
        source.client,
        sql`SELECT started_at - started_at % ${BigInt(bucketMs)} AS t, count(*) AS views, ${sessionSum} AS sessions
          FROM ${visitsOf(part)} WHERE started_at >= ${BigInt(part.from)} GROUP BY 1`,
      );
      for (const row of rows) {
        const t = Number(row.t);
        const { views, sessions } = buckets.get(t) ?? { views: 0, sessions: 0 };
        buckets.set(t, { t, views: views + Number(row.views), sessions: sessions + Number(row.sessions) });
      }
    }
    return [...buckets.values()].sort((a, b) => a.t - b.t);
  });
}

/** @see {@link RumStore.vitals} */
function vitals(source: Source, range: ViewRange): Promise<VitalSummaries> {
  return asFarAsKept(source, range, async (kept) =>
    summaries(cellOf(await countMatching(source, kept, 'all'), 'all', '')),
  );
}

/** @see {@link RumStore.routes} */
function routes(source: Source, range: ViewRange, limit: number): Promise<RouteSummary[]> {
  return asFarAsKept(source, range, async (kept) => {
    const cells = (await countMatching(source, kept, 'route')).get('route') ?? [];
    return [...cells]
      .sort(([routeA, a], [routeB, b]) => b.n - a.n || byCodePoints(routeA, routeB))
      .slice(0, limit)
      .map(([route, cell]) => ({ route, views: cell.n, vitals: summaries(cell) }));
  });
}

/** A quarter of the time that sorting in the database takes, where SQLite would also hold up everything else. */
async function countMatching(
  { client, dialect }: Source,
  range: ViewRange,
  dimension: 'all' | 'route',
): Promise<Cells> {
  const cells: Cells = new Map();
  const value = dimension === 'all' ? sql`''` : sql`route`;
  for await (const part of partsOf(client, range)) {
    const views = await queryList<readonly [string, number, ...(number | null)[]]>(
      client,
      dialect,
      sql`${value}, ${RATINGS}, ${joinSql(VITAL_NAMES.map(vitalValue), ', ')}`,
      sql`FROM rum_view WHERE ${matching(part)}`,
    );
    for (const [name, ratings, ...values] of views)
      countIn(cells, dimension, name, { ratings, vitals: values });
  }
  return cells;
}

/** Parts of a range short enough that no statement takes long; those without any view are left out. */
async function* partsOf(client: SqlClient, { from, to, ...range }: ViewRange): AsyncGenerator<ViewRange> {
  for (let begins = from; begins < to; ) {
    const [next] = await queryRows<StoredRow>(
      client,
      sql`SELECT min(started_at) AS at FROM rum_view WHERE ${startedWithin({ ...range, from: begins, to })}`,
    );
    const at = next?.at ?? null;
    if (at === null) return;
    begins = Math.max(begins, Number(at) - (Number(at) % PART));
    const ends = Math.min(to, begins - (begins % PART) + PART);
    yield { ...range, from: begins, to: ends };
    begins = ends;
  }
}

/** @see {@link RumStore.visitors} */
function visitors(source: Source, range: ViewRange, pseudonyms: Pseudonyms): Promise<VisitorCount> {
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
