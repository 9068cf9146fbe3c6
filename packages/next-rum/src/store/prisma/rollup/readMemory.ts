import { type BucketSums, sizeOf } from '../../rollup/bucketSums.js';
import { createMemory, type Memory } from '../../rollup/memory.js';
import { sizeOfVisits, type Visits } from '../../rollup/visits.js';

/** What a store remembers of what it read. All of it is compared with the database before it is used. */
export interface ReadMemory {
  readonly sums: Memory<BucketSums>;
  readonly visits: Memory<Visits>;
}

const MEGABYTE = 2 ** 20;

/** Up to 40 MB. */
export function createReadMemory(): ReadMemory {
  return { sums: createMemory(32 * MEGABYTE, sizeOf), visits: createMemory(8 * MEGABYTE, sizeOfVisits) };
}
