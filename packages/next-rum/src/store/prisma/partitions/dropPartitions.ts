import type { SqlClient, SqlRunner } from '../client.js';
import { readFailure } from '../databaseFailure.js';
import type { Dialect } from '../dialect.js';
import { RAW_TABLES, type RawKind } from '../rawTables.js';
import type { Lease } from '../rollup/jobs.js';
import { constantSql, execute, queryRows, type Sql, sql } from '../sql.js';
import { changePartitions } from './changePartitions.js';
import { partitionOf, readPartitions } from './partitions.js';

/**
 * Drops the partitions whose every row is older than `before`, epoch ms, which gives their disk back at once. One that holds a
 * younger row, of a clock that was wrong or a batch that came late, stays, as does one that somebody reads for long: their rows
 * are then deleted like those of the default partition.
 *
 * @returns How many rows went.
 */
export async function dropPartitions(
  {
    client,
    dialect,
    lease,
  }: { readonly client: SqlClient; readonly dialect: Dialect; readonly lease: Lease },
  kind: RawKind,
  before: number,
): Promise<number> {
  const parent = constantSql(RAW_TABLES[kind].name);
  let dropped = 0;
  for (const span of await readPartitions(client, dialect, kind)) {
    if (span.ends > before) continue;
    const partition = partitionOf(kind, span);
    try {
      // Asked without the lock first, since most of those that stay stay for long.
      if (await holdsYounger(client, kind, partition, before)) continue;
      const [counted] = await queryRows<{ n: bigint | number }>(
        client,
        sql`SELECT count(*) AS n FROM ${partition}`,
      );
      const gone = await changePartitions(client, lease, async (transaction) => {
        await execute(transaction, sql`LOCK TABLE ONLY ${parent} IN ACCESS EXCLUSIVE MODE`);
        if (await holdsYounger(transaction, kind, partition, before)) return false;
        await execute(transaction, sql`DROP TABLE ${partition}`);
        return true;
      });
      // The others need the same lock.
      if (gone === null) break;
      if (gone) dropped += Number(counted?.n ?? 0);
    } catch (error) {
      // A user who does not own the tables may still delete their rows.
      if (readFailure(error).code !== '42501') throw error;
    }
  }
  return dropped;
}

async function holdsYounger(
  runner: SqlRunner,
  kind: RawKind,
  partition: Sql,
  before: number,
): Promise<boolean> {
  const time = constantSql(RAW_TABLES[kind].time);
  for (let app = ''; ; ) {
    const [next] = await queryRows<{ app: string | null }>(
      runner,
      sql`SELECT min(app) AS app FROM ${partition} WHERE app > ${app}`,
    );
    if (next === undefined || next.app === null) return false;
    app = next.app;
    const [row] = await queryRows<{ found: boolean }>(
      runner,
      sql`SELECT EXISTS (SELECT 1 FROM ${partition} WHERE app = ${app} AND ${time} >= ${BigInt(before)}) AS found`,
    );
    if (row?.found) return true;
  }
}
