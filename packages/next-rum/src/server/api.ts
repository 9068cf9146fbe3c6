import type { NavigationType, VitalName } from '@rumkit/react-rum/protocol';
import type { DeviceKind } from '../store/rows.js';
import type { RouteSummary, Totals, TrafficBucket, VitalSummary } from '../store/store.js';

export type { RouteSummary, Totals, TrafficBucket, VitalSummary };

/** Spans of time the admin can ask for, ending now. */
export const RANGES = ['1h', '24h', '7d', '30d'] as const;
export type RangeName = (typeof RANGES)[number];

/** Whose views the admin can ask for. `bots`: those of crawlers and driven browsers, which are kept apart. */
export const AUDIENCES = ['visitors', 'bots'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** `GET {endpoint}/admin/overview?range=24h&audience=visitors` */
export interface OverviewResponse {
  readonly range: ResolvedRange;
  readonly totals: Totals;
  readonly vitals: { readonly [name in VitalName]: VitalSummary };
  /** One entry a bucket over the whole range, empty ones included, oldest first. */
  readonly traffic: readonly TrafficBucket[];
  readonly bots: {
    /** Whether new ones are kept apart, or counted as visitors. */
    readonly mode: 'apart' | 'counted';
    /** How many views of the range are kept apart, whichever audience was asked for. */
    readonly views: number;
  };
}

/** `GET {endpoint}/admin/routes?range=24h&audience=visitors` */
export interface RoutesResponse {
  readonly range: ResolvedRange;
  readonly routes: readonly RouteSummary[];
  /** True where there are more routes than shown. */
  readonly truncated: boolean;
}

/** `GET {endpoint}/admin/live?audience=visitors` */
export interface LiveResponse {
  /** Server clock, epoch ms: ages are shown against it. */
  readonly now: number;
  /** The latest views of the last 30 minutes, latest first. */
  readonly views: readonly LiveView[];
}

export interface LiveView {
  readonly id: string;
  readonly startedAt: number;
  readonly route: string;
  readonly path: string;
  readonly navigationType: NavigationType;
  readonly device: DeviceKind;
  readonly browser: string | null;
  readonly country: string | null;
  readonly vitals: { readonly [name in VitalName]: number | null };
  readonly sample: boolean;
}

/** Half-open, epoch ms, aligned to whole buckets: it ends with the bucket that holds the present. */
export interface ResolvedRange {
  readonly name: RangeName;
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

/**
 * `draining`: the process is about to end and takes nothing more. `degraded`: batches are taken, but a job failed or lags;
 * said only to whoever may open the admin.
 */
export type HealthStatus = 'ok' | 'degraded' | 'draining' | 'unavailable';

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
  /** What waits for its commit in this process; null where there is no store yet. */
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
}

/** Body of every answer of the admin API that is not 2xx. */
export interface ApiError {
  readonly error:
    | 'unauthorized'
    | 'forbidden'
    | 'not_found'
    | 'method_not_allowed'
    | 'invalid_parameter'
    | 'throttled'
    | 'unavailable'
    | 'internal';
  readonly message: string;
  /** With `invalid_parameter`: its name. */
  readonly parameter?: string;
}

/** Where each answer is found, relative to the endpoint. */
export const ADMIN_PATHS = {
  overview: '/admin/overview',
  routes: '/admin/routes',
  live: '/admin/live',
  health: '/health',
  signIn: '/admin/sign-in',
  signOut: '/admin/sign-out',
} as const;
