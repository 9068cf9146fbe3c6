import type { ErrorBucket, ErrorDetail, Told } from '../../store/errorStore.js';
import type { ResolvedRange } from './commonApi.js';
import type { Estimated } from './vitalApi.js';

/** The buckets of the small charts of errors. */
export interface ErrorTrend {
  /** Begin of the first, epoch ms; it may lie before the range, and only what is in the range is counted. */
  readonly from: number;
  readonly bucketMs: number;
  readonly buckets: number;
}

/** A group of errors that are alike. */
export interface ErrorGroupRow {
  /** 16 hexadecimal digits; `(other)`: the rarest groups together, where there were too many at one time. */
  readonly fingerprint: string;
  /** Null where no single event of it is kept. */
  readonly title: string | null;
  /** Of the error's constructor. */
  readonly name: string | null;
  /** How often it happened, repetitions that an event stands for included. */
  readonly events: number;
  /** Of all errors, 0–1. */
  readonly share: number;
  /** Different ones among the events told. */
  readonly visitors: number;
  readonly routes: number;
  /** Within the range, epoch ms. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** There was none in the 30 days before the range, whatever the filters; false where that cannot be told. */
  readonly isNew: boolean;
  /** Null where nothing is compared, of `(other)`, and where there were too many groups at that time to tell of each. */
  readonly compared: { readonly events: number } | null;
  /** How often in each bucket, oldest first. */
  readonly trend: readonly number[];
}

/** `GET {endpoint}/admin/errors` with the parameters of a {@link Question}: errors that are alike as groups, at most 200, most first. */
export interface ErrorsResponse extends Estimated {
  readonly range: ResolvedRange;
  /** Of all groups, those that are not listed too. */
  readonly events: number;
  /** The same over time. One entry a bucket over the whole range, empty ones included, oldest first. */
  readonly series: readonly ErrorBucket[];
  readonly groups: readonly ErrorGroupRow[];
  readonly trend: ErrorTrend;
  /** What visitors and routes were counted in: the latest events, at most 1,000. */
  readonly told: Told;
  /** True where there are more groups than shown. */
  readonly truncated: boolean;
}

/** `GET {endpoint}/admin/error?fingerprint=0123456789abcdef` with the parameters of a {@link Question}: one group in full. */
export interface ErrorResponse extends ErrorDetail, Estimated {
  readonly range: ResolvedRange;
  /** One entry a bucket over the whole range, empty ones included, oldest first. */
  readonly series: readonly ErrorBucket[];
  readonly compared: { readonly events: number } | null;
}
