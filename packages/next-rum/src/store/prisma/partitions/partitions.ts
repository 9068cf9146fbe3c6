import type { SqlRunner } from '../client.js';
import type { Dialect } from '../dialect.js';
import { RAW_TABLES, type RawKind } from '../rawTables.js';
import { constantSql, queryRows, type Sql, sql } from '../sql.js';

/** The partition of all ids that are of no day which has one: of clocks that are wrong, and of days long gone. */
export function defaultPartition(kind: RawKind): Sql {
  return constantSql(`${RAW_TABLES[kind].name}_default`);
}

/** @param day Start of the UTC day whose ids it holds, epoch ms. */
export function partitionOf(kind: RawKind, day: number): Sql {
  const date = new Date(day).toISOString().slice(0, 10).replaceAll('-', '');
  return constantSql(`${RAW_TABLES[kind].name}_${date}`);
}

/** Starts of the UTC days that have a partition, epoch ms, in order. None where the database has no partitions. */
export async function partitionDays(
  runner: SqlRunner,
  dialect: Dialect,
  kind: RawKind,
): Promise<readonly number[]> {
  if (!dialect.hasPartitions) return [];
  const rows = await queryRows<{ name: string }>(
    runner,
    sql`SELECT partition.relname::text AS name
      FROM pg_catalog.pg_inherits JOIN pg_catalog.pg_class AS partition ON partition.oid = inhrelid
      WHERE inhparent = to_regclass(${RAW_TABLES[kind].name})`,
  );
  return rows
    .flatMap(({ name }) => {
      const [, year, month, date] = /_(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
      return year === undefined ? [] : [Date.UTC(Number(year), Number(month) - 1, Number(date))];
    })
    .sort((a, b) => a - b);
}
