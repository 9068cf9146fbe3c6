import type { VitalName } from '@rumkit/react-rum/protocol';
import { type Cell, type Cells, capValues, emptyCell, MAX_VALUES } from '../rollup/cells.js';
import { countIn } from '../rollup/countView.js';
import { GRAIN_MS } from '../rollup/grains.js';
import { matching, mostFirst, summariesOf, vitalDetail } from '../rollup/summaries.js';
import {
  type FilterDimension,
  type Pseudonyms,
  StoreError,
  type Totals,
  type TrafficBucket,
  type ValueCount,
  type ValueSummary,
  type ViewRange,
  type VisitorCount,
  type VitalDetail,
  type VitalSummaries,
} from '../store.js';
import { havingValues, valueIn } from './filters.js';
import { type RowsWithin, rowsWithin } from './partitions/rowsWithin.js';
import type { RawKind } from './rawTables.js';
import { startedWithin } from './reads.js';
import { HAS_VITALS, type VitalTuple, vitalTuple, vitalValue } from './rollup/countedViews.js';
import { readSince } from './rollup/knowledge.js';
import { queryList, SESSION_GAP } from './rollup/rawReads.js';
import type { Keyed, Source } from './rollup/rollupCells.js';
import { bucketStart } from './rollup/vitalReads.js';
import { queryRows, type Sql, sql } from './sql.js';
import type { StoredRow } from './tables.js';

/** Read in one go, ms. */
const PART = 6 * GRAIN_MS.hour;
/** After which a read is given up, ms: as long as PostgreSQL may take for a statement. */
const PATIENCE = 15_000;

/** The reads of a store that know filters. */
export interface Reads {
  totals(source: Source, range: ViewRange): Promise<Totals>;
  traffic(source: Source, range: ViewRange, bucketMs: number): Promise<TrafficBucket[]>;
  vitals(source: Source, range: ViewRange): Promise<VitalSummaries>;
  vital(source: Source, range: ViewRange, metric: VitalName, bucketMs: number): Promise<VitalDetail>;
  breakdown(
    source: Source,
    range: ViewRange,
    dimension: FilterDimension,
    limit: number,
  ): Promise<ValueSummary[]>;
  values(
    source: Source,
    range: ViewRange,
    dimension: FilterDimension,
    search: string,
    limit: number,
  ): Promise<readonly ValueCount[]>;
  visitors(source: Source, range: ViewRange, pseudonyms: Pseudonyms): Promise<VisitorCount>;
}

export const FILTERED_READS: Reads = { totals, traffic, vitals, vital, breakdown, values, visitors };

/** @see {@link RumStore.totals} */
function totals(source: Source, range: ViewRange): Promise<Totals> {
  return whereKept(source, range, async (kept) => {
    const sums = { views: 0, sessions: 0, events: 0, errors: 0, sampleViews: 0 };
    const countViews = inParts(source, 'views', kept, longPart(source), async (part) => {
      const [counted] = await queryRows<StoredRow>(
        source.client,
        sql`SELECT count(*) AS views, ${sessionSum} AS sessions, coalesce(sum(CASE WHEN sample THEN 1 ELSE 0 END), 0) AS samples
          FROM ${visitsOf(part)} WHERE started_at >= ${BigInt(part.from)}`,
      );
      sums.views += Number(counted?.views);
      sums.sessions += Number(counted?.sessions);
      sums.sampleViews += Number(counted?.samples);
    });
    const countEvents = inParts(source, 'events', kept, longPart(source), async (part) => {
      // The events by their time, of each its view by the key.
      const occurred = sql`(
        SELECT view_id, type FROM rum_event
        WHERE app = ${part.app} AND occurred_at >= ${BigInt(part.from)} AND occurred_at < ${BigInt(part.to)}
          ${part.ids(part.from, part.to)}
      ) AS occurred`;
      const [happened] = await queryRows<StoredRow>(
        source.client,
        sql`SELECT count(CASE WHEN type <> 'loss' THEN 1 END) AS events, count(CASE WHEN type = 'error' THEN 1 END) AS errors
          ${source.dialect.searchEach(occurred, sql`rum_view`, sql`app = ${part.app} AND id = view_id ${havingValues(part)}`)}`,
      );
      sums.events += Number(happened?.events);
      sums.errors += Number(happened?.errors);
    });
    await allOf([countViews, countEvents]);
    return sums;
  });
}

/** @see {@link RumStore.traffic} */
function traffic(source: Source, range: ViewRange, bucketMs: number): Promise<TrafficBucket[]> {
  return whereKept(source, range, async (kept) => {
    const buckets = new Map<number, TrafficBucket>();
    await inParts(source, 'views', kept, longPart(source), async (part) => {
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
    });
    return [...buckets.values()].sort((a, b) => a.t - b.t);
  });
}

/** @see {@link RumStore.vitals} */
function vitals(source: Source, range: ViewRange): Promise<VitalSummaries> {
  return whereKept(source, range, async (kept) => {
    const cells = await countMatching(source, kept, { key: sql`''`, wanted: HAS_VITALS });
    return summariesOf(cells.get('') ?? emptyCell('all'));
  });
}

/** @see {@link RumStore.vital} */
function vital(source: Source, range: ViewRange, metric: VitalName, bucketMs: number): Promise<VitalDetail> {
  return whereKept(source, range, async (kept) => {
    const wanted = sql`${vitalValue(metric)} IS NOT NULL`;
    return vitalDetail(await countMatching(source, kept, { key: bucketStart(bucketMs), wanted }), metric);
  });
}

/** @see {@link RumStore.breakdown} */
function breakdown(
  source: Source,
  range: ViewRange,
  dimension: FilterDimension,
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
  dimension: FilterDimension,
  search: string,
  limit: number,
): Promise<readonly ValueCount[]> {
  const { raw: since } = await readSince(source.client);
  const counts = new Map<string, number>();
  const kept = { ...range, from: Math.max(Math.ceil(range.from), since) };
  await inParts(source, 'views', kept, longPart(source), async (part) => {
    const rows = await queryRows<{ value: string; n: number | bigint }>(
      source.client,
      sql`SELECT ${valueIn(dimension)} AS value, count(*) AS n FROM rum_view WHERE ${matchingViews(part)}
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
      sql`FROM rum_view WHERE ${matchingViews(part)} AND ${wanted}`,
    );
    for (const [name, ratings, ...vitals] of views) countIn(cells, 'all', String(name), { ratings, vitals });
    const byKey = cells.get('all');
    // As in a rollup, and much later than there, so that made-up values cannot fill the memory.
    if (byKey !== undefined && byKey.size > 5 * MAX_VALUES)
      cells.set('all', new Map(capValues(byKey, 'all')));
  });
  return cells.get('all') ?? new Map();
}

/** A range that is read in one go. */
interface Part extends ViewRange {
  readonly ids: RowsWithin['ids'];
}

/** PostgreSQL holds up nobody else meanwhile, but has to plan each statement anew. */
function longPart({ dialect }: Source): number {
  return dialect.hasPartitions ? GRAIN_MS.day : PART;
}

/** Reads a range part by part, two at a time: PostgreSQL does them side by side, or one while this process counts the other. */
async function inParts(
  source: Source,
  kind: RawKind,
  range: ViewRange,
  length: number,
  read: (part: Part) => Promise<void>,
): Promise<void> {
  const parts = partsOf(source, kind, range, length);
  const began = performance.now();
  // A generator gives one part at a time, however many ask.
  const take = async (): Promise<void> => {
    try {
      for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
        if (performance.now() - began > PATIENCE) throw tooSlow(next.value.from, range);
        await read(next.value);
      }
    } finally {
      // Where this one failed, the other ends too.
      await parts.return(undefined);
    }
  };
  await allOf([take(), take()]);
}

function tooSlow(at: number, { from, to }: ViewRange): StoreError {
  const share = Math.round((100 * (at - from)) / (to - from));
  return new StoreError(
    'too_slow',
    `RUM: after ${PATIENCE / 1000} s ${share} % of the time asked for was read`,
  );
}

/** Waits for all of them, so that none goes on after its read was given up. */
async function allOf(running: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(running)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

/** Parts of a range short enough that no statement takes long; those without any row are left out. */
async function* partsOf(
  source: Source,
  kind: RawKind,
  range: ViewRange,
  length: number,
): AsyncGenerator<Part> {
  const to = Math.ceil(range.to);
  const rows = await rowsWithin(source, kind, { ...range, from: range.from - SESSION_GAP });
  for (let begins = range.from; begins < to; ) {
    const first = await rows.next(begins);
    if (first === null) return;
    const ends = Number.isFinite(length) ? Math.min(to, first - (first % length) + length) : to;
    yield { ...range, ids: rows.ids, from: first, to: ends };
    begins = ends;
  }
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
        sql`SELECT count(DISTINCT visitor) AS n FROM rum_view WHERE ${matchingViews(part)}`,
      );
      n += Number(row?.n);
    };
    await inParts(source, 'views', kept, length, count);
    return { n, exact: true };
  });
}

/** Reads a range of which all is there, and anew where some of it was about to be deleted meanwhile. */
async function whereKept<T>(
  { client }: Source,
  range: ViewRange,
  read: (range: ViewRange) => Promise<T>,
): Promise<T> {
  for (;;) {
    const { raw: since } = await readSince(client);
    const from = Math.ceil(range.from);
    if (from < since) {
      throw new StoreError(
        'not_kept',
        `RUM: single views are kept since ${new Date(since).toISOString()} only`,
      );
    }
    const result = await read({ ...range, from });
    if ((await readSince(client)).raw === since) return result;
  }
}

const sessionSum: Sql = sql`coalesce(sum(
  CASE WHEN previous IS NULL OR started_at - previous >= ${BigInt(SESSION_GAP)} THEN 1 ELSE 0 END
), 0)`;

/** The views, each with when its visitor's one before it began; half an hour more of them at the beginning. */
function visitsOf(range: Part): Sql {
  return sql`(
    SELECT started_at, sample, lag(started_at) OVER (PARTITION BY visitor ORDER BY started_at) AS previous
    FROM rum_view WHERE ${matchingViews({ ...range, from: range.from - SESSION_GAP })}
  ) AS visits`;
}

function matchingViews(range: Part): Sql {
  return sql`${startedWithin(range)} ${range.ids(range.from, range.to)} ${havingValues(range)}`;
}
