import type { LossReason } from '../protocol/index.js';
import type { EventDraft } from './eventDraft.js';
import type { Recorder } from './registry.js';
import type { Listeners } from './signals.js';
import type { View } from './view.js';
import type { Views } from './views.js';

/** Ends what was started. */
export type Stop = () => void;

/** Watches one thing. Touches the page only between `start` and the call of what it returns. */
export interface Collector {
  readonly name: string;
  /** @returns What ends it again. */
  start(context: CollectorContext): readonly Stop[];
}

/** What a collector works with. */
export interface CollectorContext {
  /** Where it listens to the agent; not in the core agent. */
  readonly on: Listeners;
  /** Epoch ms, whole. */
  now(): number;
  /**
   * Epoch ms of a `performance` timestamp.
   *
   * A computer that sleeps stops `performance.now()` but not the wall clock, so `timeOrigin + timestamp` can lie days
   * back. Counted back from now instead, and never in the future.
   *
   * @see https://github.com/open-telemetry/opentelemetry-js/issues/852
   */
  at(timeStamp: number): number;
  readonly views: Views;
  /** What the page may tell; a collector adds what it makes possible. */
  readonly recorder: Recorder;
  /**
   * @param draft Undefined: nothing after all.
   * @param at When it happened, epoch ms. Default now.
   * @param view Where. Default the view now shown; without one nothing is recorded.
   * @param most If the view has had as many events of this type, this one is only counted.
   */
  record(draft: EventDraft | undefined, at?: number, view?: View | null, most?: number): void;
  /** @param count How many. Default 1. */
  lose(reason: LossReason, count?: number): void;
}
