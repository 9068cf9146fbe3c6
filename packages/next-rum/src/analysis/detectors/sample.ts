import type { Where } from './segment.js';

/** One view, and whether it is over the threshold or has an error. */
export interface Sample {
  /** Epoch ms. */
  readonly t: number;
  /** All dimensions in which it can be told from others. */
  readonly values: Where;
  readonly isOver: boolean;
  /** Of the vital, in its unit; null or absent of errors. With it more is told apart than by `isOver`. */
  readonly value?: number | null;
  /** The call that slowed it; null where none did. Absent where nobody looked for it. */
  readonly call?: string | null;
}
