import type { VitalName } from '@rumkit/react-rum/protocol';
import { type Cell, type Cells, capValues, emptyCell, MAX_VALUES } from '../rollup/cells.js';
import { countIn } from '../rollup/countView.js';
import { GRAIN_MS } from '../rollup/grains.js';
import { matching, mostFirst, summariesOf, vitalDetail } from '../rollup/summaries.js';
import type {
  ColumnDimension,
  Overview,
  Pseudonyms,
  Totals,
  TrafficBucket,
  ValueCount,
  ValueSummary,
  ViewRange,
  VisitorCount,
  VitalDetail,
  VitalSummaries,
} from '../store.js';
import type { Dialect } from './dialect.js';
import { havingValues, rollupsFor, valueIn } from './filters.js';
import { allOf, inParts, longPart, PART, type Part, whereKept } from './rawParts.js';
import { startedWithin } from './reads.js';
import { readVisits, totalsOf, trafficOf } from './readVisits.js';
import { HAS_VITALS, type VitalTuple, vitalTuple, vitalValue } from './rollup/countedViews.js';
import { readSince } from './rollup/knowledge.js';
import { queryList } from './rollup/rawReads.js';
import type { Keyed, Source } from './rollup/rollupCells.js';
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
  ): Promise<readonly ValueCount[]>;
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
    const [{ visits }, happened] = await allOf([
      readVisits(source, kept, GRAIN_MS.day, null),
      countEvents(source, kept),
    ] as const);
    return totalsOf(visits, happened);
  });
}

/** @see {@link RumStore.traffic} */
function traffic(source: Source, range: ViewRange, bucketMs: number): Promise<TrafficBucket[]> {
  return whereKept(source, range, async (kept) =>
    trafficOf((await readVisits(source, kept, bucketMs, null)).visits),
  );
}

/** @see {@link RumStore.overview} */
function overview(source: Source, range: ViewRange, bucketMs: number): Promise<Overview> {
  return whereKept(source, range, async (kept) => {
    const isRolledUp = rollupsFor(range) !== null;
    const [{ visits, vitals: counted }, happened, told] = await allOf([
      readVisits(source, kept, bucketMs, isRolledUp ? null : new Map()),
      countEvents(source, kept),
      isRolledUp ? rolledUp.vitals(source, range) : Promise.resolve(null),
    ] as const);
    return { totals: totalsOf(visits, happened), vitals: told ?? counted, traffic: trafficOf(visits) };
  });
}

async function countEvents(source: Source, range: ViewRange): Promise<Pick<Totals, 'events' | 'errors'>> {
  let [events, errors] = [0, 0];
  await inParts(source, 'events', range, longPart(source), async (part) => {
    // The events by their time, of each its view by the key.
    const occurred = sql`(
      SELECT view_id, type FROM rum_event
      WHERE app = ${part.app} AND occurred_at >= ${BigInt(part.from)} AND occurred_at < ${BigInt(part.to)}
        ${part.ids(part.from, part.to)}
    ) AS occurred`;
    const [happened] = await queryRows<StoredRow>(
      source.client,
      sql`SELECT count(CASE WHEN type <> 'loss' THEN 1 END) AS events, count(CASE WHEN type = 'error' THEN 1 END) AS errors
        ${source.dialect.searchEach(occurred, sql`rum_view`, sql`app = ${part.app} AND id = view_id ${havingValues(source.dialect, part)}`)}`,
    );
    events += Number(happened?.events);
    errors += Number(happened?.errors);
  });
  return { events, errors };
}

/** @see {@link RumStore.vitals} */
function vitals(source: Source, range: ViewRange): Promise<VitalSummaries> {
  return whereKept(source, range, (kept) => countVitals(source, kept));
}

async function countVitals(source: Source, range: ViewRange): Promise<VitalSummaries> {
  const cells = await countMatching(source, range, { key: sql`''`, wanted: HAS_VITALS });
  return summariesOf(cells.get('') ?? emptyCell('all'));
}

/** @see {@link RumStore.vital} */
function vital(source: Source, range: ViewRange, metric: VitalName, bucketMs: number): Promise<VitalDetail> {
  return whereKept(source, range, async (kept) => {
    const wanted = sql`${vitalValue(metric)} IS NOT NULL`;
    return vitalDetail(
      await countMatching(source, kept, { key: rolledUp.bucketStart(bucketMs), wanted }),
      metric,
    );
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
    const cells = await countMatching(source, kept, { key: valueIn(dimension), wanted: sql`true` });
    const views = new Map([...cells].map(([value, { n }]) => [value, n]));
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
): Promise<readonly ValueCount[]> {
  const { raw: since } = await readSince(source.client);
  const counts = new Map<string, number>();
  const kept = { ...range, from: Math.max(Math.ceil(range.from), since) };
  await inParts(source, 'views', kept, longPart(source), async (part) => {
    const rows = await queryRows<{ value: string; n: number | bigint }>(
      source.client,
      sql`SELECT ${valueIn(dimension)} AS value, count(*) AS n FROM rum_view WHERE ${matchingViews(source.dialect, part)}
        GROUP BY 1 ORDER BY 2 DESC LIMIT ${BigInt(MAX_VALUES)}`,
    );
    for (const { value, n } of rows) counts.set(value, (counts.get(value) ?? 0) + Number(n));
  });
  return matching(counts, search, limit);
}

/** A quarter of the time that sorting in the database takes, where SQLite would also hold up everything else. */
async function countMatching(
  source: Source,
  range: ViewRange,
  { key, wanted }: Keyed,
): Promise<ReadonlyMap<string, Cell>> {
  const { client, dialect } = source;
  const cells: Cells = new Map();
  await inParts(source, 'views', range, PART, async (part) => {
    const views = await queryList<VitalTuple>(
      client,
      dialect,
      vitalTuple(key),
      sql`FROM rum_view WHERE ${matchingViews(source.dialect, part)} AND ${wanted}`,
    );
    for (const [name, ratings, ...vitals] of views) countIn(cells, 'all', String(name), { ratings, vitals });
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
        sql`SELECT count(DISTINCT visitor) AS n FROM rum_view WHERE ${matchingViews(source.dialect, part)}`,
      );
      n += Number(row?.n);
    };
    await inParts(source, 'views', kept, length, count);
    return { n, exact: true };
  });
}

function matchingViews(dialect: Dialect, range: Part): Sql {
  return sql`${startedWithin(range)} ${range.ids(range.from, range.to)} ${havingValues(dialect, range)}`;
}
