import type { Interval } from '../../store/vitalStore.js';
import type { Role } from '../config.js';
import type { RangeName } from '../question.js';

/** How many of how many, with 95 % interval (Wilson), 0–1. Null where there is nobody. */
export interface ShareFigure {
  readonly part: number;
  readonly whole: number;
  readonly share: number | null;
  readonly interval: Interval | null;
}

/** Half-open, epoch ms, aligned to whole buckets: a named one ends with the bucket that holds the present. */
export interface ResolvedRange {
  readonly name: RangeName | 'custom';
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
}

/** `POST {endpoint}/admin/sign-in` */
export interface SignInResponse {
  readonly role: Role;
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
    | 'conflict'
    | 'unavailable'
    | 'too_slow'
    | 'internal';
  readonly message: string;
  /** With `invalid_parameter`: its name. */
  readonly parameter?: string;
  /** With `too_slow`, where a narrower question is known: the span to ask for instead, half-open, epoch ms. */
  readonly from?: number;
  readonly to?: number;
}

/** Where each answer is found, relative to the endpoint. */
export const ADMIN_PATHS = {
  overview: '/admin/overview',
  vital: '/admin/vital',
  breakdown: '/admin/breakdown',
  values: '/admin/values',
  causes: '/admin/causes',
  errors: '/admin/errors',
  error: '/admin/error',
  requests: '/admin/requests',
  request: '/admin/request',
  sessions: '/admin/sessions',
  session: '/admin/session',
  actions: '/admin/actions',
  timings: '/admin/timings',
  journey: '/admin/journey',
  names: '/admin/names',
  funnel: '/admin/funnel',
  goals: '/admin/goals',
  impact: '/admin/impact',
  retention: '/admin/retention',
  live: '/admin/live',
  savedViews: '/admin/saved-views',
  markers: '/admin/markers',
  notes: '/admin/notes',
  changes: '/admin/changes',
  alerts: '/admin/alerts',
  insights: '/admin/insights',
  insight: '/admin/insight',
  comparisons: '/admin/comparisons',
  trends: '/admin/trends',
  boards: '/admin/boards',
  board: '/admin/board',
  panel: '/admin/panel',
  shares: '/admin/shares',
  shared: '/admin/shared',
  sharedPanel: '/admin/shared/panel',
  settings: '/admin/settings',
  openApi: '/admin/openapi.json',
  health: '/health',
  signIn: '/admin/sign-in',
  signOut: '/admin/sign-out',
} as const;
