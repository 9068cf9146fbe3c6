import type { Grain } from './rollup/grains.js';

/** How long rows are kept, ms. Hours are kept at least as long as raw rows. */
export interface Retention {
  readonly raw: number;
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
}

/** Raw rows 30 days, minutes 48 hours, hours 90 days, days 13 months. */
export const DEFAULT_RETENTION: Retention = {
  raw: 30 * 86_400_000,
  minute: 2 * 86_400_000,
  hour: 90 * 86_400_000,
  day: 396 * 86_400_000,
};

export interface JobOptions {
  /** Epoch ms; asked again in the course of the job. */
  readonly now: () => number;
  readonly retention?: Retention;
}

/** `busy`: another instance is at it, or took over meanwhile. */
export type RollUpResult =
  | { readonly kind: 'busy' }
  | { readonly kind: 'done'; readonly minutes: number; readonly hours: number; readonly days: number };

export type RetainResult =
  | { readonly kind: 'busy' }
  | {
      readonly kind: 'done';
      readonly views: number;
      readonly events: number;
      readonly rollups: number;
    };

/** `partitions`: only where the database has them, that is on PostgreSQL. */
export type JobName = 'rollup' | 'retention' | 'watch' | 'findings' | 'partitions';

/** How a job fares. */
export interface JobState {
  readonly name: JobName;
  /**
   * `failed`: its last run did not succeed. `late`: it is over 15 minutes (retention, watch and findings: 26 hours) behind; partitions: there are none
   * for tomorrow.
   */
  readonly state: 'ok' | 'late' | 'failed';
  /** End of its last run that succeeded, epoch ms. Null where there was none. */
  readonly lastRunAt: number | null;
  /** Epoch ms; null where it never failed. */
  readonly failedAt: number | null;
  /** Why its last run failed; null where it did not. */
  readonly error: string | null;
  /** What else should be known of it, such as that it lost what it knew; null where there is nothing. */
  readonly note: string | null;
  /** How far it is behind, ms: age of what should have been counted, or deleted, by now. */
  readonly lag: number;
}

/** The work that is done again and again, so that reads are fast and no row stays too long. */
export interface JobStore {
  /**
   * Counts what was written since the last run into minutes, hours and UTC days, so that reads need not look at raw rows.
   * Reads are right without it too, only slower. Safe to run in several instances: one works, the others are `busy`.
   *
   * @param grains Which to bring up to date, default all. Hours are made of minutes and days of hours.
   */
  rollUp(options: JobOptions & { readonly grains?: readonly Grain[] }): Promise<RollUpResult>;
  /**
   * Deletes what is older than it may be, whole partitions where all of one is, else at most 5,000 rows a transaction, and gives
   * the disk space back. Makes the partitions of the next days first.
   */
  retain(options: JobOptions): Promise<RetainResult>;
  /** How the jobs fare, for whoever watches the collector's health. */
  jobs(now: number): Promise<readonly JobState[]>;
}
