import type { NavigationType, VitalName } from '@rumkit/react-rum/protocol';
import type { DeviceKind } from '../store/rows.js';
import type { RouteSummary, Totals, TrafficBucket, VitalSummary } from '../store/store.js';

export type { RouteSummary, Totals, TrafficBucket, VitalSummary };

/** Spans of time the admin can ask for, ending now. */
export const RANGES = ['1h', '24h', '7d', '30d'] as const;
export type RangeName = (typeof RANGES)[number];

/** `GET {endpoint}/admin/overview?range=24h` */
export interface OverviewResponse {
  readonly range: ResolvedRange;
  readonly totals: Totals;
  readonly vitals: { readonly [name in VitalName]: VitalSummary };
  /** One entry a bucket over the whole range, empty ones included, oldest first. */
  readonly traffic: readonly TrafficBucket[];
}

/** `GET {endpoint}/admin/routes?range=24h` */
export interface RoutesResponse {
  readonly range: ResolvedRange;
  readonly routes: readonly RouteSummary[];
  /** True where there are more routes than shown. */
  readonly truncated: boolean;
}

/** `GET {endpoint}/admin/live` */
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
  signIn: '/admin/sign-in',
  signOut: '/admin/sign-out',
} as const;
