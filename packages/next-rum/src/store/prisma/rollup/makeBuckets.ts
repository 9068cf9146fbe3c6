import { addRow, type Cells, cellOf, DIMENSIONS, type Dimension, toRollupRows } from '../../rollup/cells.js';
import { countError } from '../../rollup/countError.js';
import { countView } from '../../rollup/countView.js';
import { withDigest } from '../../rollup/digest.js';
import { bucketOf, GRAIN_MS } from '../../rollup/grains.js';
import type { SqlRunner } from '../client.js';
import { readToldErrors } from '../errors/toldErrors.js';
import { queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { readCountedViews } from './countedViews.js';
import { markBuckets } from './marks.js';
import { countEvents, countSessions, queryList, SESSION_GAP } from './rawReads.js';
import type { Span } from './rawSpans.js';
import {
  deleteMarks,
  insertRows,
  inTransaction,
  named,
  type Runner,
  replace,
  type Work,
} from './rollupWrites.js';

/** Minutes of one hour. What a view adds to a minute, it takes from the sessions of the half hour after it. */
export async function rollUpMinutes(runner: Runner, { app, marks }: Work): Promise<number> {
  const { client, dialect } = runner;
  const minutes = [...new Set(marks.map(({ bucket }) => bucket))];
  const spans = toSpans(minutes, (minute) => minute + GRAIN_MS.minute);
  const byMinute = new Map<number, Cells>(minutes.map((minute) => [minute, new Map()]));
  const visits = new Map<number, string[]>(minutes.map((minute) => [minute, []]));
  for await (const views of readCountedViews(client, dialect, app, spans)) {
    for (const view of views) {
      const minute = bucketOf(view.startedAt, 'minute');
      countView(byMinute.get(minute) ?? new Map(), view);
      visits.get(minute)?.push(`${view.startedAt} ${view.visitor}`);
    }
  }
  const withErrors: number[] = [];
  for (const { bucket, type, n } of await countEvents(client, dialect, app, spans, GRAIN_MS.minute)) {
    cellOf(byMinute.get(bucket) ?? new Map(), 'event', type).n += n;
    if (type === 'error') withErrors.push(bucket);
  }
  // In one go, with those of minutes between them that are not asked for: a statement costs more than some rows.
  for await (const errors of readToldErrors(runner, app, spanOf(withErrors))) {
    for (const error of errors) {
      countError(byMinute.get(bucketOf(error.occurredAt, 'minute')) ?? new Map(), error);
    }
  }
  const sessions = await recountSessions(runner, app, minutes);
  const rows = [...byMinute].flatMap(([bucket, cells]) =>
    withDigest(toRollupRows(cells, { app, grain: 'minute', bucket }), visits.get(bucket)),
  );
  await inTransaction(runner, async (transaction) => {
    await replace(transaction, { app, grain: 'minute', spans, dimensions: DIMENSIONS });
    await insertRows(runner, transaction, rows);
    await sessions(transaction);
    await markHours(runner, transaction, app, minutes);
    await deleteMarks(runner, transaction, 'minute', { app, marks });
  });
  return minutes.length;
}

/** Minutes that are not kept: the hours are counted from raw rows. */
export async function passOn(runner: Runner, { app, marks }: Work): Promise<number> {
  const minutes = marks.map(({ bucket }) => bucket);
  const sessions = await recountSessions(runner, app, minutes);
  await inTransaction(runner, async (transaction) => {
    await sessions(transaction);
    await markHours(runner, transaction, app, minutes);
    await deleteMarks(runner, transaction, 'minute', { app, marks });
  });
  return 0;
}

/**
 * Counts the sessions that began in minutes and the half hour after each, as far as there are rollups of it. Most often
 * there are none yet, which saves looking at an hour of views every minute.
 *
 * @returns Writes them.
 */
async function recountSessions(
  runner: Runner,
  app: string,
  minutes: readonly number[],
): Promise<(transaction: SqlRunner) => Promise<void>> {
  const last = await lastMinute(runner, app);
  const endOf = (minute: number): number =>
    Math.max(minute, Math.min(minute + SESSION_GAP, last)) + GRAIN_MS.minute;
  const spans = toSpans(minutes, endOf)
    .map(({ begins, ends }) => ({ begins: Math.max(begins, runner.since.minute), ends }))
    .filter(({ begins, ends }) => begins < ends);
  const counts = await countSessions(runner.client, runner.dialect, app, spans, GRAIN_MS.minute);
  const kind = { app, grain: 'minute', dimension: 'session', value: '', sketch: null } as const;
  return async (transaction) => {
    await replace(transaction, { app, grain: 'minute', spans, dimensions: ['session'] });
    await insertRows(
      runner,
      transaction,
      counts.map(({ bucket, n }) => ({ ...kind, bucket, n })),
    );
  };
}

function markHours(
  { dialect, writer }: Runner,
  transaction: SqlRunner,
  app: string,
  minutes: readonly number[],
): Promise<void> {
  const buckets = minutes.flatMap((minute) => [
    bucketOf(minute, 'hour'),
    bucketOf(minute + SESSION_GAP, 'hour'),
  ]);
  return markBuckets(transaction, dialect, writer, { app, grain: 'hour', buckets });
}

/** One hour or day, made anew from what `add` adds. */
export async function rollUpBucket(
  runner: Runner,
  grain: 'hour' | 'day',
  { app, marks }: Work,
  add: (cells: Cells) => Promise<void>,
): Promise<number> {
  const [mark] = marks;
  if (mark === undefined) return 0;
  const { bucket } = mark;
  const cells: Cells = new Map();
  await add(cells);
  const rows = withDigest(toRollupRows(cells, { app, grain, bucket }));
  const spans = [{ begins: bucket, ends: bucket + GRAIN_MS[grain] }];
  await inTransaction(runner, async (transaction) => {
    await replace(transaction, { app, grain, spans, dimensions: DIMENSIONS });
    await insertRows(runner, transaction, rows);
    if (grain === 'hour') {
      const buckets = [bucketOf(bucket, 'day')];
      await markBuckets(transaction, runner.dialect, runner.writer, { app, grain: 'day', buckets });
    }
    await deleteMarks(runner, transaction, grain, { app, marks });
  });
  return 1;
}

export async function addFiner(
  { client, dialect }: Runner,
  finer: 'minute' | 'hour',
  app: string,
  bucket: number,
  cells: Cells,
): Promise<void> {
  const length = finer === 'minute' ? GRAIN_MS.hour : GRAIN_MS.day;
  const rows = await queryList<readonly [Dimension, string, number, string | null]>(
    client,
    dialect,
    sql`dimension, value, n, sketch`,
    sql`FROM rum_rollup WHERE app = ${app} AND grain = ${finer} AND dimension IN (${named(DIMENSIONS)})
      AND bucket >= ${BigInt(bucket)} AND bucket < ${BigInt(bucket + length)}`,
  );
  for (const [dimension, value, n, sketch] of rows) addRow(cellOf(cells, dimension, value), n, sketch);
}

export async function addRawHour(runner: Runner, app: string, hour: number, cells: Cells): Promise<void> {
  const { client, dialect } = runner;
  const spans = [{ begins: hour, ends: hour + GRAIN_MS.hour }];
  for await (const views of readCountedViews(client, dialect, app, spans)) {
    for (const view of views) countView(cells, view);
  }
  for (const { type, n } of await countEvents(client, dialect, app, spans, GRAIN_MS.hour)) {
    cellOf(cells, 'event', type).n += n;
  }
  const errorsWithin = cells.get('event')?.has('error') ? spans : [];
  for await (const errors of readToldErrors(runner, app, errorsWithin)) {
    for (const error of errors) countError(cells, error);
  }
  for (const { n } of await countSessions(client, dialect, app, spans, GRAIN_MS.hour)) {
    cellOf(cells, 'session', '').n += n;
  }
}

/** From the first of minutes to the end of the last. */
function spanOf(minutes: readonly number[]): readonly Span[] {
  if (minutes.length === 0) return [];
  return [{ begins: Math.min(...minutes), ends: Math.max(...minutes) + GRAIN_MS.minute }];
}

/** The spans that begin with buckets, those that touch joined. `endOf` never falls as buckets rise. */
function toSpans(buckets: readonly number[], endOf: (bucket: number) => number): readonly Span[] {
  const spans: { begins: number; ends: number }[] = [];
  for (const begins of [...buckets].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && begins <= last.ends) last.ends = endOf(begins);
    else spans.push({ begins, ends: endOf(begins) });
  }
  return spans;
}

/** The latest minute that was made; sessions of later ones are counted when they are. */
async function lastMinute({ client }: Runner, app: string): Promise<number> {
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT max(bucket) AS bucket FROM rum_rollup
      WHERE app = ${app} AND grain = 'minute' AND dimension = 'all'`,
  );
  return Number(row?.bucket ?? 0);
}
