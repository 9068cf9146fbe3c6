import type { Source } from './rollup/rollupCells.js';

/** What erasing works with. */
export interface ErasingSource extends Source {
  /** Name of the marks of buckets that are to be made anew. */
  readonly writer: string;
}
