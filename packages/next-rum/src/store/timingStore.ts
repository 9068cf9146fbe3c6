import type { Timings } from '../analysis/timings/timingsOf.js';
import type { Told } from './errorStore.js';

/** Timings of a range, added up. */
export interface TimingGroups extends Timings {
  /** What they were counted in. */
  readonly told: Told;
}
