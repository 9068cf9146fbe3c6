import { bucketKey, changeSums, NO_SUMS, type ReadBucket, type ReadRow } from '../../rollup/bucketSums.js';
import type { Cell, Dimension, ViewDimension } from '../../rollup/cells.js';
import { DIGEST_LENGTH, digestIn } from '../../rollup/digest.js';
import { GRAIN_MS, type Grain } from '../../rollup/grains.js';
import type { Segment } from '../../rollup/planRange.js';
import type { TimeRange } from '../../store.js';
import type { Dialect } from '../dialect.js';
import { constantSql, queryRows, type Sql, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { queryList } from './rawReads.js';
import { rollupRows, type Source } from './rollupCells.js';
import { NAMES } from './rollupTables.js';

/** More values than this are not remembered: most of them are made up, and those of few buckets would be remembered for nothing. */
const MAX_VALUES = 500;
/** Buckets that are read without asking first how many values they have. */
const FEW_BUCKETS = 8;

/** Which rows are added up, and for what. */
export interface Grouping {
  readonly dimension: ViewDimension;
  /** Which of its rows, and whether they are added, or taken from all views; null: all of them, and all views besides. */
  readonly selection: Selection | null;
  /** ms; rows count for buckets of this length, whose beginning is their key. Null: for their values. */
  readonly step: number | null;
}

/** Views of values: those of some, or of all but some; each counted by adding rows, or by taking rows from `all`. */
export interface Selection {
  readonly values: readonly string[];
  /** Whether rows of these values are read, or those of all others. */
  readonly rows: 'these' | 'others';
  readonly times: 1 | -1;
}

/** Key of all views where rows count for their values. No value has a NUL. */
export const ALL_VIEWS = '\0';

/**
 * What rollups have of each value of a dimension, or of some of them in each bucket of a chart. What the last read of a range of
 * this length added up is taken from memory, as far as the digests of its buckets say that they are still the same: any instance
 * may make any bucket anew at any time. The cells are shared, and not to be changed. Null where there are too many values to
 * remember.
 */
export async function rememberedCells(
  source: Source,
  { app, from, to }: TimeRange,
  plan: readonly Segment[],
  grouping: Grouping,
): Promise<ReadonlyMap<string, Cell> | null> {
  const key = JSON.stringify([app, grouping, to - from]);
  const known = source.memory.sums.get(key) ?? NO_SUMS;
  const present = await readDigests(source, app, plan);
  const isSame = (bucket: string): boolean => {
    const digest = present.get(bucket)?.digest ?? null;
    return digest !== null && known.buckets.get(bucket)?.digest === digest;
  };
  const gone = [...known.buckets].filter(([bucket]) => !isSame(bucket)).map(([, read]) => read);
  const missing = [...present].filter(([bucket]) => !isSame(bucket)).map(([, digest]) => digest);
  if (gone.length === 0 && missing.length === 0) return known.cells;
  const { dimension, selection, step } = grouping;
  if (
    step === null &&
    selection === null &&
    missing.length > FEW_BUCKETS &&
    (await countValues(source, app, plan, dimension)) > MAX_VALUES
  )
    return null;
  const added = await readBuckets(source, app, missing, grouping);
  const sums = changeSums(known, { gone, added });
  if (sums.cells.size <= MAX_VALUES) source.memory.sums.set(key, sums);
  return sums.cells;
}

type Digest = Omit<ReadBucket, 'rows'>;

/** What {@link digestIn} looks at. */
export const digestEnd: Sql = constantSql(`substr(sketch, length(sketch) - ${DIGEST_LENGTH - 1})`);

async function readDigests(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
): Promise<ReadonlyMap<string, Digest>> {
  const rows = await queryList<readonly [Grain, number, string | null]>(
    client,
    dialect,
    sql`source, bucket, ${digestEnd}`,
    rollupRows(dialect, app, plan, ['all']),
  );
  return new Map(
    rows.map(([grain, bucket, end]) => [
      bucketKey({ grain, bucket }),
      { grain, bucket, digest: digestIn(end) },
    ]),
  );
}

async function countValues(
  { client, dialect }: Source,
  app: string,
  plan: readonly Segment[],
  dimension: ViewDimension,
): Promise<number> {
  const [row] = await queryRows<StoredRow>(
    client,
    sql`SELECT count(DISTINCT value) AS n ${rollupRows(dialect, app, plan, [dimension])}`,
  );
  return Number(row?.n ?? 0);
}

/** The digests come along with the rows, since they may be others by now than when they were read. */
async function readBuckets(
  { client, dialect }: Source,
  app: string,
  wanted: readonly Digest[],
  { dimension, selection, step }: Grouping,
): Promise<readonly ReadBucket[]> {
  if (wanted.length === 0) return [];
  const segments = wanted.map(({ grain, bucket }) => ({
    source: grain,
    begins: bucket,
    ends: bucket + GRAIN_MS[grain],
  }));
  const dimensions: readonly Dimension[] = dimension === 'all' ? ['all'] : ['all', dimension];
  const ofAll = dimension === 'all' || selection === null || selection.times === -1;
  const rows = await queryList<readonly [Grain, number, Dimension, string, number, string | null]>(
    client,
    dialect,
    sql`source, bucket, dimension, value, n, ${ofAll ? sql`sketch` : sql`CASE WHEN dimension = 'all' THEN ${digestEnd} ELSE sketch END`}`,
    rollupRows(dialect, app, segments, dimensions, wantedRows(dialect, selection)),
  );
  const keyOf = (of: Dimension, value: string): string => {
    if (selection !== null) return '';
    return of === dimension ? value : ALL_VIEWS;
  };
  const buckets = new Map<string, Digest>();
  const rowsOf = new Map<string, ReadRow[]>();
  for (const [grain, bucket, of, value, n, sketch] of rows) {
    const name = bucketKey({ grain, bucket });
    if (of === 'all') {
      buckets.set(name, { grain, bucket, digest: digestIn(sketch) });
      if (!ofAll) continue;
    }
    const key = step !== null ? String(bucket - (bucket % step)) : keyOf(of, value);
    const row: ReadRow = { key, n, sketch, times: of === 'all' ? 1 : (selection?.times ?? 1) };
    const ofBucket = rowsOf.get(name);
    if (ofBucket === undefined) rowsOf.set(name, [row]);
    else ofBucket.push(row);
  }
  return [...buckets].map(([name, bucket]) => ({ ...bucket, rows: rowsOf.get(name) ?? [] }));
}

function wantedRows(dialect: Dialect, selection: Selection | null): Sql {
  if (selection === null) return sql``;
  const names = sql`SELECT name FROM ${dialect.rowsOf(
    NAMES,
    selection.values.map((name) => ({ name })),
  )}`;
  return selection.rows === 'these'
    ? sql`AND (dimension = 'all' OR value IN (${names}))`
    : sql`AND (dimension = 'all' OR value NOT IN (${names}))`;
}
