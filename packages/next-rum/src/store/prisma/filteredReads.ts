import type { VitalName } from '@rumkit/react-rum/protocol';
import type { FoundValues, Overview, Totals, TrafficBucket, ValueSummary } from '../overviewStore.js';
import { type Cell, type Cells, capValues, emptyCell, MAX_VALUES } from '../rollup/cells.js';
import { countIn } from '../rollup/countView.js';
import { GRAIN_MS } from '../rollup/grains.js';
import { matching, mostFirst, summariesOf, vitalDetail } from '../rollup/summaries.js';
import type { ColumnDimension, Pseudonyms, ViewRange, VisitorCount } from '../store.js';
import type { VitalDetail, VitalSummaries } from '../vitalStore.js';
import { havingValues, valueIn } from './filters.js';
import { isRow } from './isRow.js';
import { eventsIn, type Population, viewsIn } from './population.js';
import { allOf, inParts, longPart, PART, type Part, whereKept } from './rawParts.js';
import { matchingViews, readVisits, totalsOf, trafficOf } from './readVisits.js';
import { HAS_VITALS, type VitalTuple, vitalsIn, vitalTuple, vitalValue } from './rollup/countedViews.js';
import { readSince } from './rollup/knowledge.js';
import { queryList } from './rollup/rawReads.js';
import { spanSql } from './rollup/rawSpans.js';
import type { Keyed, Source } from './rollup/rollupCells.js';
import { tellingRollups } from './rollup/tellingRollups.js';
import * as rolledUp from './rollup/vitalReads.js';
import { queryRows, type Sql, sql } from './sql.js';
import type { StoredRow } from './tables.js';

/** The reads of a store that know filters. */
export interface Reads {
  totals(source: Source, range: ViewRange): Promise<Totals>;
  traffic(source: Source, range: ViewRange, bucketMs: number): Promise<TrafficBucket[]>;
  overview(source: Source, range: ViewRange, bucketMs: number): Promise<Overview>;
  vitals(source: Source, range: ViewRange): Promise<VitalSummaries>;
  vital(source: Source, range: ViewRange, metric: VitalName, bucketMs: number): Promise<VitalDetail>;
  breakdown(
    source: Source,
    range: ViewRange,
    dimension: ColumnDimension,
    limit: number,
  ): Promise<ValueSummary[]>;
  values(
    source: Source,
    range: ViewRange,
    dimension: ColumnDimension,
    search: string,
    limit: number,
  ): Promise<FoundValues>;
  visitors(source: Source, range: ViewRange, pseudonyms: Pseudonyms): Promise<VisitorCount>;
}

export const FILTERED_READS: Reads = {
  totals,
  traffic,
  overview,
  vitals,
  vital,
  breakdown,
  values,
  visitors,
};

/** @see {@link RumStore.totals} */
function totals(source: Source, range: ViewRange): Promise<Totals> {
  return whereKept(source, range, async (kept) => {
    const population = await viewsIn(source, kept);
    const [{ visits }, happened] = await allOf([
      readVisits(source, kept, { bucketMs: GRAIN_MS.day, cells: null, population }),
      countEvents(source, kept),
    ] as const);
    return totalsOf(visits, happened);
  });
}

/** @see {@link RumStore.traffic} */
function traffic(source: Source, range: ViewRange, bucketMs: number): Promise<TrafficBucket[]> {
  return whereKept(source, range, async (kept) => {
    const population = await viewsIn(source, kept);
    return trafficOf((await readVisits(source, kept, { bucketMs, cells: null, population })).visits);
  });
}

/** @see {@link RumStore.overview} */
function overview(source: Source, range: ViewRange, bucketMs: number): Promise<Overview> {
  return whereKept(source, range, async (kept) => {
    const isRolledUp = (await tellingRollups(source, range)) !== null;
    const population = await viewsIn(source, kept);
    const [{ visits, vitals: counted }, happened, told] = await allOf([
      readVisits(source, kept, { bucketMs, cells: isRolledUp ? null : new Map(), population }),
      countEvents(source, kept),
      isRolledUp ? rolledUp.vitals(source, range) : Promise.resolve(null),
    ] as const);
    return { totals: totalsOf(visits, happened), vitals: told ?? counted, traffic: trafficOf(visits) };
  });
}

/** Errors by more of them where there are too many events, since they are few, and looked at closely. */
async function countEvents(source: Source, range: ViewRange): Promise<Pick<Totals, 'events' | 'errors'>> {
  const { oneIn, oneErrorIn } = await eventsIn(source, range);
  const events = await countThose(source, range, { wanted: sql`type <> 'loss'`, each: sql`1` }, oneIn);
  const errors = await countThose(
    source,
    range,
    { wanted: sql`type = 'error'`, each: errorsOf(source) },
    Math.min(oneIn, oneErrorIn),
  );
  return { events, errors };
}

/** How many alike an error stands for. That most say nothing of it is seen faster than it is read. */
function errorsOf({ dialect }: Source): Sql {
  return sql`CASE WHEN data LIKE '%"count":%' AND data NOT LIKE '%"count":-%' THEN coalesce(CAST(${dialect.memberOf(sql`data`, 'count')} AS BIGINT), 1) ELSE 1 END`;
}

async function countThose(
  source: Source,
  range: ViewRange,
  { wanted, each }: { readonly wanted: Sql; readonly each: Sql },
  oneIn: number,
): Promise<number> {
  let sum = 0;
  await inParts(source, 'events', range, { length: longPart(source), oneIn }, async (part) => {
    const { begins, ends, rows } = spanSql(source.dialect, part.spans);
    const within = sql`app = ${part.app} AND occurred_at >= ${begins} AND occurred_at < ${ends} AND ${wanted}`;
    // The events by their time, of each its view by the key.
    const occurred = sql`(
      SELECT view_id, ${each} AS times ${rows(sql`rum_event`, sql`${within} ${part.ids(part.from, part.to)}`)}
    ) AS occurred`;
    const [happened] = await queryRows<StoredRow>(
      source.client,
      sql`SELECT sum(times) AS n
        ${source.dialect.searchEach(occurred, sql`rum_view`, sql`${isRow(part.app, sql`view_id`)} ${havingValues(source.dialect, part)}`)}`,
    );
    sum += oneIn * Number(happened?.n ?? 0);
  });
  return sum;
}

/** @see {@link RumStore.vitals} */
function vitals(source: Source, range: ViewRange): Promise<VitalSummaries> {
  return whereKept(source, range, async (kept) => {
    const keyed = { key: sql`''`, wanted: HAS_VITALS };
    const cells = await countMatching(source, kept, keyed, await viewsIn(source, kept));
    return summariesOf(cells.get('') ?? emptyCell('all'));
  });
}

/** @see {@link RumStore.vital} */
function vital(source: Source, range: ViewRange, metric: VitalName, bucketMs: number): Promise<VitalDetail> {
  return whereKept(source, range, async (kept) => {
    const keyed = { key: rolledUp.bucketStart(bucketMs), wanted: sql`${vitalValue(metric)} IS NOT NULL` };
    const cells = await countMatching(source, kept, keyed, await viewsIn(source, kept));
    return vitalDetail(cells, metric, bucketMs);
  });
}

/** @see {@link RumStore.breakdown} */
function breakdown(
  source: Source,
  range: ViewRange,
  dimension: ColumnDimension,
  limit: number,
): Promise<ValueSummary[]> {
  return whereKept(source, range, async (kept) => {
    const population = await viewsIn(source, kept);
    const keyed = { key: valueIn(dimension), wanted: sql`true` };
    const cells = await countMatching(source, kept, keyed, population);
    const views = new Map([...cells].map(([value, { n }]) => [value, n * population.oneIn]));
    return mostFirst(views)
      .slice(0, limit)
      .map(({ value, views: n }) => ({
        value,
        views: n,
        vitals: summariesOf(cells.get(value) ?? emptyCell('all')),
      }));
  });
}

/** @see {@link RumStore.values} */
async function values(
  source: Source,
  range: ViewRange,
  dimension: ColumnDimension,
  search: string,
  limit: number,
): Promise<FoundValues> {
  const { client, dialect } = source;
  const { raw: since } = await readSince(client);
  const counts = new Map<string, number>();
  const from = Math.ceil(range.from);
  const kept = { ...range, from: Math.max(from, since) };
  const { views, oneIn } = await viewsIn(source, kept);
  const wanted = sql`lower(${valueIn(dimension)}) LIKE ${patternOf(search)} ESCAPE '!'`;
  // As many values at most as views are looked at: a limit of each part would pass over what is rare in all of them.
  await inParts(source, 'views', kept, { length: longPart(source), oneIn }, async (part) => {
    const rows = await queryList<readonly [string, number]>(
      client,
      dialect,
      sql`value, n`,
      sql`FROM (
        SELECT ${valueIn(dimension)} AS value, count(*) AS n ${matchingViews(source, part, wanted)} GROUP BY 1
      ) AS counted`,
    );
    for (const [value, n] of rows) counts.set(value, (counts.get(value) ?? 0) + oneIn * n);
  });
  const isAll = oneIn === 1 && kept.from === from;
  return {
    values: matching(counts, search, limit),
    told: isAll ? null : { views: Math.round(views / oneIn), of: views, since: kept.from, complete: false },
  };
}

/**
 * What is LIKE it once the database has made it lower case is all that has `search` in it, and perhaps more: neither database knows
 * the case of all letters, and of other alphabets two have a `k` or an `i` as their lower case.
 */
function patternOf(search: string): string {
  const known = search
    .toLowerCase()
    .replace(/[!%_]/g, '!$&')
    .replace(/[^ -~]|[ik]/gu, '%');
  return `%${known}%`;
}

/** A quarter of the time that sorting in the database takes, where SQLite would also hold up everything else. */
async function countMatching(
  source: Source,
  range: ViewRange,
  { key, wanted }: Keyed,
  { oneIn }: Population,
): Promise<ReadonlyMap<string, Cell>> {
  const { client, dialect } = source;
  const cells: Cells = new Map();
  await inParts(source, 'views', range, { length: PART, oneIn }, async (part) => {
    const views = await queryList<VitalTuple>(
      client,
      dialect,
      vitalTuple(key),
      matchingViews(source, part, wanted),
    );
    for (const [name, ratings, ...vitals] of views)
      countIn(cells, 'all', String(name), { ratings, vitals: vitalsIn(vitals) });
    const byKey = cells.get('all');
    // As in a rollup, and much later than there, so that made-up values cannot fill the memory.
    if (byKey !== undefined && byKey.size > 5 * MAX_VALUES)
      cells.set('all', new Map(capValues(byKey, 'all')));
  });
  return cells.get('all') ?? new Map();
}

/** @see {@link RumStore.visitors} */
function visitors(source: Source, range: ViewRange, pseudonyms: Pseudonyms): Promise<VisitorCount> {
  return whereKept(source, range, async (kept) => {
    let n = 0;
    // Pseudonyms of one day are none of another's.
    const length = pseudonyms === 'daily' ? GRAIN_MS.day : Number.POSITIVE_INFINITY;
    const count = async (part: Part): Promise<void> => {
      const [row] = await queryRows<StoredRow>(
        source.client,
        sql`SELECT count(DISTINCT visitor) AS n ${matchingViews(source, part)}`,
      );
      n += Number(row?.n);
    };
    await inParts(source, 'views', kept, { length }, count);
    return { n, exact: true };
  });
}
