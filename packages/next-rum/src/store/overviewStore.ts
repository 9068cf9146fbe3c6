import type { SeenViews } from './pathStore.js';
import type { VitalSummaries } from './vitalStore.js';

export interface Totals {
  readonly views: number;
  /** Runs of views of one visitor without 30 minutes of silence. */
  readonly sessions: number;
  readonly events: number;
  /** One counts as often as it says it stands for. */
  readonly errors: number;
  /** Views that are sample data. */
  readonly sampleViews: number;
}

/** Views, and sessions that began, in `[t, t + bucketMs)`. */
export interface TrafficBucket {
  readonly t: number;
  readonly views: number;
  readonly sessions: number;
}

/** Views and vitals of one value of a dimension. */
export interface ValueSummary {
  /** Empty: of views that have none. */
  readonly value: string;
  readonly views: number;
  readonly vitals: VitalSummaries;
}

export interface ValueCount {
  /** Empty: of views that have none. */
  readonly value: string;
  readonly views: number;
}

/** Which sessions agents record, where that is not all of them: `sampleRate` and `keepTroubled` of the agent. */
export interface Drawn {
  /** Of the shares of sessions that agents draw the least and the most, 0–1. */
  readonly share: readonly [least: number, most: number];
  /** Views of sessions that were not drawn and are here because they met trouble. */
  readonly kept: number;
  /** Among so many: the latest of the range, at most 1,000. */
  readonly of: number;
}

/** What a filter may be set to. */
export interface FoundValues {
  readonly values: readonly ValueCount[];
  /** Which views were looked at, and stand for the others; null where all were counted. */
  readonly told: SeenViews | null;
}

/** Totals, vitals and traffic of a range. */
export interface Overview {
  readonly totals: Totals;
  readonly vitals: VitalSummaries;
  readonly traffic: readonly TrafficBucket[];
}
