import type { Told } from './errorStore.js';
import type { EventRow } from './rows.js';

/** An event as far as it is read. */
export type StoredEvent = Pick<
  EventRow,
  'id' | 'viewId' | 'type' | 'occurredAt' | 'visitor' | 'route' | 'name' | 'duration' | 'data'
>;

/** The latest events of a range, and from when on those are all there were. */
export interface LatestEvents {
  /** Latest first. */
  readonly events: readonly StoredEvent[];
  readonly told: Told;
}
