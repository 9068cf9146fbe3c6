import { appsOf } from '../prisma/apps.js';
import { firstIdOf } from '../prisma/partitions/idRanges.js';
import { makePartitionsOf } from '../prisma/partitions/makePartitions.js';
import type { NamedSpan } from '../prisma/partitions/missingPartitions.js';
import { RAW_KINDS, RAW_TABLES } from '../prisma/rawTables.js';
import { constantSql, queryRows, sql } from '../prisma/sql.js';
import { bucketOf, GRAIN_MS } from '../rollup/grains.js';
import type { Side } from './copyRows.js';

/** Older ones go to the default partition: they will be deleted sooner than a partition would pay. */
const MAX_DAYS = 40;

/** Makes the partitions of the days that the source has rows of, so that they can be dropped as a whole one day. */
export async function partitionCopies(source: Side, target: Side, now: number): Promise<void> {
  if (!target.dialect.hasPartitions) return;
  const today = bucketOf(now, 'day');
  const filled: NamedSpan[] = [];
  for (const kind of RAW_KINDS) {
    for (let begins = today - MAX_DAYS * GRAIN_MS.day; begins <= today; begins += GRAIN_MS.day) {
      const span = { kind, begins, ends: begins + GRAIN_MS.day };
      if (await hasRows(source, span)) filled.push(span);
    }
  }
  await makePartitionsOf(target, filled);
}

async function hasRows({ client }: Side, { kind, begins, ends }: NamedSpan): Promise<boolean> {
  const { name } = RAW_TABLES[kind];
  for (const app of await appsOf(client, name)) {
    const rows = await queryRows(
      client,
      sql`SELECT 1 AS found FROM ${constantSql(name)}
        WHERE app = ${app} AND id >= ${firstIdOf(begins)} AND id < ${firstIdOf(ends)} LIMIT 1`,
    );
    if (rows.length > 0) return true;
  }
  return false;
}
