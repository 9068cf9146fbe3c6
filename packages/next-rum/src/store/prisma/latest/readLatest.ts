import type { Told } from '../../errorStore.js';
import type { StoredEvent } from '../../latestStore.js';
import type { Dimension } from '../../rollup/cells.js';
import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import type { Segment } from '../../rollup/planRange.js';
import type { EventRow } from '../../rows.js';
import type { TimeRange } from '../../store.js';
import { type RowsWithin, rowsWithin } from '../partitions/rowsWithin.js';
import { allOf } from '../rawParts.js';
import { oneAhead } from '../readAhead.js';
import { readSince } from '../rollup/knowledge.js';
import { queryList } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { withPlan } from '../rollup/withPlan.js';
import { type Sql, sql } from '../sql.js';
import { CHUNK, readEvents } from './readEvents.js';

/** What is looked for. */
export interface Wanted {
  readonly types: readonly EventRow['type'][];
  /** Most events of any kind among which they are looked for, a million in a fifth of a second. */
  readonly passes: number;
  /** Most events of the types that are read: one more than is wanted tells whether that is all. Default: all. */
  readonly most?: number;
  /** What rollups have of the hours in which there are some, where that is not the types. */
  readonly counted?: { readonly dimension: Dimension; readonly values: readonly string[] };
}

/** How far back was read. */
export type Reach = Pick<Told, 'since' | 'complete'>;

/** Longest span of one statement, ms: one that finds little reads all of it. */
const LONGEST = GRAIN_MS.day;
/** Most spans of one statement: PostgreSQL looks for each in the partitions of all of them. */
const MOST_SPANS = 16;
/** After which what was found has to do, ms. */
const PATIENCE = 1500;

/**
 * Hands over the events of some types in a range, the latest first, chunk by chunk, as far back as they are wanted, kept, and
 * found in time. Rollups tell in which hours there are any; of what is not rolled up the raw rows are read.
 *
 * @param take Tells how many of a chunk it took; where that is not all of it, nothing more is read.
 */
export async function readLatest(
  source: Source,
  range: TimeRange,
  wanted: Wanted,
  take: (events: readonly StoredEvent[]) => number | Promise<number>,
): Promise<Reach> {
  const began = performance.now();
  const [asked, to] = [Math.ceil(range.from), Math.ceil(range.to)];
  const [{ plan, counts, kept }, rows] = await allOf([
    withPlan(source, range, { step: GRAIN_MS.hour }, async (whole, { since }) => {
      const plan = laterThan(whole, bucketOf(since.raw, 'hour'));
      return { plan, kept: since.raw, counts: await countHours(source, range.app, plan, wanted) };
    }),
    rowsWithin(source, 'events', { app: range.app, from: asked, to }),
  ]);
  const from = Math.max(asked, kept);
  if (from >= to) return { since: to, complete: false };
  const hours = await hoursOf(counts, rawOf(plan), rows);
  const { runs, isAll } = runsOf(hours, { from, to, passes: wanted.passes });
  const { most = Number.POSITIVE_INFINITY } = wanted;
  const isLate = (): boolean => performance.now() - began > PATIENCE;
  const chunks = chunksOf(source, range, wanted.types, { runs, rows, most, isLate });
  let [since, read] = [to, 0];
  // SQLite reads in this thread, so that it would read one more before the first is taken, which may be enough.
  for await (const { events, reached } of source.dialect.hasPartitions ? oneAhead(chunks) : chunks) {
    const taken = events.length === 0 ? 0 : await take(events);
    read += events.length;
    since = taken < events.length ? (events[taken - 1]?.occurredAt ?? since) : reached;
    if (taken < events.length || read >= most || isLate()) return { since, complete: false };
  }
  // Some of it may have been deleted meanwhile.
  const { raw: left } = await readSince(source.client);
  return isAll ? { since: Math.max(from, left), complete: asked >= left } : { since, complete: false };
}

function laterThan(plan: readonly Segment[], from: number): readonly Segment[] {
  return plan.flatMap((segment) =>
    segment.ends <= from ? [] : [{ ...segment, begins: Math.max(segment.begins, from) }],
  );
}

interface Chunk {
  readonly events: readonly StoredEvent[];
  /** From when on all were handed over with it. */
  readonly reached: number;
}

interface Reading {
  readonly runs: readonly Run[];
  readonly rows: RowsWithin;
  readonly most: number;
  readonly isLate: () => boolean;
}

/** The events of runs, the latest first, so many of them at most; none is asked for any more when it is late. */
async function* chunksOf(
  source: Source,
  { app }: TimeRange,
  types: Wanted['types'],
  { runs, rows, most, isLate }: Reading,
): AsyncGenerator<Chunk> {
  let left = most;
  for (const spans of batchesOf(runs)) {
    const [first, last] = [spans.at(-1)?.begins ?? 0, spans[0]?.ends ?? 0];
    const limit = Math.min(CHUNK, left);
    let isAll = false;
    for await (const events of readEvents(source, app, types, spans, rows.ids(first, last), limit)) {
      left -= events.length;
      isAll = events.length < limit;
      yield { events, reached: isAll ? first : (events.at(-1)?.occurredAt ?? first) };
      if (left <= 0 || isLate()) return;
    }
    if (!isAll) yield { events: [], reached: first };
    if (isLate()) return;
  }
}

interface Hour {
  readonly hour: number;
  /** Of any kind, as far as it is rolled up. */
  readonly events: number;
  /** Of the types that are looked for; null where not all of it is rolled up. */
  readonly wanted: number | null;
}

/** A span, and how many there may be in it. */
interface Run extends Span {
  readonly wanted: number | null;
}

/** Hours that follow each other as one span, the latest first, as far back as not too many events are passed. */
function runsOf(
  hours: readonly Hour[],
  { from, to, passes }: { readonly from: number; readonly to: number; readonly passes: number },
): { readonly runs: readonly Run[]; readonly isAll: boolean } {
  const runs: { -readonly [key in keyof Run]: Run[key] }[] = [];
  let passed = 0;
  for (const { hour, events, wanted } of hours) {
    if (passed > 0 && passed + events > passes) return { runs, isAll: false };
    passed += events;
    const [begins, ends] = [Math.max(hour, from), Math.min(hour + GRAIN_MS.hour, to)];
    const last = runs.at(-1);
    if (last?.begins === ends && last.ends - begins <= LONGEST) {
      last.begins = begins;
      last.wanted = sumOf(last.wanted, wanted);
    } else runs.push({ begins, ends, wanted });
  }
  return { runs, isAll: true };
}

/** Runs of which one statement can read all that is in them, together; any other alone. */
function batchesOf(runs: readonly Run[]): readonly (readonly Run[])[] {
  const batches: Run[][] = [];
  let filled: number | null = null;
  for (const run of runs) {
    const last = batches.at(-1);
    const together = sumOf(filled, run.wanted);
    if (last !== undefined && last.length < MOST_SPANS && together !== null && together < CHUNK) {
      last.push(run);
      filled = together;
    } else {
      batches.push([run]);
      filled = run.wanted;
    }
  }
  return batches;
}

/** Null where one of them is not known. */
function sumOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** What rollups have of hours. */
interface HourCounts {
  /** Events of any kind, and of the types that are looked for. */
  readonly events: readonly (readonly [hour: number, events: number, wanted: number])[];
  /** Those in which there is what is looked for; null where that is the types. */
  readonly found: ReadonlySet<number> | null;
}

async function countHours(
  source: Source,
  app: string,
  plan: readonly Segment[],
  { types, counted }: Wanted,
): Promise<HourCounts> {
  const { client, dialect } = source;
  const hour = sql`bucket - bucket % ${BigInt(GRAIN_MS.hour)} AS hour`;
  const named = (names: readonly string[]): Sql =>
    sql`value IN (SELECT name FROM ${dialect.rowsOf(
      NAMES,
      names.map((name) => ({ name })),
    )})`;
  // Each finds its own in the index of rollups; one statement for both would read all values of the other dimension.
  const [events, found] = await allOf([
    queryList<HourCounts['events'][number]>(
      client,
      dialect,
      sql`hour, events, wanted`,
      sql`FROM (
        SELECT ${hour}, sum(n) AS events, sum(CASE WHEN ${named(types)} THEN n ELSE 0 END) AS wanted
        ${rollupRows(dialect, app, plan, ['event'])} GROUP BY 1
      ) AS counts`,
    ),
    counted === undefined
      ? Promise.resolve(null)
      : queryList<readonly [hour: number]>(
          client,
          dialect,
          sql`hour`,
          sql`FROM (
            SELECT DISTINCT ${hour} ${rollupRows(dialect, app, plan, [counted.dimension], sql`AND ${named(counted.values)}`)}
          ) AS found`,
        ),
  ]);
  return { events, found: found && new Set(found.map(([hour]) => hour)) };
}

/** The hours in which there may be some, the latest first. */
async function hoursOf(
  { events: counts, found }: HourCounts,
  raw: readonly Span[],
  rows: RowsWithin,
): Promise<readonly Hour[]> {
  const hours = new Map<number, Omit<Hour, 'hour'>>();
  for (const [hour, events, wanted] of counts)
    if (found?.has(hour) ?? wanted > 0) hours.set(hour, { events, wanted });
  const [from, to] = [raw[0]?.begins, raw.at(-1)?.ends];
  const [first, last] =
    from === undefined || to === undefined ? [null, null] : [await rows.next(from), await rows.last(to)];
  if (first === null || last === null) return latestHours(hours);
  for (const { begins, ends } of raw) {
    const end = Math.min(ends, last + 1);
    for (let hour = bucketOf(Math.max(begins, first), 'hour'); hour < end; hour += GRAIN_MS.hour) {
      hours.set(hour, { events: hours.get(hour)?.events ?? 0, wanted: null });
    }
  }
  return latestHours(hours);
}

function latestHours(hours: ReadonlyMap<number, Omit<Hour, 'hour'>>): readonly Hour[] {
  return [...hours].sort(([a], [b]) => b - a).map(([hour, found]) => ({ hour, ...found }));
}
