import { randomUUID } from 'node:crypto';
import type { JobName, JobState } from '../../jobStore.js';
import { bucketOf, GRAIN_MS, SETTLING } from '../../rollup/grains.js';
import type { SqlClient, SqlRunner } from '../client.js';
import type { Dialect } from '../dialect.js';
import type { IdSpan } from '../partitions/idRanges.js';
import { missingPartitions } from '../partitions/missingPartitions.js';
import { execute, queryRows, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { watchRows } from '../watch/watchState.js';
import { readSince } from './knowledge.js';

/** How long an instance that vanished keeps the others waiting, ms. */
const LEASE = 60_000;
const MAX_ERROR = 500;
const MINUTE = 60_000;

/** The right to work at a job, of one instance at a time. */
export interface Lease {
  /**
   * Called in each transaction of the job: keeps the lease, or rejects if another instance has it by now, so that work which
   * was held up cannot overwrite a later one's.
   */
  renew(transaction: SqlRunner): Promise<void>;
}

/** The work was given up, because another instance does it. */
export class LeaseLost extends Error {}

/** Does a job if no other instance is at it, and keeps how it went. Null where one is. */
export async function asJob<T>(
  client: SqlClient,
  name: JobName,
  now: () => number,
  work: (lease: Lease) => Promise<T>,
): Promise<T | null> {
  const holder = randomUUID();
  const until = (): bigint => BigInt(Math.ceil(now()) + LEASE);
  const taken = await execute(
    client,
    sql`INSERT INTO rum_job (name, holder, leased_until) VALUES (${name}, ${holder}, ${until()})
      ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, leased_until = excluded.leased_until
      WHERE rum_job.leased_until < ${BigInt(Math.floor(now()))}`,
  );
  if (taken === 0) return null;
  const lease: Lease = {
    renew: async (transaction) => {
      const renewed = await execute(
        transaction,
        sql`UPDATE rum_job SET leased_until = ${until()} WHERE name = ${name} AND holder = ${holder}`,
      );
      if (renewed === 0) throw new LeaseLost();
    },
  };
  try {
    const result = await work(lease);
    await execute(
      client,
      sql`UPDATE rum_job SET leased_until = 0, finished_at = ${BigInt(Math.floor(now()))}, error = NULL
        WHERE name = ${name} AND holder = ${holder}`,
    );
    return result;
  } catch (error) {
    if (error instanceof LeaseLost) return null;
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR);
    await execute(
      client,
      sql`UPDATE rum_job SET leased_until = 0, failed_at = ${BigInt(Math.floor(now()))}, error = ${reason}
        WHERE name = ${name} AND holder = ${holder}`,
      // The database may be what failed; then the first error says more.
    ).catch(() => undefined);
    throw error;
  }
}

/** Behind by more than this is late, ms. Where nothing runs by itself, a cron route runs once a day. */
const PATIENCE = {
  rollup: 15 * MINUTE,
  retention: 26 * 60 * MINUTE,
  watch: 26 * 60 * MINUTE,
  findings: 26 * 60 * MINUTE,
} as const;
/** How long it is told that watching began anew, ms. */
const NOTED_FOR = 7 * 24 * 60 * MINUTE;

/** @see {@link RumStore.jobs} */
export async function jobs(
  { client, dialect }: { readonly client: SqlClient; readonly dialect: Dialect },
  now: number,
): Promise<readonly JobState[]> {
  const rows = await queryRows<StoredRow & { readonly name: string; readonly error: string | null }>(
    client,
    sql`SELECT name, finished_at, failed_at, error FROM rum_job`,
  );
  const { raw } = await readSince(client);
  const [oldest] = await queryRows<StoredRow>(
    client,
    sql`SELECT min(bucket) AS minute FROM rum_dirty WHERE grain = 'minute' AND bucket >= ${BigInt(raw)}`,
  );
  const [first] = await queryRows<StoredRow>(client, sql`SELECT min(applied_at) AS at FROM _rum_migrations`);
  const sinceRun = (lastRunAt: number | null): number => now - (lastRunAt ?? Number(first?.at ?? now));
  const lastRunOf = (name: JobName): Pick<JobState, 'lastRunAt' | 'failedAt' | 'error'> => {
    const row = rows.find((each) => each.name === name);
    const time = (value: StoredRow[string] | undefined): number | null =>
      value === null || value === undefined ? null : Number(value);
    return { lastRunAt: time(row?.finished_at), failedAt: time(row?.failed_at), error: row?.error ?? null };
  };
  const stateOf = (name: keyof typeof PATIENCE, behind: (lastRunAt: number | null) => number): JobState => {
    const { lastRunAt, failedAt, error } = lastRunOf(name);
    const lag = Math.max(0, behind(lastRunAt));
    // What came late, or was put there all at once, waits for the next run like the rest.
    const isLate = Math.min(lag, sinceRun(lastRunAt)) > PATIENCE[name];
    const state = error !== null ? 'failed' : isLate ? 'late' : 'ok';
    return { name, state, lastRunAt, failedAt, error, note: null, lag };
  };
  const pending = oldest?.minute ?? null;
  const states = [
    stateOf('rollup', () => (pending === null ? 0 : now - Number(pending) - MINUTE - SETTLING)),
    stateOf('retention', sinceRun),
    { ...stateOf('watch', sinceRun), note: await noteOf(client, now) },
    stateOf('findings', sinceRun),
  ];
  if (!dialect.hasPartitions) return states;
  return [
    ...states,
    partitionState(await missingPartitions(client, dialect, now), now, lastRunOf('partitions')),
  ];
}

async function noteOf(client: SqlClient, now: number): Promise<string | null> {
  const notes = (await watchRows(client)).flatMap(({ app, note, notedAt }) =>
    note === null || now - (notedAt ?? 0) > NOTED_FOR
      ? []
      : [`${app} is watched anew since ${new Date(notedAt ?? 0).toISOString()}: ${note}`],
  );
  return notes.length === 0 ? null : notes.join('; ').slice(0, MAX_ERROR);
}

/** Partitions are made three days ahead. There being none for tomorrow yet says that nothing has made any for so long. */
function partitionState(
  missing: readonly IdSpan[],
  now: number,
  { error, ...lastRun }: Pick<JobState, 'lastRunAt' | 'failedAt' | 'error'>,
): JobState {
  // On the day on which the tables were partitioned its rows stay where they were, so that today does not count.
  const today = bucketOf(now, 'day');
  const ahead = missing.filter(({ begins }) => begins > today);
  const isLate = ahead.some(({ begins }) => begins === today + GRAIN_MS.day);
  const isFailed = error !== null && ahead.length > 0;
  return {
    name: 'partitions',
    state: isFailed ? 'failed' : isLate ? 'late' : 'ok',
    ...lastRun,
    error: isFailed ? error : null,
    note: null,
    lag: isLate ? now - today : 0,
  };
}
