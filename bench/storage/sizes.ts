import type { SqlClient } from '../../packages/next-rum/src/store/prisma/client.js';
import type { Provider } from './databases.js';

/** Bytes that tables take with their indexes. */
export interface Sizes {
  readonly views: number;
  readonly events: number;
  readonly rollups: number;
  /** Of the rollups, by grain: as their rows' lengths are to each other. */
  readonly byGrain: { readonly [grain: string]: number };
}

export async function readSizes(client: SqlClient, provider: Provider): Promise<Sizes> {
  const rollups = await sizeOf(client, provider, 'rum_rollup');
  const grains = await client.$queryRaw<{ grain: string; length: number | bigint }[]>`
    SELECT grain, sum(60 + length(value) + coalesce(length(sketch), 0)) AS length FROM rum_rollup GROUP BY grain`;
  const length = grains.reduce((sum, row) => sum + Number(row.length), 0);
  return {
    views: await sizeOf(client, provider, 'rum_view'),
    events: await sizeOf(client, provider, 'rum_event'),
    rollups,
    byGrain: Object.fromEntries(
      grains.map((row) => [row.grain, Math.round((rollups * Number(row.length)) / length)]),
    ),
  };
}

async function sizeOf(client: SqlClient, provider: Provider, table: string): Promise<number> {
  const [row] =
    provider === 'sqlite'
      ? await client.$queryRaw<{ bytes: number | bigint }[]>`
          SELECT sum(pgsize) AS bytes FROM dbstat WHERE aggregate = true
            AND name IN (SELECT name FROM sqlite_master WHERE tbl_name = ${table})`
      : await client.$queryRaw<{ bytes: number | bigint }[]>`
          SELECT pg_total_relation_size(to_regclass(${table}))
            + coalesce((SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = to_regclass(${table})), 0)
            AS bytes`;
  return Number(row?.bytes ?? 0);
}
