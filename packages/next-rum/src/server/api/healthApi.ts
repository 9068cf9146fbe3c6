/**
 * `draining`: the process is about to end and takes nothing more. `degraded`: batches are taken, but a job failed or lags,
 * or some of the details could not be read; said only to whoever may open the admin.
 */
export type HealthStatus = 'ok' | 'degraded' | 'draining' | 'unavailable';

/** What of the details is read from somewhere that may not answer. */
export type HealthPart =
  | 'store.thread'
  | 'buffer'
  | 'lastCommit'
  | 'lastFailure'
  | 'lastHour'
  | 'lastDay'
  | 'deadLetters'
  | 'deadLetterReasons'
  | 'jobs';

/** `GET {endpoint}/health?details`. Times are epoch ms. Without `details` only `status`, for anyone. */
export interface HealthResponse {
  readonly status: HealthStatus;
  readonly now: number;
  readonly store: {
    readonly state: 'ok' | 'unavailable';
    readonly pingMs: number | null;
    /** Code of the store's error. */
    readonly error: string | null;
    /** Null where the database does not answer. */
    readonly thread: ThreadHealth | null;
  };
  /** What waits for its commit in this process; null where that could not be read. */
  readonly buffer: {
    readonly rows: number;
    readonly maxRows: number;
    readonly bytes: number;
    readonly maxBytes: number;
    /** 0–1; at 1 batches are turned away. */
    readonly fill: number;
    readonly committingSince: number | null;
  } | null;
  readonly lastCommit: { readonly at: number; readonly rows: number; readonly durationMs: number } | null;
  readonly lastFailure: { readonly at: number; readonly code: string } | null;
  /** Counted by this process in its last hour of work. */
  readonly process: IngestTotals;
  /** Counted by all instances in the last hour; null where the database does not tell. */
  readonly lastHour: IngestTotals | null;
  /** The same of the last 24 hours. */
  readonly lastDay: IngestSums | null;
  /** Rows that the database refused and that were put aside, at most 1,000. */
  readonly deadLetters: number | null;
  /** Those rows by what the database said of them, the 20 most frequent reasons. */
  readonly deadLetterReasons: { readonly [reason: string]: number } | null;
  readonly jobs: readonly JobHealth[];
  /** What could not be read in time: null above, or empty. The log has the reasons. */
  readonly unread: readonly HealthPart[];
}

/**
 * Where the store works, and batches are read: in a thread of its own, or in that of the app. `serverless`: as it should be
 * there. `not_found`: the thread's code is not where the app runs. `other_version`: it is not of the version that the app was built with.
 * `failed`: it could not be run.
 */
export type ThreadHealth =
  | { readonly state: 'own' }
  | {
      readonly state: 'shared';
      readonly reason: 'serverless' | 'not_found' | 'other_version' | 'failed';
    };

export interface IngestTotals extends IngestSums {
  /** Oldest first; minutes without anything are left out. */
  readonly minutes: readonly IngestMinute[];
}

export interface IngestMinute extends IngestSums {
  /** Its start. */
  readonly minute: number;
}

/**
 * `batches.received` is the sum of `accepted`, `refused` and `deferred`, and `items.received` that of `accepted`,
 * `duplicate` and `rejected`. Items are counted with the batch that is accepted.
 */
export interface IngestSums {
  readonly batches: {
    readonly received: number;
    readonly accepted: number;
    /** By error: `malformed`, `too_large`, … The sender gives up. */
    readonly refused: { readonly [error: string]: number };
    /** By cause: `busy`, `unavailable`, … The sender comes again. */
    readonly deferred: { readonly [cause: string]: number };
  };
  readonly items: {
    readonly received: number;
    readonly accepted: number;
    readonly duplicate: number;
    /** By reason: `invalid`, `unknown_type`, `too_large`, `storage`. */
    readonly rejected: { readonly [reason: string]: number };
    /** Committed after their batch had been told to come again; they come again as duplicates. */
    readonly late: number;
  };
  /** Of the rows taken on. */
  readonly rows: {
    readonly bot: number;
    readonly clockCorrected: number;
    readonly clockClamped: number;
    /** Route, release or name became `(other)`. */
    readonly otherLabel: number;
  };
}

/** How a job that runs beside the requests is doing. Times are epoch ms. */
export interface JobHealth {
  readonly name: string;
  readonly state: 'ok' | 'late' | 'failed';
  readonly lastRunAt: number | null;
  /** Why it failed last; null where it did not. */
  readonly error: string | null;
  /** What else should be known of it; null where there is nothing. */
  readonly note: string | null;
}
