import type { RumEvent } from '../protocol/index.js';

/** An event before it is known where it belongs. */
export type EventDraft = DraftOf<RumEvent>;
/** Distributes over the union. */
type DraftOf<Event> = Event extends RumEvent ? Omit<Event, 'id' | 'viewId' | 'at' | 'route'> : never;
