import { DEFAULT_RETENTION, type JobOptions, type RollUpResult } from '../../jobStore.js';
import { cellOf } from '../../rollup/cells.js';
import { bucketOf, GRAIN_MS, type Grain, SETTLING } from '../../rollup/grains.js';
import type { SqlClient } from '../client.js';
import { toStoreError } from '../databaseFailure.js';
import { execute, sql } from '../sql.js';
import { asJob, LeaseLost } from './jobs.js';
import { readSince } from './knowledge.js';
import { addFiner, addRawHour, passOn, rollUpBucket, rollUpMinutes } from './makeBuckets.js';
import { countVisitors, queryList } from './rawReads.js';
import type { Mark } from './rollupTables.js';
import { deleteMarks, inTransaction, type Runner, SinceMoved, type Work } from './rollupWrites.js';

/** Marks looked at in one go. */
const MAX_MARKS = 5000;

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

async function forget(runner: Runner, grain: Grain, work: Work): Promise<number> {
  await inTransaction(runner, (transaction) => deleteMarks(runner, transaction, grain, work));
  return 0;
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
