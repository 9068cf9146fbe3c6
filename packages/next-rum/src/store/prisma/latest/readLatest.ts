import type { Told } from '../../errorStore.js';
import type { StoredEvent } from '../../latestStore.js';
import type { Dimension } from '../../rollup/cells.js';
import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import type { Segment } from '../../rollup/planRange.js';
import type { EventRow } from '../../rows.js';
import type { TimeRange } from '../../store.js';
import type { SqlClient } from '../client.js';
import { rowsWithin } from '../partitions/rowsWithin.js';
import { readSince } from '../rollup/knowledge.js';
import { queryList } from '../rollup/rawReads.js';
import type { Span } from '../rollup/rawSpans.js';
import { rawOf, rollupRows, type Source } from '../rollup/rollupCells.js';
import { NAMES } from '../rollup/rollupTables.js';
import { withPlan } from '../rollup/withPlan.js';
import { joinSql, queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { CHUNK, readEvents } from './readEvents.js';

/** What is looked for. */
export interface Wanted {
  readonly types: readonly EventRow['type'][];
  /** Most events of any kind among which they are looked for, a million in a fifth of a second. */
  readonly passes: number;
  /** What rollups have of the hours in which there are some, where that is not the types. */
  readonly counted?: { readonly dimension: Dimension; readonly values: readonly string[] };
}

/** How far back was read. */
export type Reach = Pick<Told, 'since' | 'complete'>;

/** Longest span of one statement, ms: one that finds little reads all of it. */
const LONGEST = GRAIN_MS.day;
/** Most spans of one statement: PostgreSQL looks for each in the partitions of all of them. */
const MOST_SPANS = 16;
/** Of so many spans it is worth asking first which partitions they are in. */
const MANY = 5;
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
  const { client } = source;
  const began = performance.now();
  const asked = Math.ceil(range.from);
  const { raw: kept } = await readSince(client);
  const [from, to] = [Math.max(asked, kept), Math.ceil(range.to)];
  if (from >= to) return { since: to, complete: false };
  const hours = await withPlan(source, { ...range, from }, { step: GRAIN_MS.hour }, (plan) =>
    hoursOf(source, range.app, plan, wanted),
  );
  const { runs, isAll } = runsOf(hours, { from, to, passes: wanted.passes });
  let since = to;
  const rows = runs.length < MANY ? null : await rowsWithin(source, 'events', { app: range.app, from, to });
  for (const spans of batchesOf(runs)) {
    if (performance.now() - began > PATIENCE) return { since, complete: false };
    const first = spans.at(-1)?.begins ?? from;
    const ids = rows?.ids(first, spans[0]?.ends ?? to);
    for await (const events of readEvents(source, range.app, wanted.types, spans, ids)) {
      const taken = await take(events);
      since = events[taken - 1]?.occurredAt ?? since;
      if (taken < events.length || performance.now() - began > PATIENCE) return { since, complete: false };
    }
    since = first;
  }
  // Some of it may have been deleted meanwhile.
  const { raw: left } = await readSince(client);
  return isAll ? { since: Math.max(from, left), complete: asked >= left } : { since, complete: false };
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

/** The hours in which there may be some, the latest first. */
async function hoursOf(
  source: Source,
  app: string,
  plan: readonly Segment[],
  { types, counted = { dimension: 'event', values: types } }: Wanted,
): Promise<readonly Hour[]> {
  const { client, dialect } = source;
  const names = dialect.rowsOf(
    NAMES,
    counted.values.map((name) => ({ name })),
  );
  const wanted = joinSql(
    types.map((type) => sql`${type}`),
    ', ',
  );
  const isOne = sql`value IN (SELECT name FROM ${names})`;
  const ofThese = sql`AND (dimension = 'event' OR ${isOne})`;
  const counts = await queryList<
    readonly [hour: number, events: number | null, wanted: number | null, found: 0 | 1]
  >(
    client,
    dialect,
    sql`hour, events, wanted, found`,
    sql`FROM (
      SELECT bucket - bucket % ${BigInt(GRAIN_MS.hour)} AS hour,
        sum(CASE WHEN dimension = 'event' THEN n END) AS events,
        sum(CASE WHEN dimension = 'event' AND value IN (${wanted}) THEN n END) AS wanted,
        max(CASE WHEN dimension = ${counted.dimension} AND ${isOne} THEN 1 ELSE 0 END) AS found
      ${rollupRows(dialect, app, plan, [...new Set<Dimension>(['event', counted.dimension])], ofThese)} GROUP BY 1
    ) AS counts`,
  );
  const hours = new Map<number, Omit<Hour, 'hour'>>();
  for (const [hour, events, known, found] of counts)
    if (found === 1) hours.set(hour, { events: events ?? 0, wanted: known ?? 0 });
  const raw = rawOf(plan);
  const { first, last } = await boundsOf(client, app, raw);
  for (const { begins, ends } of raw) {
    const end = Math.min(ends, last + 1);
    for (let hour = bucketOf(Math.max(begins, first), 'hour'); hour < end; hour += GRAIN_MS.hour) {
      hours.set(hour, { events: hours.get(hour)?.events ?? 0, wanted: null });
    }
  }
  return [...hours].sort(([a], [b]) => b - a).map(([hour, found]) => ({ hour, ...found }));
}

/** The first and the last event of any kind that spans may have. */
async function boundsOf(
  client: SqlClient,
  app: string,
  spans: readonly Span[],
): Promise<{ readonly first: number; readonly last: number }> {
  const [begins, ends] = [spans[0]?.begins ?? 0, spans.at(-1)?.ends ?? 0];
  const within = sql`app = ${app} AND occurred_at >= ${BigInt(begins)} AND occurred_at < ${BigInt(ends)}`;
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT (SELECT min(occurred_at) FROM rum_event WHERE ${within}) AS first,
      (SELECT max(occurred_at) FROM rum_event WHERE ${within}) AS last`,
  );
  const { first = null, last = null } = row ?? {};
  return first === null || last === null
    ? { first: 0, last: -1 }
    : { first: Number(first), last: Number(last) };
}
