import type { CustomEvent, ErrorEvent } from '../protocol/index.js';
import type { Clock } from './clock.js';
import type { ViewLog } from './viewLog.js';

/** Watches one thing. Touches the page only between `start` and the call of what it returns. */
export interface Collector {
  readonly name: string;
  /** @returns Stops watching. */
  start(context: CollectorContext): () => void;
}

/** What a collector works with. */
export interface CollectorContext {
  readonly clock: Clock;
  readonly sessionId: string;
  readonly views: ViewLog;
  /** A view changed: it is sent with the next batch. */
  changed(): void;
  /**
   * @param draft Null: nothing after all.
   * @param at When it happened, epoch ms. Default now.
   */
  record(draft: EventDraft | null, at?: number): void;
}

/** An event before it is known where it belongs. */
export type EventDraft = DraftOf<CustomEvent> | DraftOf<ErrorEvent>;
type DraftOf<Event> = Omit<Event, 'id' | 'viewId' | 'at' | 'route'>;
