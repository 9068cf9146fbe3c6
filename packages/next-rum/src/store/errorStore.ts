/** How often errors of one group happened. An event counts as often as it says it stands for. */
export interface ErrorCount {
  /** As `fingerprintOf` makes it; `(other)`: the rarest ones together, where there were too many at one time. */
  readonly fingerprint: string;
  readonly events: number;
}

/** Errors that happened in `[t, t + stepMs)`. */
export interface ErrorBucket {
  readonly t: number;
  readonly n: number;
}

/** Counts of a group in a range. They are exact, but of a group that was among the rarest for a time, where it is read beside others. */
export interface ErrorTotals extends ErrorCount {
  /** The first and the last within the range, epoch ms. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** There was none in the 30 days before the range, whatever the filters; false where that cannot be told. */
  readonly isNew: boolean;
  /** Only buckets that are not empty, by time. They are aligned to the epoch, so that the first and the last may reach out of the range. */
  readonly series: readonly ErrorBucket[];
}

/** Which single events were looked at: all of the range from a moment on, unless there were too many of one moment. */
export interface Told {
  /** How many there were, repetitions included. */
  readonly events: number;
  /** Begin of the time they are from, epoch ms. */
  readonly since: number;
  /** Whether that is every one of the range. */
  readonly complete: boolean;
}

export interface ErrorGroup extends ErrorTotals {
  /** Null where no single event of it is kept. */
  readonly title: string | null;
  /** Of the error's constructor. */
  readonly name: string | null;
  /** Different ones among the events told. */
  readonly visitors: number;
  readonly routes: number;
}

export interface ErrorGroups {
  /** Of all groups, those beyond the limit too. */
  readonly events: number;
  /** Likewise, over time: only buckets that are not empty, by time. */
  readonly series: readonly ErrorBucket[];
  readonly groups: readonly ErrorGroup[];
  /** What visitors and routes were counted in. */
  readonly told: Told;
}

/** What errors can be told apart by. */
export const ERROR_DIMENSIONS = ['route', 'release', 'browser', 'os', 'device', 'country', 'source'] as const;
export type ErrorDimension = (typeof ERROR_DIMENSIONS)[number];

export interface ErrorValue {
  /** Empty: of errors that have none, or whose view is not known. */
  readonly value: string;
  readonly events: number;
  readonly visitors: number;
}

/** One time that it happened. */
export interface ErrorOccurrence {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly route: string;
  readonly viewId: string;
  /** How many alike it stands for. */
  readonly count: number;
  readonly message: string;
  readonly release: string | null;
  readonly browser: string | null;
  readonly os: string | null;
  readonly device: string | null;
  readonly country: string | null;
}

/** What the latest event of a group says. */
export interface ErrorSample {
  readonly at: number;
  readonly name: string;
  readonly message: string;
  readonly source: string | null;
  readonly stack: string | null;
  readonly componentStack: string | null;
  readonly digest: string | null;
}

export interface ErrorDetail extends ErrorTotals {
  readonly title: string | null;
  /** Null where no single event is kept. */
  readonly latest: ErrorSample | null;
  /** What all that follows was counted in. */
  readonly told: Told;
  readonly visitors: number;
  readonly views: number;
  /** Most events first, at most 20 each. */
  readonly by: { readonly [dimension in ErrorDimension]: readonly ErrorValue[] };
  /** Latest first, at most 20. */
  readonly occurrences: readonly ErrorOccurrence[];
}
