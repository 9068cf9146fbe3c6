import { addRow, type Cells, cellOf, type Dimension, type ViewDimension } from '../../rollup/cells.js';
import { countIn, countVisitor } from '../../rollup/countView.js';
import type { Segment } from '../../rollup/planRange.js';
import type { ColumnDimension } from '../../store.js';
import type { SqlClient } from '../client.js';
import type { Dialect } from '../dialect.js';
import { type Sql, sql } from '../sql.js';
import type { Counted, Limits } from '../thinning.js';
import { readViews, type VitalTuple, vitalsIn, vitalTuple } from './countedViews.js';
import { queryList } from './rawReads.js';
import type { ReadMemory } from './readMemory.js';
import { NAMES, SEGMENTS } from './rollupTables.js';
import { named } from './rollupWrites.js';

/** What every read works with. */
export interface Source {
  readonly client: SqlClient;
  readonly dialect: Dialect;
  readonly memory: ReadMemory;
  /** How much is looked at row by row, where that is to be another amount than usual. */
  readonly limits?: { readonly [kind in Counted]?: Limits };
}

/** How much there is in rollups of each value of dimensions, or of some of them only, by buckets of `step` ms. */
export async function sumRollups(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
  step: number,
  dimensions: readonly Dimension[],
  values: readonly string[] | null = null,
): Promise<
  readonly {
    readonly bucket: number;
    readonly dimension: Dimension;
    readonly value: string;
    readonly n: number;
  }[]
> {
  const rows = await queryList<readonly [number, Dimension, string, number]>(
    client,
    dialect,
    sql`t, dimension, value, n`,
    sql`FROM (
      SELECT bucket - bucket % ${BigInt(step)} AS t, dimension, value, sum(n) AS n
      ${rollupRows(dialect, app, plan, dimensions, valuesIn(dialect, values))} GROUP BY 1, 2, 3
    ) AS sums`,
  );
  return rows.map(([bucket, dimension, value, n]) => ({ bucket, dimension, value, n }));
}

/** How much there is in rollups of each value of a dimension, and of views that have none. */
export async function countRollups(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
  dimension: ColumnDimension,
): Promise<Map<string, number>> {
  const counted = await queryList<readonly [Dimension, string, number]>(
    client,
    dialect,
    sql`dimension, value, n`,
    sql`FROM (
      SELECT dimension, value, sum(n) AS n ${rollupRows(dialect, app, plan, ['all', dimension])} GROUP BY 1, 2
    ) AS counted`,
  );
  const counts = new Map<string, number>();
  let none = 0;
  for (const [of, value, n] of counted) {
    none += of === 'all' ? n : -n;
    if (of !== 'all') counts.set(value, n);
  }
  if (none > 0) counts.set('', none);
  return counts;
}

/** Adds what rollups have of a dimension, or of some of its values only. */
export async function addRollups(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
  cells: Cells,
  dimension: Dimension,
  values: readonly string[] | null = null,
): Promise<void> {
  const rows = await queryList<readonly [string, number, string | null]>(
    client,
    dialect,
    sql`value, n, sketch`,
    rollupRows(dialect, app, plan, [dimension], valuesIn(dialect, values)),
  );
  for (const [value, n, sketch] of rows) addRow(cellOf(cells, dimension, value), n, sketch);
}

/** `AND` and that it is one of some values; nothing where all are wanted. */
function valuesIn(dialect: Dialect, values: readonly string[] | null): Sql {
  if (values === null) return sql``;
  const names = values.map((name) => ({ name }));
  return sql`AND value IN (SELECT name FROM ${dialect.rowsOf(NAMES, names)})`;
}

/** Of which views something is wanted, and what each of them counts for. */
export interface Keyed {
  readonly key: Sql;
  /** A condition. */
  readonly wanted: Sql;
}

/** Adds the vitals of what the plan takes from raw rows. */
export async function addRaw(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
  cells: Cells,
  dimension: ViewDimension,
  { key, wanted }: Keyed,
): Promise<void> {
  const read = { app, spans: rawOf(plan), columns: vitalTuple(key), wanted };
  for await (const views of readViews<VitalTuple>(client, dialect, read)) {
    for (const [name, ratings, ...vitals] of views) {
      countIn(cells, dimension, String(name), { ratings, vitals: vitalsIn(vitals) });
    }
  }
}

/** Adds the visitors of what the plan takes from raw rows. */
export async function addRawVisitors(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
  cells: Cells,
): Promise<void> {
  const read = { app, spans: rawOf(plan), columns: sql`visitor` };
  for await (const views of readViews<readonly [string]>(client, dialect, read)) {
    for (const [visitor] of views) countVisitor(cells, visitor);
  }
}

export function rawOf(plan: readonly Segment[]): readonly Segment[] {
  return plan.filter(({ source }) => source === 'raw');
}

/** FROM and WHERE of the rollups of the plan's segments: one search of the key for each. */
export function rollupRows(
  dialect: Dialect,
  app: string,
  plan: readonly Segment[],
  dimensions: readonly Dimension[],
  wanted: Sql = sql``,
): Sql {
  const segments = plan.filter(({ source }) => source !== 'raw');
  return dialect.searchEach(
    dialect.rowsOf(SEGMENTS, segments),
    sql`rum_rollup`,
    sql`app = ${app} AND grain = source AND dimension IN (${named(dimensions)}) AND bucket >= begins AND bucket < ends ${wanted}`,
  );
}
