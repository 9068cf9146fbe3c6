import { addRow, type Cell, copyCell, type Dimension, emptyCell } from './cells.js';
import type { Grain } from './grains.js';

/** What was read of a bucket: its rows of one dimension, and the digest of all that it counts of views. */
export interface ReadBucket {
  readonly grain: Grain;
  /** Epoch ms. */
  readonly bucket: number;
  /** Null where there is none; such a bucket is never known to be still the same. */
  readonly digest: string | null;
  readonly rows: readonly (readonly [value: string, n: number, sketch: string | null])[];
}

/** Buckets added up, value by value. It is never changed, so that several reads may go on from the same one. */
export interface BucketSums {
  readonly buckets: ReadonlyMap<string, ReadBucket>;
  readonly cells: ReadonlyMap<string, Cell>;
}

export const NO_SUMS: BucketSums = { buckets: new Map(), cells: new Map() };

export function bucketKey({ grain, bucket }: { readonly grain: Grain; readonly bucket: number }): string {
  return `${grain} ${bucket}`;
}

/**
 * Sums without some buckets, and with others. What they had in common is not added up again.
 *
 * @param gone Of `sums`.
 */
export function changeSums(
  sums: BucketSums,
  dimension: Dimension,
  { gone, added }: { readonly gone: readonly ReadBucket[]; readonly added: readonly ReadBucket[] },
): BucketSums {
  const buckets = new Map(sums.buckets);
  for (const bucket of gone) buckets.delete(bucketKey(bucket));
  const stayed = [...buckets.values()];
  for (const bucket of added) buckets.set(bucketKey(bucket), bucket);
  // Adding what stays is less work then.
  const anew = stayed.length < gone.length;
  const cells = new Map<string, Cell>();
  if (!anew) for (const [value, cell] of sums.cells) cells.set(value, copyCell(cell));

  const add = (ofBucket: ReadBucket, times: 1 | -1): void => {
    for (const [value, n, sketch] of ofBucket.rows) {
      let cell = cells.get(value);
      if (cell === undefined) {
        cell = emptyCell(dimension);
        cells.set(value, cell);
      }
      addRow(cell, n, sketch, times);
      if (cell.n === 0) cells.delete(value);
    }
  };
  for (const bucket of anew ? stayed : []) add(bucket, 1);
  for (const bucket of added) add(bucket, 1);
  for (const bucket of anew ? [] : gone) add(bucket, -1);
  return { buckets, cells };
}

/** Bytes of memory, about. */
export function sizeOf({ buckets, cells }: BucketSums): number {
  let bytes = 0;
  for (const { rows } of buckets.values()) {
    for (const [value, , sketch] of rows) bytes += 100 + value.length + (sketch?.length ?? 0);
  }
  for (const { vitals } of cells.values()) {
    for (const { histogram } of Object.values(vitals ?? {})) bytes += 200 + histogram.counts.byteLength;
  }
  return bytes;
}
