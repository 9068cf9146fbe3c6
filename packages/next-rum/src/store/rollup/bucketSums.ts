import { addRow, type Cell, copyCell, emptyCell } from './cells.js';
import type { Grain } from './grains.js';

/** A row of a bucket: what it counts for, and whether it is added there or taken away. */
export interface ReadRow {
  readonly key: string;
  readonly n: number;
  readonly sketch: string | null;
  readonly times: 1 | -1;
}

/** What was read of a bucket: some of its rows, and the digest of all that it counts of views. */
export interface ReadBucket {
  readonly grain: Grain;
  /** Epoch ms. */
  readonly bucket: number;
  /** Null where there is none; such a bucket is never known to be still the same. */
  readonly digest: string | null;
  readonly rows: readonly ReadRow[];
}

/** Buckets added up, key by key. It is never changed, so that several reads may go on from the same one. */
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

  const add = (ofBucket: ReadBucket, sign: 1 | -1): void => {
    for (const { key, n, sketch, times } of ofBucket.rows) {
      let cell = cells.get(key);
      if (cell === undefined) {
        cell = emptyCell('all');
        cells.set(key, cell);
      }
      addRow(cell, n, sketch, times === sign ? 1 : -1);
    }
  };
  for (const bucket of anew ? stayed : []) add(bucket, 1);
  for (const bucket of added) add(bucket, 1);
  for (const bucket of anew ? [] : gone) add(bucket, -1);
  for (const [key, { n }] of cells) if (n === 0) cells.delete(key);
  return { buckets, cells };
}

/** Bytes of memory, about. */
export function sizeOf({ buckets, cells }: BucketSums): number {
  let bytes = 0;
  for (const { rows } of buckets.values()) {
    for (const { key, sketch } of rows) bytes += 150 + key.length + (sketch?.length ?? 0);
  }
  for (const { vitals } of cells.values()) {
    for (const { histogram } of Object.values(vitals ?? {})) bytes += 200 + histogram.counts.byteLength;
  }
  return bytes;
}
