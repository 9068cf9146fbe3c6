import type { Timings } from '../analysis/timings/timingsOf.js';
import type { SampledTold } from './latestStore.js';

/** Timings of a range, added up. */
export interface TimingGroups extends Timings {
  /** What they were counted in. */
  readonly told: SampledTold;
}
