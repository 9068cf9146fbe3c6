import {
  addRow,
  type Cells,
  cellOf,
  DIMENSIONS,
  type Dimension,
  type RollupRow,
  toRollupRows,
} from '../../rollup/cells.js';
import { countView } from '../../rollup/countView.js';
import { bucketOf, GRAIN_MS, type Grain, SETTLING } from '../../rollup/grains.js';
import { DEFAULT_RETENTION, type JobOptions, type RollUpResult } from '../../store.js';
import type { SqlClient, SqlRunner } from '../client.js';
import { toStoreError } from '../databaseFailure.js';
import type { Dialect } from '../dialect.js';
import { execute, joinSql, type Sql, sql } from '../sql.js';
import { asJob, type Lease, LeaseLost } from './jobs.js';
import { readSince, type Since } from './knowledge.js';
import { markBuckets } from './marks.js';
import {
  countEvents,
  countSessions,
  countVisitors,
  queryList,
  readCountedViews,
  SESSION_GAP,
  type Span,
} from './rawReads.js';
import { BUCKETS, MARKS, type Mark, ROLLUP_ROWS } from './rollupTables.js';

/** Marks looked at in one go. */
const MAX_MARKS = 5000;
/** ms */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };
/** Rows of one statement. */
const CHUNK_ROWS = 2000;

interface Runner {
  readonly client: SqlClient;
  readonly dialect: Dialect;
  /** Name that the store's marks have. */
  readonly writer: string;
  readonly lease: Lease;
  readonly since: Since;
}

/** Marks of one app, of buckets of one span. */
interface Work {
  readonly app: string;
  readonly marks: readonly Mark[];
}

/** @see {@link RumStore.rollUp} */
export async function rollUp(
  { client, dialect, writer }: Pick<Runner, 'client' | 'dialect' | 'writer'>,
  {
    now,
    retention = DEFAULT_RETENTION,
    grains = ['minute', 'hour', 'day'],
  }: JobOptions & { readonly grains?: readonly Grain[] },
): Promise<RollUpResult> {
  const done = await asJob(client, 'rollup', now, async (lease) => {
    // Minutes that will be deleted soon are not made: hours are counted from raw rows then.
    await keepMinutesSince(client, bucketOf(now() - retention.minute, 'hour'));
    const made = { minute: 0, hour: 0, day: 0 };
    for (const grain of ['minute', 'hour', 'day'] as const) {
      if (grains.includes(grain))
        made[grain] = await rollUpGrain({ client, dialect, writer, lease }, grain, now);
    }
    return { minutes: made.minute, hours: made.hour, days: made.day };
  });
  return done === null ? { kind: 'busy' } : { kind: 'done', ...done };
}

async function keepMinutesSince(client: SqlClient, since: number): Promise<void> {
  await execute(
    client,
    sql`INSERT INTO rum_retained (kind, since) VALUES ('minute', ${BigInt(Math.max(0, since))})
      ON CONFLICT (kind) DO UPDATE SET since = excluded.since WHERE rum_retained.since < excluded.since`,
  );
}

/** @returns How many buckets were made. */
async function rollUpGrain(parts: Omit<Runner, 'since'>, grain: Grain, now: () => number): Promise<number> {
  const settled = now() - GRAIN_MS[grain] - SETTLING;
  let made = 0;
  const failures: unknown[] = [];
  // Marks that stay, because they were renewed meanwhile, are for the next run.
  for (let after: readonly [string, number] | null = ['', -1]; after !== null; ) {
    const runner: Runner = { ...parts, since: await readSince(parts.client) };
    const marks = await readMarks(runner, grain, settled, after);
    try {
      for (const work of marks.works) {
        made += await rollUpWork(runner, grain, work).catch((error: unknown) => {
          if (concernsAll(error)) throw error;
          failures.push(error);
          return 0;
        });
      }
      after = marks.next;
    } catch (error) {
      if (!(error instanceof SinceMoved)) throw error;
    }
  }
  // One bucket that cannot be made keeps no other from being made.
  if (failures.length > 0) throw failures[0];
  return made;
}

function concernsAll(error: unknown): boolean {
  if (error instanceof SinceMoved || error instanceof LeaseLost) return true;
  return toStoreError(error).code === 'unavailable';
}

/** What was read may have been deleted meanwhile: it is to be read anew. Never leaves this file. */
class SinceMoved extends Error {}

async function rollUpWork(runner: Runner, grain: Grain, work: Work): Promise<number> {
  const { since } = runner;
  const first = Math.min(...work.marks.map(({ bucket }) => bucket));
  // Of a time whose raw rows are gone, the rollups know more than what came after.
  if (first < since.raw) return forget(runner, grain, work);
  switch (grain) {
    case 'minute':
      return first < since.minute ? passOn(runner, work) : rollUpMinutes(runner, work);
    case 'hour':
      return rollUpBucket(runner, 'hour', work, (cells) =>
        first < since.minute
          ? addRawHour(runner, work.app, first, cells)
          : addFiner(runner, 'minute', work.app, first, cells),
      );
    case 'day':
      if (first < since.hour) return forget(runner, grain, work);
      return rollUpBucket(runner, 'day', work, async (cells) => {
        await addFiner(runner, 'hour', work.app, first, cells);
        const exact = await countVisitors(runner.client, work.app, {
          begins: first,
          ends: first + GRAIN_MS.day,
        });
        if (exact > 0) cellOf(cells, 'visitor', '').n = exact;
      });
  }
}

/** Minutes of one hour. What a view adds to a minute, it takes from the sessions of the half hour after it. */
async function rollUpMinutes(runner: Runner, { app, marks }: Work): Promise<number> {
  const { client, dialect } = runner;
  const minutes = [...new Set(marks.map(({ bucket }) => bucket))];
  const spans = toSpans(minutes, GRAIN_MS.minute);
  const byMinute = new Map<number, Cells>(minutes.map((minute) => [minute, new Map()]));
  for await (const views of readCountedViews(client, dialect, app, spans)) {
    for (const view of views) countView(byMinute.get(view.minute) ?? new Map(), view);
  }
  for (const { bucket, type, n } of await countEvents(client, dialect, app, spans, GRAIN_MS.minute)) {
    cellOf(byMinute.get(bucket) ?? new Map(), 'event', type).n += n;
  }
  const sessions = await recountSessions(runner, app, minutes);
  const rows = [...byMinute].flatMap(([bucket, cells]) =>
    toRollupRows(cells, { app, grain: 'minute', bucket }),
  );
  await inTransaction(runner, async (transaction) => {
    await replace(runner, transaction, { app, grain: 'minute', spans, dimensions: DIMENSIONS });
    await insertRows(runner, transaction, rows);
    await sessions(transaction);
    await markHours(runner, transaction, app, minutes);
    await deleteMarks(runner, transaction, 'minute', { app, marks });
  });
  return minutes.length;
}

/** Minutes that are not kept: the hours are counted from raw rows. */
async function passOn(runner: Runner, { app, marks }: Work): Promise<number> {
  const minutes = marks.map(({ bucket }) => bucket);
  const sessions = await recountSessions(runner, app, minutes);
  await inTransaction(runner, async (transaction) => {
    await sessions(transaction);
    await markHours(runner, transaction, app, minutes);
    await deleteMarks(runner, transaction, 'minute', { app, marks });
  });
  return 0;
}

/** Counts the sessions that began in minutes and the half hour after each, as far as they are kept. @returns Writes them. */
async function recountSessions(
  runner: Runner,
  app: string,
  minutes: readonly number[],
): Promise<(transaction: SqlRunner) => Promise<void>> {
  const spans = toSpans(minutes, GRAIN_MS.minute + SESSION_GAP)
    .map(({ begins, ends }) => ({ begins: Math.max(begins, runner.since.minute), ends }))
    .filter(({ begins, ends }) => begins < ends);
  const counts = await countSessions(runner.client, runner.dialect, app, spans, GRAIN_MS.minute);
  const kind = { app, grain: 'minute', dimension: 'session', value: '', sketch: null } as const;
  return async (transaction) => {
    await replace(runner, transaction, { app, grain: 'minute', spans, dimensions: ['session'] });
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
async function rollUpBucket(
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
  const spans = [{ begins: bucket, ends: bucket + GRAIN_MS[grain] }];
  await inTransaction(runner, async (transaction) => {
    await replace(runner, transaction, { app, grain, spans, dimensions: DIMENSIONS });
    await insertRows(runner, transaction, toRollupRows(cells, { app, grain, bucket }));
    if (grain === 'hour') {
      const buckets = [bucketOf(bucket, 'day')];
      await markBuckets(transaction, runner.dialect, runner.writer, { app, grain: 'day', buckets });
    }
    await deleteMarks(runner, transaction, grain, { app, marks });
  });
  return 1;
}

async function addFiner(
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

async function addRawHour(
  { client, dialect }: Runner,
  app: string,
  hour: number,
  cells: Cells,
): Promise<void> {
  const spans = [{ begins: hour, ends: hour + GRAIN_MS.hour }];
  for await (const views of readCountedViews(client, dialect, app, spans)) {
    for (const view of views) countView(cells, view);
  }
  for (const { type, n } of await countEvents(client, dialect, app, spans, GRAIN_MS.hour)) {
    cellOf(cells, 'event', type).n += n;
  }
  for (const { n } of await countSessions(client, dialect, app, spans, GRAIN_MS.hour)) {
    cellOf(cells, 'session', '').n += n;
  }
}

async function forget(runner: Runner, grain: Grain, work: Work): Promise<number> {
  await inTransaction(runner, (transaction) => deleteMarks(runner, transaction, grain, work));
  return 0;
}

/** Writes only as long as the lease is held and what was read could not have been deleted at the time. */
async function inTransaction(
  runner: Runner,
  write: (transaction: SqlRunner) => Promise<void>,
): Promise<void> {
  await runner.client.$transaction(async (transaction) => {
    await runner.lease.renew(transaction);
    const since = await readSince(transaction);
    const { raw, minute, hour } = runner.since;
    if (since.raw !== raw || since.minute !== minute || since.hour !== hour) throw new SinceMoved();
    await write(transaction);
  }, TRANSACTION);
}

async function readMarks(
  { client, dialect }: Omit<Runner, 'since'>,
  grain: Grain,
  settled: number,
  [app, bucket]: readonly [string, number],
): Promise<{ readonly works: readonly Work[]; readonly next: readonly [string, number] | null }> {
  const rows = await queryList<readonly [string, number, string, number]>(
    client,
    dialect,
    sql`app, bucket, writer, seq`,
    sql`FROM (
      SELECT app, bucket, writer, seq FROM rum_dirty
      WHERE grain = ${grain} AND bucket <= ${BigInt(Math.floor(settled))}
        AND (app > ${app} OR (app = ${app} AND bucket > ${BigInt(bucket)}))
      ORDER BY app, bucket LIMIT ${BigInt(MAX_MARKS)}
    ) AS marks`,
  );
  const works = new Map<string, { readonly app: string; readonly marks: Mark[] }>();
  for (const [ofApp, at, writer, seq] of rows) {
    const key = `${bucketOf(at, grain === 'minute' ? 'hour' : grain)} ${ofApp}`;
    const work = works.get(key) ?? { app: ofApp, marks: [] };
    work.marks.push({ bucket: at, writer, seq });
    works.set(key, work);
  }
  const last = rows.at(-1);
  return {
    works: [...works.values()],
    next: rows.length < MAX_MARKS || last === undefined ? null : [last[0], last[1]],
  };
}

async function deleteMarks(
  { dialect }: Runner,
  transaction: SqlRunner,
  grain: Grain,
  { app, marks }: Work,
): Promise<void> {
  await execute(
    transaction,
    sql`WITH seen AS MATERIALIZED (
        SELECT rum_dirty.bucket, rum_dirty.writer FROM ${dialect.rowsOf(MARKS, marks)} CROSS JOIN rum_dirty
        WHERE app = ${app} AND grain = ${grain} AND rum_dirty.bucket = input.bucket
          AND rum_dirty.writer = input.writer AND rum_dirty.seq = input.seq
        ${dialect.ifUnlocked}
      )
      DELETE FROM rum_dirty WHERE app = ${app} AND grain = ${grain}
        AND (bucket, writer) IN (SELECT bucket, writer FROM seen)`,
  );
}

async function replace(
  { dialect }: Runner,
  transaction: SqlRunner,
  {
    app,
    grain,
    spans,
    dimensions,
  }: {
    readonly app: string;
    readonly grain: Grain;
    readonly spans: readonly Span[];
    readonly dimensions: readonly Dimension[];
  },
): Promise<void> {
  const buckets: { bucket: number }[] = [];
  for (const { begins, ends } of spans) {
    for (let bucket = begins; bucket < ends; bucket += GRAIN_MS[grain]) buckets.push({ bucket });
  }
  if (buckets.length === 0) return;
  await execute(
    transaction,
    sql`DELETE FROM rum_rollup WHERE app = ${app} AND grain = ${grain} AND dimension IN (${named(dimensions)})
      AND bucket IN (SELECT bucket FROM ${dialect.rowsOf(BUCKETS, buckets)})`,
  );
}

async function insertRows(
  { dialect }: Runner,
  transaction: SqlRunner,
  rows: readonly RollupRow[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) {
    await execute(
      transaction,
      sql`INSERT INTO rum_rollup (app, grain, dimension, bucket, value, n, sketch)
        SELECT app, grain, dimension, bucket, value, n, sketch
        FROM ${dialect.rowsOf(ROLLUP_ROWS, rows.slice(start, start + CHUNK_ROWS))}`,
    );
  }
}

/** Buckets as spans of `length` ms each, those that touch joined. */
function toSpans(buckets: readonly number[], length: number): readonly Span[] {
  const spans: { begins: number; ends: number }[] = [];
  for (const begins of [...buckets].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && begins <= last.ends) last.ends = begins + length;
    else spans.push({ begins, ends: begins + length });
  }
  return spans;
}

function named(dimensions: readonly Dimension[]): Sql {
  return joinSql(
    dimensions.map((dimension) => sql`${dimension}`),
    ', ',
  );
}
