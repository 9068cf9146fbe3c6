import type { Dimension, RollupRow } from '../../rollup/cells.js';
import type { Grain } from '../../rollup/grains.js';
import type { SqlClient, SqlRunner } from '../client.js';
import type { Dialect } from '../dialect.js';
import { execute, joinSql, type Sql, sql } from '../sql.js';
import type { Lease } from './jobs.js';
import { readSince, type Since } from './knowledge.js';
import type { Span } from './rawSpans.js';
import { MARKS, type Mark, ROLLUP_ROWS } from './rollupTables.js';

/** ms */
const TRANSACTION = { maxWait: 5000, timeout: 60_000 };

/** Rows of one statement. */
const CHUNK_ROWS = 2000;

export interface Runner {
  readonly client: SqlClient;
  readonly dialect: Dialect;
  /** Name that the store's marks have. */
  readonly writer: string;
  readonly lease: Lease;
  readonly since: Since;
}

/** Marks of one app, of buckets of one span. */
export interface Work {
  readonly app: string;
  readonly marks: readonly Mark[];
}

/** What was read may have been deleted meanwhile: it is to be read anew. */
export class SinceMoved extends Error {}

/** Writes only as long as the lease is held and what was read could not have been deleted at the time. */
export async function inTransaction(
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

export async function replace(
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
  // One by one: of a list of buckets PostgreSQL cannot tell how short it is, and would read the whole table.
  for (const { begins, ends } of spans) {
    await execute(
      transaction,
      sql`DELETE FROM rum_rollup WHERE app = ${app} AND grain = ${grain} AND dimension IN (${named(dimensions)})
        AND bucket >= ${BigInt(begins)} AND bucket < ${BigInt(ends)}`,
    );
  }
}

export async function insertRows(
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

export async function deleteMarks(
  { dialect }: Runner,
  transaction: SqlRunner,
  grain: Grain,
  { app, marks }: Work,
): Promise<void> {
  const buckets = marks.map(({ bucket }) => bucket);
  // Said twice, because PostgreSQL would look at all marks of a table that it has no statistics of yet.
  const within = sql`app = ${app} AND grain = ${grain}
    AND rum_dirty.bucket >= ${BigInt(Math.min(...buckets))} AND rum_dirty.bucket <= ${BigInt(Math.max(...buckets))}`;
  await execute(
    transaction,
    sql`WITH seen AS MATERIALIZED (
        SELECT rum_dirty.bucket, rum_dirty.writer FROM ${dialect.rowsOf(MARKS, marks)} CROSS JOIN rum_dirty
        WHERE ${within} AND rum_dirty.bucket = input.bucket
          AND rum_dirty.writer = input.writer AND rum_dirty.seq = input.seq
        ${dialect.ifUnlocked}
      )
      DELETE FROM rum_dirty WHERE ${within}
        AND (bucket, writer) IN (SELECT bucket, writer FROM seen)`,
  );
}

export function named(dimensions: readonly Dimension[]): Sql {
  return joinSql(
    dimensions.map((dimension) => sql`${dimension}`),
    ', ',
  );
}
