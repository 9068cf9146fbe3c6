import { appsOf } from '../apps.js';
import type { SqlClient, SqlRunner } from '../client.js';
import { readFailure } from '../databaseFailure.js';
import type { Dialect } from '../dialect.js';
import { RAW_TABLES, type RawKind } from '../rawTables.js';
import { asJob, type Lease } from '../rollup/jobs.js';
import { constantSql, execute, queryRows, type Sql, sql } from '../sql.js';
import { changePartitions } from './changePartitions.js';
import { firstIdOf } from './idRanges.js';
import { gapsOf, missingPartitions, type NamedSpan, partitionLength } from './missingPartitions.js';
import { defaultPartition, partitionOf, readPartitions } from './partitions.js';

/** Rows that are moved into a new partition, at most: while they are, nobody can write to where they come from. */
const MAX_MOVED = 5000;

interface Parts {
  readonly client: SqlClient;
  readonly dialect: Dialect;
}

/** Makes the partitions of today and the next days, where they are missing, as long as rows that are kept for so many ms need. */
export function makePartitions(parts: Parts, now: () => number, keptFor: number): Promise<void> {
  const length = partitionLength(keptFor);
  return make(parts, now, () => missingPartitions(parts.client, parts.dialect, now(), length));
}

/** Makes the partitions of spans that are about to be filled, where they are missing. */
export function makePartitionsOf(parts: Parts, spans: readonly NamedSpan[]): Promise<void> {
  return make(parts, Date.now, async () => {
    const missing: NamedSpan[] = [];
    for (const { kind, ...span } of spans) {
      const made = await readPartitions(parts.client, parts.dialect, kind);
      for (const gap of gapsOf(span, made, span.ends - span.begins)) missing.push({ kind, ...gap });
    }
    return missing;
  });
}

/** Where that fails, rows go to the default partition, and {@link RumStore.jobs} says why. */
async function make(
  { client }: Parts,
  now: () => number,
  missing: () => Promise<readonly NamedSpan[]>,
): Promise<void> {
  try {
    if ((await missing()).length === 0) return;
    await asJob(client, 'partitions', now, async (lease) => {
      for (const span of await missing()) await makePartition(client, lease, span);
    });
  } catch {
    // asJob has written down why, for health to show. Nothing depends on it: the default partition takes every row.
  }
}

/**
 * Rows of the day that came before its partition are moved along. Whoever writes waits for the lock of the whole table, and not
 * for the default partition's: by then it would have chosen that one, and PostgreSQL would refuse the row.
 */
async function makePartition(client: SqlClient, lease: Lease, { kind, ...span }: NamedSpan): Promise<void> {
  const parent = constantSql(RAW_TABLES[kind].name);
  const rest = defaultPartition(kind);
  const partition = partitionOf(kind, span);
  const [first, end] = [firstIdOf(span.begins), firstIdOf(span.ends)];
  try {
    const made = await changePartitions(client, lease, async (transaction) => {
      if (await hasMany(transaction, kind, first, end)) return false;
      await execute(transaction, sql`CREATE TABLE ${partition} (LIKE ${parent} INCLUDING ALL)`);
      await execute(transaction, sql`LOCK TABLE ONLY ${parent} IN SHARE ROW EXCLUSIVE MODE`);
      await execute(transaction, sql`LOCK TABLE ONLY ${rest} IN ACCESS EXCLUSIVE MODE`);
      for (const app of await appsOf(transaction, RAW_TABLES[kind].name)) {
        await execute(
          transaction,
          sql`WITH moved AS (
              DELETE FROM ${rest} WHERE app = ${app} AND id >= ${first} AND id < ${end} RETURNING *
            ) INSERT INTO ${partition} SELECT * FROM moved`,
        );
      }
      await execute(transaction, attach(parent, partition, first, end));
      return true;
    });
    if (made === null) {
      throw new Error(
        `RUM: ${partition.texts[0]} could not be made yet, because ${parent.texts[0]} is read without a pause`,
      );
    }
  } catch (error) {
    throw withMend(error);
  }
}

/** Bounds of partitions cannot be bound as parameters. The ids are made of digits. */
function attach(parent: Sql, partition: Sql, first: string, end: string): Sql {
  return sql`ALTER TABLE ${parent} ATTACH PARTITION ${partition}
    FOR VALUES FROM (${constantSql(`'${first}'`)}) TO (${constantSql(`'${end}'`)})`;
}

/**
 * Of the day on which the tables were partitioned, and of an earlier one, there are many rows in the default partition: they
 * stay, and with them the rest of that day.
 */
async function hasMany(transaction: SqlRunner, kind: RawKind, first: string, end: string): Promise<boolean> {
  const table = constantSql(RAW_TABLES[kind].name);
  let count = 0;
  for (const app of await appsOf(transaction, RAW_TABLES[kind].name)) {
    const [row] = await queryRows<{ n: bigint | number }>(
      transaction,
      sql`SELECT count(*) AS n FROM (
          SELECT 1 FROM ${table} WHERE app = ${app} AND id >= ${first} AND id < ${end} LIMIT ${BigInt(MAX_MOVED + 1)}
        ) AS found`,
    );
    count += Number(row?.n ?? 0);
  }
  return count > MAX_MOVED;
}

function withMend(error: unknown): unknown {
  const { code, message } = readFailure(error);
  if (code === '42501') {
    return new Error(
      `RUM: the database user may not make partitions (${message}) — let \`next-rum maintain --retain …\` be run every day with a ` +
        'URL whose user owns the tables; until then rows go to the default partition, and nothing is lost',
      { cause: error },
    );
  }
  if (code === '57014') {
    return new Error(
      `RUM: a partition could not be made within 3 s (${message}) — the default partition is large; see docs/storage.md`,
      { cause: error },
    );
  }
  return error;
}
