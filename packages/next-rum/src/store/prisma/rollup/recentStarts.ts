import { digestIn } from '../../rollup/digest.js';
import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import type { Knowledge } from '../../rollup/planRange.js';
import type { Visits } from '../../rollup/visits.js';
import { queryRows, type Sql, sql } from '../sql.js';
import { queryList, SESSION_GAP, type Starts } from './rawReads.js';
import type { Span } from './rawSpans.js';
import { digestEnd } from './rememberedCells.js';
import type { Source } from './rollupCells.js';

/** Views of a span and of the half hour before it; more are left to the database. */
const MAX_VIEWS = 30_000;

/**
 * What began in a span, by minutes. Who was there in the half hour before it, which at the end of a range is most of the
 * work, is taken from memory, as far as the digests of its minutes say that they are still the same. Null where it cannot be:
 * not all of that half hour is counted yet, or there is too much of it.
 */
export async function recentStarts(
  source: Source,
  app: string,
  { begins, ends }: Span,
  { since, dirty }: Knowledge,
): Promise<readonly Starts[] | null> {
  const before = { begins: begins - SESSION_GAP, ends: begins };
  const isMarked = dirty.some(({ grain, bucket }) => grain === 'minute' && isWithin(bucket, before));
  if (begins % GRAIN_MS.minute !== 0 || before.begins < Math.max(since.raw, since.minute) || isMarked)
    return null;
  const minutes = await readMinutes(source, app, before);
  if (minutes === null) return null;
  const earlier = await visitsOf(source, app, minutes);
  if (earlier === null) return null;
  const views = await queryList<readonly [number, string, 0 | 1]>(
    source.client,
    source.dialect,
    sql`started_at, visitor, CASE WHEN sample THEN 1 ELSE 0 END`,
    sql`FROM (
      SELECT started_at, visitor, sample FROM rum_view WHERE ${viewsWithin(app, { begins, ends })}
      LIMIT ${BigInt(MAX_VIEWS + 1)}
    ) AS views`,
  );
  return views.length > MAX_VIEWS ? null : countStartsOf(views, earlier);
}

/** @param earlier Of each minute before the views, the latest first: visitor → start of a view. */
function countStartsOf(
  views: readonly (readonly [startedAt: number, visitor: string, sample: 0 | 1])[],
  earlier: readonly ReadonlyMap<string, number>[],
): readonly Starts[] {
  const buckets = new Map<number, { -readonly [key in keyof Starts]: Starts[key] }>();
  const last = new Map<string, number>();
  for (const [startedAt, visitor, sample] of views.toSorted(([a], [b]) => a - b)) {
    const minute = bucketOf(startedAt, 'minute');
    const bucket = buckets.get(minute) ?? { bucket: minute, views: 0, sessions: 0, samples: 0 };
    buckets.set(minute, bucket);
    const previous = last.get(visitor) ?? earlier.find((visits) => visits.has(visitor))?.get(visitor);
    last.set(visitor, startedAt);
    bucket.views += 1;
    bucket.samples += sample;
    if (previous === undefined || startedAt - previous >= SESSION_GAP) bucket.sessions += 1;
  }
  return [...buckets.values()];
}

/** The minutes of a span in which there was a view, with their digests. */
async function readMinutes(
  { client, dialect }: Source,
  app: string,
  span: Span,
): Promise<ReadonlyMap<number, string> | null> {
  const rows = await queryList<readonly [number, number, string | null]>(
    client,
    dialect,
    sql`bucket, n, ${digestEnd}`,
    sql`FROM rum_rollup WHERE ${minutesWithin(app, span)}`,
  );
  if (rows.reduce((sum, [, n]) => sum + n, 0) > MAX_VIEWS) return null;
  return digestsOf(rows.map(([minute, , end]) => [minute, end]));
}

/** Null where one has no digest. */
function digestsOf(
  ends: readonly (readonly [minute: number, end: string | null])[],
): ReadonlyMap<number, string> | null {
  const digests = new Map<number, string>();
  for (const [minute, end] of ends) {
    const digest = digestIn(end);
    if (digest === null) return null;
    digests.set(minute, digest);
  }
  return digests;
}

/** Who was seen in each of the minutes, the latest first. Null where one was changed just now. */
async function visitsOf(
  source: Source,
  app: string,
  minutes: ReadonlyMap<number, string>,
): Promise<readonly ReadonlyMap<string, number>[] | null> {
  const { visits: memory } = source.memory;
  const keyOf = (minute: number): string => JSON.stringify([app, minute]);
  const known = new Map<number, Visits>();
  for (const [minute, digest] of minutes) {
    const visits = memory.get(keyOf(minute));
    if (visits?.digest === digest) known.set(minute, visits);
  }
  const missing = [...minutes.keys()].filter((minute) => !known.has(minute));
  if (missing.length > 0) {
    const read = await readVisits(source, app, {
      begins: Math.min(...missing),
      ends: Math.max(...missing) + GRAIN_MS.minute,
    });
    for (const minute of missing) {
      const visits = read?.get(minute);
      if (visits === undefined) return null;
      known.set(minute, visits);
      memory.set(keyOf(minute), visits);
    }
  }
  return [...known].sort(([a], [b]) => b - a).map(([, { last }]) => last);
}

/** Views, digests and marks are read by one statement, so that they belong together. */
async function readVisits(
  { client, dialect }: Source,
  app: string,
  span: Span,
): Promise<ReadonlyMap<number, Visits> | null> {
  const [row] = await queryRows<{ views: string; minutes: string; marks: number | bigint }>(
    client,
    sql`SELECT
      (SELECT ${dialect.listOf(sql`started_at, visitor`)} FROM rum_view WHERE ${viewsWithin(app, span)}) AS views,
      (SELECT ${dialect.listOf(sql`bucket, ${digestEnd}`)} FROM rum_rollup WHERE ${minutesWithin(app, span)}) AS minutes,
      (SELECT count(*) FROM rum_dirty WHERE app = ${app} AND grain = 'minute'
        AND bucket >= ${BigInt(span.begins)} AND bucket < ${BigInt(span.ends)}) AS marks`,
  );
  // The columns are those asked for above, and only this package writes these tables.
  const digests = digestsOf(JSON.parse(row?.minutes ?? '[]') as [number, string | null][]);
  if (row === undefined || Number(row.marks) > 0 || digests === null) return null;
  const found = new Map<number, { readonly digest: string; readonly last: Map<string, number> }>();
  for (const [minute, digest] of digests) found.set(minute, { digest, last: new Map() });
  for (const [startedAt, visitor] of JSON.parse(row.views) as [number, string][]) {
    const last = found.get(bucketOf(startedAt, 'minute'))?.last;
    last?.set(visitor, Math.max(startedAt, last.get(visitor) ?? 0));
  }
  return found;
}

function isWithin(time: number, { begins, ends }: Span): boolean {
  return time >= begins && time < ends;
}

function viewsWithin(app: string, { begins, ends }: Span): Sql {
  return sql`app = ${app} AND started_at >= ${BigInt(begins)} AND started_at < ${BigInt(ends)}`;
}

function minutesWithin(app: string, { begins, ends }: Span): Sql {
  return sql`app = ${app} AND grain = 'minute' AND dimension = 'all'
    AND bucket >= ${BigInt(begins)} AND bucket < ${BigInt(ends)}`;
}
