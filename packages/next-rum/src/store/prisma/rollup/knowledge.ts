import type { FoldedDimension } from '../../rollup/cells.js';
import { GRAIN_MS, type Grain } from '../../rollup/grains.js';
import type { Knowledge, Segment } from '../../rollup/planRange.js';
import type { SqlClient, SqlRunner } from '../client.js';
import type { Dialect } from '../dialect.js';
import { queryRows, sql } from '../sql.js';
import { queryList } from './rawReads.js';

export type Since = Knowledge['since'];

/** From when on each kind of row is complete, epoch ms. */
export async function readSince(client: SqlRunner): Promise<Since> {
  const rows = await queryRows<{ kind: Segment['source']; since: bigint | number }>(
    client,
    sql`SELECT kind, since FROM rum_retained`,
  );
  const since = { raw: 0, minute: 0, hour: 0, day: 0 };
  for (const row of rows) since[row.kind] = Number(row.since);
  return since;
}

/** What can be relied on between `from`, less the time that a row may reach, and `to`, epoch ms. */
export async function readKnowledge(
  client: SqlClient,
  dialect: Dialect,
  { app, from, to }: { readonly app: string; readonly from: number; readonly to: number },
): Promise<Knowledge> {
  const since = await readSince(client);
  const marks = await queryList<readonly [Grain, number]>(
    client,
    dialect,
    sql`grain, bucket`,
    sql`FROM (
      SELECT DISTINCT grain, bucket FROM rum_dirty
      WHERE app = ${app} AND grain IN ('minute', 'hour', 'day')
        AND bucket >= ${BigInt(Math.max(from, since.raw))} AND bucket < ${BigInt(to)}
    ) AS marks`,
  );
  // A mark from before that is a row which came after its time's raw rows had gone: the rollups know more than it does.
  return { since, dirty: marks.map(([grain, bucket]) => ({ grain, bucket })) };
}

/** The buckets that meet a span, epoch ms, and count some values of a dimension together. */
export async function readFolded(
  client: SqlClient,
  dialect: Dialect,
  { app, from, to }: { readonly app: string; readonly from: number; readonly to: number },
  dimension: FoldedDimension,
): Promise<NonNullable<Knowledge['folded']>> {
  const buckets = await queryList<readonly [Grain, number]>(
    client,
    dialect,
    sql`grain, bucket`,
    sql`FROM rum_rollup WHERE app = ${app} AND grain IN ('minute', 'hour', 'day') AND dimension = 'folded'
      AND bucket > ${BigInt(from - GRAIN_MS.day)} AND bucket < ${BigInt(to)} AND value = ${dimension}`,
  );
  return buckets.map(([grain, bucket]) => ({ grain, bucket }));
}
