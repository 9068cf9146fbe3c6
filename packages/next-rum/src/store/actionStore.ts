import type { Actions } from '../analysis/actions/actionsOf.js';
import type { SampledTold } from './latestStore.js';

/** Actions of a range, added up. */
export interface ActionGroups extends Actions {
  /** What they were counted in. */
  readonly told: SampledTold;
}
