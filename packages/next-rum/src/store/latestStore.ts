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

/** What a sample was taken of, or from when on the latest are all there were. */
export interface SampledTold extends Told {
  /** How many the range has, whatever the filters, of which those are from all over it; null where they are the latest. */
  readonly of: number | null;
}

/** All events of a range, or a sample of them. */
export interface SampledEvents extends LatestEvents {
  readonly told: SampledTold;
}
