import type { SqlRunner } from '../client.js';
import type { Dialect } from '../dialect.js';
import { RAW_TABLES, type RawKind } from '../rawTables.js';
import { constantSql, queryRows, type Sql, sql } from '../sql.js';
import { type IdSpan, timeOf } from './idRanges.js';

/** The partition of all ids that no other one is for: of clocks that are wrong, and of days long gone. */
export function defaultPartition(kind: RawKind): Sql {
  return constantSql(`${RAW_TABLES[kind].name}_default`);
}

/** @param begins Start of the first UTC day whose ids it holds, epoch ms. */
export function partitionOf(kind: RawKind, { begins }: Pick<IdSpan, 'begins'>): Sql {
  return constantSql(nameOf(kind, begins));
}

function nameOf(kind: RawKind, begins: number): string {
  return `${RAW_TABLES[kind].name}_${new Date(begins).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** The partitions of days, in order. None where the database has no partitions. */
export async function readPartitions(
  runner: SqlRunner,
  dialect: Dialect,
  kind: RawKind,
): Promise<readonly IdSpan[]> {
  if (!dialect.hasPartitions) return [];
  const rows = await queryRows<{ name: string; bounds: string }>(
    runner,
    sql`SELECT partition.relname::text AS name, pg_get_expr(partition.relpartbound, partition.oid) AS bounds
      FROM pg_catalog.pg_inherits JOIN pg_catalog.pg_class AS partition ON partition.oid = inhrelid
      WHERE inhparent = to_regclass(${RAW_TABLES[kind].name})`,
  );
  return rows
    .flatMap(({ name, bounds }) => {
      const [, first, end] = /FROM \('([0-9a-f-]{36})'\) TO \('([0-9a-f-]{36})'\)/.exec(bounds) ?? [];
      if (first === undefined || end === undefined) return [];
      const span = { begins: timeOf(first), ends: timeOf(end) };
      // One that somebody made by hand is read like all others, and neither dropped nor counted on.
      return name === nameOf(kind, span.begins) ? [span] : [];
    })
    .sort((a, b) => a.begins - b.begins);
}
