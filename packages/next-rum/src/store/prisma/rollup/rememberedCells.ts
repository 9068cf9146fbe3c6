import { bucketKey, changeSums, NO_SUMS, type ReadBucket } from '../../rollup/bucketSums.js';
import type { Cell, Dimension, ViewDimension } from '../../rollup/cells.js';
import { DIGEST_LENGTH, digestIn } from '../../rollup/digest.js';
import { GRAIN_MS, type Grain } from '../../rollup/grains.js';
import type { Segment } from '../../rollup/planRange.js';
import type { TimeRange } from '../../store.js';
import { constantSql, queryRows, type Sql, sql } from '../sql.js';
import type { StoredRow } from '../tables.js';
import { queryList } from './rawReads.js';
import { rollupRows, type Source } from './rollupCells.js';

/** More values than this are not remembered: most of them are made up, and those of few buckets would be remembered for nothing. */
const MAX_VALUES = 500;
/** Buckets that are read without asking first how many values they have. */
const FEW_BUCKETS = 8;

/**
 * What rollups have of each value of a dimension. What the last read of a range of this length added up is taken from
 * memory, as far as the digests of its buckets say that they are still the same: any instance may make any bucket anew at
 * any time. The cells are shared, and not to be changed. Null where there are too many values to remember.
 */
export async function rememberedCells(
  source: Source,
  { app, from, to }: TimeRange,
  plan: readonly Segment[],
  dimension: ViewDimension,
): Promise<ReadonlyMap<string, Cell> | null> {
  const key = JSON.stringify([app, dimension, to - from]);
  const known = source.memory.sums.get(key) ?? NO_SUMS;
  const present = await readDigests(source, app, plan);
  const isSame = (bucket: string): boolean => {
    const digest = present.get(bucket)?.digest ?? null;
    return digest !== null && known.buckets.get(bucket)?.digest === digest;
  };
  const gone = [...known.buckets].filter(([bucket]) => !isSame(bucket)).map(([, read]) => read);
  const missing = [...present].filter(([bucket]) => !isSame(bucket)).map(([, digest]) => digest);
  if (gone.length === 0 && missing.length === 0) return known.cells;
  if (missing.length > FEW_BUCKETS && (await countValues(source, app, plan, dimension)) > MAX_VALUES)
    return null;
  const added = await readBuckets(source, app, missing, dimension);
  const sums = changeSums(known, dimension, { gone, added });
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
  dimension: ViewDimension,
): Promise<readonly ReadBucket[]> {
  if (wanted.length === 0) return [];
  const segments = wanted.map(({ grain, bucket }) => ({
    source: grain,
    begins: bucket,
    ends: bucket + GRAIN_MS[grain],
  }));
  const dimensions: readonly Dimension[] = dimension === 'all' ? ['all'] : ['all', dimension];
  const rows = await queryList<readonly [Grain, number, Dimension, string, number, string | null]>(
    client,
    dialect,
    sql`source, bucket, dimension, value, n, CASE WHEN dimension = ${dimension} THEN sketch ELSE ${digestEnd} END`,
    rollupRows(dialect, app, segments, dimensions),
  );
  const buckets = new Map<string, Digest>();
  const rowsOf = new Map<string, ReadBucket['rows'][number][]>();
  for (const [grain, bucket, of, value, n, sketch] of rows) {
    const key = bucketKey({ grain, bucket });
    if (of === 'all') buckets.set(key, { grain, bucket, digest: digestIn(sketch) });
    if (of !== dimension) continue;
    const ofBucket = rowsOf.get(key);
    if (ofBucket === undefined) rowsOf.set(key, [[value, n, sketch]]);
    else ofBucket.push([value, n, sketch]);
  }
  return [...buckets].map(([key, bucket]) => ({ ...bucket, rows: rowsOf.get(key) ?? [] }));
}
