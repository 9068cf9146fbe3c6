import type { Totals, TrafficBucket } from '../overviewStore.js';
import { type Cells, cellOf } from '../rollup/cells.js';
import { countIn } from '../rollup/countView.js';
import { summariesOf } from '../rollup/summaries.js';
import type { ViewRange } from '../store.js';
import type { VitalSummaries } from '../vitalStore.js';
import type { Dialect } from './dialect.js';
import { havingValues } from './filters.js';
import type { Population } from './population.js';
import { allOf, inParts, PART, type Part } from './rawParts.js';
import { startedWithin } from './reads.js';
import { type Millionths, RATED_VITALS, vitalsIn } from './rollup/countedViews.js';
import { queryList, SESSION_GAP } from './rollup/rawReads.js';
import { spanSql, viewsOf } from './rollup/rawSpans.js';
import type { Source } from './rollup/rollupCells.js';
import { tellingRollups } from './rollup/tellingRollups.js';
import { viewCounts } from './rollup/vitalReads.js';
import { sampledStarts } from './sampledStarts.js';
import { type Sql, sql } from './sql.js';

/** What began in a bucket. */
export interface Visits extends TrafficBucket {
  /** Views that are sample data. */
  readonly samples: number;
}

/** What is counted, and of which views. */
export interface Counting {
  readonly bucketMs: number;
  /** Where vitals are counted too; null where they are not asked for. */
  readonly cells: Cells | null;
  readonly population: Population;
}

interface Read {
  readonly visits: readonly Visits[];
  readonly vitals: VitalSummaries;
}

/** Reads the views of a range once, for all that is asked of it: each of them, or some. */
export function readVisits(source: Source, range: ViewRange, counting: Counting): Promise<Read> {
  return counting.population.oneIn === 1
    ? readEach(source, range, counting)
    : readSome(source, range, counting);
}

/** Half an hour more of views than are asked for, since sessions reach. */
type Row = readonly [
  startedAt: number,
  visitor: string,
  sample: 0 | 1,
  ratings?: number,
  ...vitals: (Millionths | null)[],
];

/** Telling sessions apart here takes half the time that sorting views by visitor took in SQLite. */
async function readEach(source: Source, range: ViewRange, { bucketMs, cells }: Counting): Promise<Read> {
  const buckets = new Map<number, { -readonly [key in keyof Visits]: Visits[key] }>();
  const columns = cells === null ? sql`` : sql`, ${RATED_VITALS}`;
  await inParts(source, 'views', range, { length: PART }, async (part) => {
    const rows = await queryList<Row>(
      source.client,
      source.dialect,
      sql`started_at, visitor, CASE WHEN sample THEN 1 ELSE 0 END ${columns}`,
      sql`FROM rum_view WHERE ${startedSoon(source.dialect, part)}`,
    );
    const last = new Map<string, number>();
    for (const [startedAt, visitor, sample, ratings = 0, ...vitals] of rows.toSorted(([a], [b]) => a - b)) {
      const previous = last.get(visitor);
      last.set(visitor, startedAt);
      if (startedAt < part.from) continue;
      const t = startedAt - (startedAt % bucketMs);
      const bucket = buckets.get(t) ?? { t, views: 0, sessions: 0, samples: 0 };
      buckets.set(t, bucket);
      bucket.views += 1;
      bucket.samples += sample;
      if (previous === undefined || startedAt - previous >= SESSION_GAP) bucket.sessions += 1;
      if (cells !== null) countIn(cells, 'all', '', { ratings, vitals: vitalsIn(vitals) });
    }
  });
  return { visits: [...buckets.values()].sort((a, b) => a.t - b.t), vitals: summedVitals(cells) };
}

/** Views are exact all the same where rollups have them; sessions go by how many views begin one. */
async function readSome(source: Source, range: ViewRange, counting: Counting): Promise<Read> {
  const { bucketMs, cells, population } = counting;
  const isExact = cells === null && (await tellingRollups(source, range)) !== null;
  const [views, starts] = await allOf([
    isExact ? viewCounts(source, range, bucketMs) : countSome(source, range, counting),
    sampledStarts(source, range, population.views),
  ] as const);
  const share = (some: number, n: number): number =>
    starts.views === 0 ? 0 : Math.round((n * some) / starts.views);
  const visits = [...views].map(([t, n]) => ({
    t,
    views: n,
    sessions: share(starts.sessions, n),
    samples: share(starts.samples, n),
  }));
  return { visits: visits.sort((a, b) => a.t - b.t), vitals: summedVitals(cells) };
}

async function countSome(
  source: Source,
  range: ViewRange,
  { bucketMs, cells, population: { oneIn } }: Counting,
): Promise<ReadonlyMap<number, number>> {
  const views = new Map<number, number>();
  const columns = cells === null ? sql`` : sql`, ${RATED_VITALS}`;
  await inParts(source, 'views', range, { length: PART, oneIn, step: bucketMs }, async (part) => {
    const rows = await queryList<
      readonly [startedAt: number, ratings?: number, ...vitals: (Millionths | null)[]]
    >(source.client, source.dialect, sql`started_at ${columns}`, matchingViews(source, part));
    for (const [startedAt, ratings = 0, ...vitals] of rows) {
      const t = startedAt - (startedAt % bucketMs);
      views.set(t, (views.get(t) ?? 0) + oneIn);
      if (cells !== null) countIn(cells, 'all', '', { ratings, vitals: vitalsIn(vitals) });
    }
  });
  return views;
}

function summedVitals(cells: Cells | null): VitalSummaries {
  return summariesOf(cellOf(cells ?? new Map(), 'all', ''));
}

/** FROM and WHERE of the views of a part for which the filters hold, and a condition. */
export function matchingViews({ dialect }: Source, part: Part, condition: Sql = sql`true`): Sql {
  const wanted = sql`${condition} ${part.ids(part.from, part.to)} ${havingValues(dialect, part)}`;
  return viewsOf(spanSql(dialect, part.spans), part.app, { wanted });
}

function startedSoon(dialect: Dialect, part: Part): Sql {
  const from = part.from - SESSION_GAP;
  return sql`${startedWithin({ ...part, from })} ${part.ids(from, part.to)} ${havingValues(dialect, part)}`;
}

export function trafficOf(visits: readonly Visits[]): TrafficBucket[] {
  return visits.map(({ t, views, sessions }) => ({ t, views, sessions }));
}

export function totalsOf(visits: readonly Visits[], happened: Pick<Totals, 'events' | 'errors'>): Totals {
  const sum = (of: (bucket: Visits) => number): number =>
    visits.reduce((total, bucket) => total + of(bucket), 0);
  return {
    views: sum(({ views }) => views),
    sessions: sum(({ sessions }) => sessions),
    ...happened,
    sampleViews: sum(({ samples }) => samples),
  };
}
