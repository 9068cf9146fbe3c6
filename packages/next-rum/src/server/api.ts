import type { NavigationType, VitalName } from '@rumkit/react-rum/protocol';
import type { ActionRow, Actions } from '../analysis/actions/actionsOf.js';
import type { Causes } from '../analysis/causesOf.js';
import type { ChartBin } from '../analysis/chartBins.js';
import type { Durations } from '../analysis/durations.js';
import type { IncidentHour, WatchedIncident, WatchedMetric } from '../analysis/insights/watchedIncident.js';
import type { RequestFigures } from '../analysis/requests/requestFigures.js';
import type { RequestRow, Requests } from '../analysis/requests/requestsOf.js';
import type { TimingRow, Timings } from '../analysis/timings/timingsOf.js';
import type { ErrorBucket, ErrorDetail, Told } from '../store/errorStore.js';
import type { SampledTold } from '../store/latestStore.js';
import type { StoredNotice } from '../store/noticeStore.js';
import type {
  Cohort,
  FunnelStep,
  Journey,
  PathStep,
  SeenViews,
  SessionDetail,
  SessionList,
  StepVital,
} from '../store/pathStore.js';
import type { RequestDetail } from '../store/requestStore.js';
import type { DeviceKind } from '../store/rows.js';
import type { Change } from '../store/savedStore.js';
import type {
  FilterDimension,
  Interval,
  Percentiles,
  ReleaseStart,
  Totals,
  TrafficBucket,
  VitalBucket,
  VitalSummaries,
  VitalSummary,
} from '../store/store.js';
import type { WatchProgress } from '../store/watchStore.js';
import type { BoardPanel, PanelQuestion } from './board.js';
import type { RetentionDays, Role, RumConfig } from './config.js';
import type { RangeName } from './question.js';

export { ERROR_DIMENSIONS, type ErrorDimension } from '../store/errorStore.js';
export type { SampledTold } from '../store/latestStore.js';
export {
  MAX_SESSION_VIEWS,
  type PathStep,
  SESSION_TROUBLES,
  type SessionTrouble,
  STEP_KINDS,
  type StepKind,
} from '../store/pathStore.js';
export type {
  BoardPanel,
  Interval,
  PanelQuestion,
  Percentiles,
  Role,
  Totals,
  TrafficBucket,
  VitalBucket,
  VitalSummary,
};

/** A vital of some views, with how sure its percentile is. */
export type VitalFigures = VitalSummary;

type Vitals = VitalSummaries;

/** A bar of a histogram: `n` views with `low < value <= high`; the first bar also has those that are `low`, such as 0. */
export type HistogramBin = ChartBin;

/** The same of the span that an answer is set against. */
interface Compared {
  /** Half-open, epoch ms. Where the answer's own range is not over yet, it ends as long after its beginning as the present does. */
  readonly from: number;
  readonly to: number;
  readonly totals: Totals;
  readonly vitals: Vitals;
  /** As many buckets as the answer's own `traffic`, in the same order, with their own times. */
  readonly traffic: readonly TrafficBucket[];
}

/**
 * `GET {endpoint}/admin/overview` with the parameters of a {@link Question}.
 */
export interface OverviewResponse {
  readonly range: ResolvedRange;
  readonly totals: Totals;
  readonly vitals: Vitals;
  /** One entry a bucket over the whole range, empty ones included, oldest first. */
  readonly traffic: readonly TrafficBucket[];
  /** Null where nothing is to be compared. */
  readonly compared: Compared | null;
  readonly bots: {
    /** Whether new ones are kept apart, or counted as visitors. */
    readonly mode: 'apart' | 'counted';
    /** How many views of the range are kept apart, whichever audience was asked for; filters are not applied to them. */
    readonly views: number;
  };
}

/** `GET {endpoint}/admin/vital?metric=lcp` with the parameters of a {@link Question}: one vital, told in full. */
export interface VitalResponse {
  readonly range: ResolvedRange;
  readonly metric: VitalName;
  readonly figures: VitalFigures;
  readonly percentiles: Percentiles;
  /** By value, rising, without gaps from the first bin that holds a view to the last; the last few slow ones may be one wide bin. */
  readonly histogram: readonly HistogramBin[];
  /** One entry a bucket over the whole range, empty ones included, oldest first. */
  readonly series: readonly VitalBucket[];
  readonly compared: {
    readonly from: number;
    readonly to: number;
    readonly figures: VitalFigures;
    readonly percentiles: Percentiles;
    readonly series: readonly VitalBucket[];
  } | null;
}

/**
 * `GET {endpoint}/admin/breakdown?dimension=device` with the parameters of a {@link Question}: views and vitals by the values of a
 * dimension, most views first.
 */
export interface BreakdownResponse {
  readonly range: ResolvedRange;
  readonly dimension: FilterDimension;
  readonly rows: readonly BreakdownRow[];
  /** True where there are more values than shown. */
  readonly truncated: boolean;
}

export interface BreakdownRow {
  /** Empty: views that have none. `(other)`: the rarest values together. */
  readonly value: string;
  readonly views: number;
  readonly vitals: Vitals;
  /** The same value in the span that is compared with; null where nothing is, or it had no view then. */
  readonly compared: { readonly views: number; readonly vitals: Vitals } | null;
}

/**
 * `GET {endpoint}/admin/values?dimension=country&search=de` with the parameters of a {@link Question}: what a filter may be set to,
 * most views first, at most 50. `search` is looked for anywhere in a value, whatever its case. A filter of the same dimension is
 * not applied.
 */
export interface ValuesResponse {
  readonly dimension: FilterDimension;
  readonly values: readonly { readonly value: string; readonly views: number }[];
}

/**
 * `GET {endpoint}/admin/causes?metric=lcp` with the parameters of a {@link Question}: why a vital is as it is, from what browsers
 * told of the latest views that have it, at most 8,000.
 */
export interface CausesResponse extends Causes {
  readonly range: ResolvedRange;
  readonly metric: VitalName;
}

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
  /** There was none in the 30 days before the range, whatever the filters. */
  readonly isNew: boolean;
  /** Null where nothing is compared. */
  readonly compared: { readonly events: number } | null;
  /** How often in each bucket, oldest first. */
  readonly trend: readonly number[];
}

/** `GET {endpoint}/admin/errors` with the parameters of a {@link Question}: errors that are alike as groups, at most 200, most first. */
export interface ErrorsResponse {
  readonly range: ResolvedRange;
  /** Of all groups, those that are not listed too. */
  readonly events: number;
  readonly groups: readonly ErrorGroupRow[];
  readonly trend: ErrorTrend;
  /** What visitors and routes were counted in: the latest events, at most 1,000. */
  readonly told: Told;
  /** True where there are more groups than shown. */
  readonly truncated: boolean;
}

/** `GET {endpoint}/admin/error?fingerprint=0123456789abcdef` with the parameters of a {@link Question}: one group in full. */
export interface ErrorResponse extends ErrorDetail {
  readonly range: ResolvedRange;
  /** One entry a bucket over the whole range, empty ones included, oldest first. */
  readonly series: readonly ErrorBucket[];
  readonly compared: { readonly events: number } | null;
}

/** How requests of one template fared in the span that is compared with. */
export interface RequestsBefore
  extends Pick<RequestFigures, 'n' | 'failed' | 'failedShare' | 'failedInterval'> {
  readonly duration: Pick<RequestFigures['duration'], 'p75' | 'interval' | 'n'>;
}

export interface RequestTemplateRow extends RequestRow {
  /** Null where nothing is compared, or there was none then. */
  readonly compared: RequestsBefore | null;
}

/**
 * `GET {endpoint}/admin/requests?kind=requests&host=api.example&initiator=fetch` with the parameters of a {@link Question}: what pages
 * asked for and loaded, of the latest 20,000. `kind`, `host` and `initiator` choose `rows`; all else is of all of them.
 */
export interface RequestsResponse extends Omit<Requests, 'rows'> {
  readonly range: ResolvedRange;
  /** What all of it was counted in: the latest requests, at most 20,000. */
  readonly told: SampledTold;
  /** Most first, at most 300. */
  readonly rows: readonly RequestTemplateRow[];
  /** True where there are more rows, or hosts, than shown. */
  readonly truncated: boolean;
}

/** `GET {endpoint}/admin/request?key=0123456789abcdef` with the parameters of a {@link Question}: requests of one template in full. */
export interface RequestResponse extends RequestDetail {
  readonly range: ResolvedRange;
  readonly compared: RequestsBefore | null;
}

/**
 * `GET {endpoint}/admin/sessions?with=errors&with=slow&views=3` with the parameters of a {@link Question}: the latest sessions that
 * began in a range, at most 100, among the latest 30,000 views.
 */
export interface SessionsResponse extends SessionList {
  readonly range: ResolvedRange;
}

/** `GET {endpoint}/admin/session?id=…` with `audience` of a {@link Question}: the session that a view is part of, in full. */
export interface SessionResponse extends SessionDetail {
  readonly privacy: 'strict' | 'consent';
  /** For how many days single views and events are kept. */
  readonly keptDays: number;
}

/** How often, and how long it took, in the span that is compared with. */
export interface DurationBefore extends Pick<Durations, 'p75' | 'interval' | 'n'> {}

export interface ActionTemplateRow extends ActionRow {
  /** Null where nothing is compared, or there was none then. */
  readonly compared: DurationBefore | null;
}

/**
 * `GET {endpoint}/admin/actions` with the parameters of a {@link Question}: what visitors did and what of it was frustrating, of all
 * actions of the time, or of 5,000 from all over it. As a file with `table=frustrations` those instead of the actions.
 */
export interface ActionsResponse extends Omit<Actions, 'rows'> {
  readonly range: ResolvedRange;
  readonly told: SampledTold;
  /** Most first, at most 300. */
  readonly rows: readonly ActionTemplateRow[];
  /** True where there are more rows, or frustrations, than shown. */
  readonly truncated: boolean;
}

export interface TimingTemplateRow extends TimingRow {
  /** Null where nothing is compared, or there was none then. */
  readonly compared: DurationBefore | null;
}

/**
 * `GET {endpoint}/admin/timings?timing=render` with the parameters of a {@link Question}: how long renders, queries, and what the app
 * measures take, of all of the time, or of 5,000 from all over it.
 */
export interface TimingsResponse extends Omit<Timings, 'rows'> {
  readonly range: ResolvedRange;
  readonly told: SampledTold;
  /** Most time first, at most 300. */
  readonly rows: readonly TimingTemplateRow[];
  readonly truncated: boolean;
}

/**
 * `GET {endpoint}/admin/live` with `audience` and `filter` of a {@link Question}: the last 30 minutes. With `stream` the same
 * again and again, as the data of server-sent events; where nothing changed, only `now`.
 */
/** Where paths lead: on from the anchor, or to it. */
export const DIRECTIONS = ['from', 'to'] as const;
/** Least shares of a route of its own, percent. */
export const LEAST_SHARES = ['0', '1', '2', '5', '10'] as const;
export const MAX_DEPTH = 6;
export const MAX_STEPS = 8;
export const MAX_GOALS = 4;
/** Longest window of a funnel, minutes. */
export const MAX_WINDOW = 1440;

/**
 * `GET {endpoint}/admin/journey?route=/cart&direction=from&depth=3&share=2` with the parameters of a {@link Question}: what sessions did
 * after, or before, they were somewhere, of the latest 50,000 views.
 */
export interface JourneyResponse extends Journey {
  readonly range: ResolvedRange;
  /** Null: the first, or the last, page of each session. */
  readonly anchor: string | null;
  readonly direction: (typeof DIRECTIONS)[number];
  readonly depth: number;
}

/** Kinds of steps that have a name of their own. */
export const NAMED_KINDS = ['custom', 'action'] as const;

/**
 * `GET {endpoint}/admin/names?kind=custom` with the parameters of a {@link Question}: what events or actions were called, of the latest
 * 5,000, at most 100 names, most first.
 */
export interface NamesResponse {
  readonly kind: (typeof NAMED_KINDS)[number];
  readonly names: readonly { readonly name: string; readonly n: number }[];
  readonly told: Told;
}

/** How many of how many, with 95 % interval (Wilson), 0–1. Null where there is nobody. */
export interface ShareFigure {
  readonly part: number;
  readonly whole: number;
  readonly share: number | null;
  readonly interval: Interval | null;
}

/** A vital at a step, and how those who were slow there went on beside those who were fast. */
export interface FunnelVital extends Pick<StepVital, 'p75' | 'n'> {
  readonly slow: ShareFigure;
  readonly fast: ShareFigure;
  /** Share of the slow ones less that of the fast ones, with 95 % interval (Newcombe). Null where there are none of one. */
  readonly difference: { readonly value: number; readonly interval: Interval } | null;
}

export interface FunnelStepRow extends PathStep, Pick<FunnelStep, 'reached' | 'median' | 'medianInterval'> {
  /** Of those who took the step before; null for the first. */
  readonly fromPrevious: ShareFigure | null;
  readonly fromFirst: ShareFigure;
  /** How they went on to the next step; null at the last. */
  readonly vitals: { readonly [name in VitalName]: FunnelVital | null };
}

/**
 * `GET {endpoint}/admin/funnel?step=view:/cart&step=custom:order&window=60&dimension=device` with the parameters of a {@link Question}: how
 * far visitors came of 2 to 8 steps, of the latest 50,000 views and 200,000 events.
 */
export interface FunnelResponse {
  readonly range: ResolvedRange;
  /** Sessions that were looked at. */
  readonly sessions: number;
  /** Of those that have not taken all steps how many may still go on. */
  readonly open: number;
  readonly steps: readonly FunnelStepRow[];
  readonly dimension: FilterDimension;
  readonly segments: readonly {
    readonly value: string;
    readonly reached: readonly number[];
    /** From the first step to the last. */
    readonly conversion: ShareFigure;
  }[];
  readonly seen: SeenViews;
}

/** `GET {endpoint}/admin/goals?goal=view:/thanks` with the parameters of a {@link Question}: how many sessions had what, by UTC day. */
export interface GoalsResponse {
  readonly range: ResolvedRange;
  readonly goals: readonly (PathStep & {
    readonly total: ShareFigure;
    readonly days: readonly (ShareFigure & { readonly t: number })[];
  })[];
  readonly seen: SeenViews;
}

/** `GET {endpoint}/admin/retention` with the parameters of a {@link Question}: which users came again in later weeks. */
export interface RetentionResponse {
  readonly range: ResolvedRange;
  /** `strict`: nobody can be told again on another day, so there are no cohorts. */
  readonly privacy: 'strict' | 'consent';
  readonly cohorts: readonly (Pick<Cohort, 't' | 'users'> & { readonly returned: readonly ShareFigure[] })[];
  /** From when on days were looked at, epoch ms. */
  readonly since: number;
  readonly complete: boolean;
}

/** `GET {endpoint}/admin/live` with `audience` and `filter` of a {@link Question} */
export interface LiveResponse {
  /** Server clock, epoch ms: ages are shown against it. */
  readonly now: number;
  /** Different visitors. */
  readonly visitors: number;
  /** Views that began in each second that has one, by time; `t` is its beginning, epoch ms. */
  readonly seconds: readonly (readonly [t: number, views: number])[];
  /** Views by country, most first; empty: of views that have none. */
  readonly countries: readonly { readonly value: string; readonly views: number }[];
  /** The latest, at most 100, latest first. */
  readonly views: readonly LiveView[];
  /** What visitors did and what went wrong, at most 50, latest first. */
  readonly events: readonly LiveEvent[];
}

export interface LiveEvent {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly type: 'action' | 'error' | 'custom';
  readonly name: string;
  readonly route: string;
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

/** Half-open, epoch ms, aligned to whole buckets: a named one ends with the bucket that holds the present. */
export interface ResolvedRange {
  readonly name: RangeName | 'custom';
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
  /** What else should be known of it; null where there is nothing. */
  readonly note: string | null;
}

/** What a change is answered with. */
export interface SavedResponse {
  readonly id: string;
  /** Of what is kept now; 0 where it was removed. */
  readonly revision: number;
}

/** Body of a `POST` that takes something away. */
interface Removal {
  readonly do: 'remove';
  readonly id: string;
}

/** `POST {endpoint}/admin/saved-views` */
export type SavedViewChange =
  | { readonly do: 'save'; readonly name: string; readonly page: string; readonly search: string }
  | Removal;

/** `POST {endpoint}/admin/notes` */
export type NoteChange = { readonly do: 'save'; readonly at: number; readonly text: string } | Removal;

/** `POST {endpoint}/admin/boards` */
export type BoardChange =
  | {
      readonly do: 'save';
      /** Null for a new one. */
      readonly id: string | null;
      /** Revision that was seen; 0 for a new one. */
      readonly replaces: number;
      readonly name: string;
      readonly panels: readonly BoardPanel[];
    }
  | Removal;

/** `POST {endpoint}/admin/shares` */
export type ShareChange =
  | {
      readonly do: 'create';
      readonly board: string;
      readonly name: string;
      readonly days: number;
      /** The question that the link answers. */
      readonly search: string;
    }
  | { readonly do: 'revoke'; readonly id: string };

/** `POST {endpoint}/admin/settings` */
export interface SettingsChange extends IgnoredRules {
  /** Revision that was seen. */
  readonly replaces: number;
}

/** A page of the admin, and what is asked on it, under a name. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** Path below the admin's own page. */
  readonly page: string;
  /** Query string of the admin. */
  readonly search: string;
  readonly savedAt: number;
}

/** `GET {endpoint}/admin/saved-views`, by name. */
export interface SavedViewsResponse {
  readonly views: readonly SavedView[];
}

/** What somebody said of a moment. */
export interface Note {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
}

/** `GET {endpoint}/admin/markers` with the parameters of a {@link Question}: what happened in a range, whatever its filters. */
export interface MarkersResponse {
  readonly range: ResolvedRange;
  /** Those first seen in the range, at most the latest 50, oldest first. */
  readonly releases: readonly ReleaseStart[];
  /** Oldest first. */
  readonly notes: readonly Note[];
}

/** What was found unusual, without its hours. */
export interface Insight extends Omit<WatchedIncident, 'app' | 'hours'> {
  /** Epoch ms until when nobody is to be told of it; null where that was not said, or is over. */
  readonly snoozedUntil: number | null;
}

/**
 * `GET {endpoint}/admin/insights` with the parameters of a {@link Question}: what was unusual in its time, open ones first, then by
 * how many views it affects, at most 100. A filter keeps what may concern such views. Only visitors are watched.
 */
export interface InsightsResponse {
  readonly range: ResolvedRange;
  /** From when until when hours were watched, and by whose clock; null where none was yet. */
  readonly watched: WatchProgress | null;
  /** How many are open now and not snoozed, whatever the time and the filters. */
  readonly open: number;
  readonly insights: readonly Insight[];
  readonly truncated: boolean;
}

/** `GET {endpoint}/admin/insight?id=…` */
export interface InsightResponse extends Insight {
  readonly hours: readonly IncidentHour[];
}

/** `POST {endpoint}/admin/insights` */
export type InsightChange =
  | { readonly do: 'snooze'; readonly id: string; readonly hours: number }
  | { readonly do: 'wake'; readonly id: string };

/** A message, without what it says. */
export type NoticeLine = Omit<StoredNotice, 'app' | 'body'>;

/** `GET {endpoint}/admin/alerts`: who is told of incidents, and what they were told, latest first, at most 200. */
export interface AlertsResponse {
  /** By name. */
  readonly notifiers: readonly string[];
  readonly rules: readonly {
    /** Null: all. */
    readonly metrics: readonly WatchedMetric[] | null;
    readonly minAffected: number;
  }[];
  readonly notices: readonly NoticeLine[];
  readonly truncated: boolean;
}

/** `POST {endpoint}/admin/alerts` */
export interface AlertChange {
  readonly do: 'test';
  readonly notifier: string;
}

/** `GET {endpoint}/admin/changes`: who changed what, latest first, at most 500. */
export interface ChangesResponse {
  readonly changes: readonly ChangeLine[];
  readonly truncated: boolean;
}

type ChangeLine = Omit<Change, 'app' | 'id'>;

/** `GET {endpoint}/admin/boards`, by name. */
export interface BoardsResponse {
  readonly boards: readonly {
    readonly id: string;
    readonly name: string;
    readonly panels: number;
    readonly savedAt: number;
  }[];
}

/** `GET {endpoint}/admin/board?id=…` */
export interface BoardResponse {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  readonly panels: readonly BoardPanel[];
  readonly savedAt: number;
}

/** `GET {endpoint}/admin/panel?metric=lcp&chart=line` with the parameters of a {@link Question}: what one panel of a board shows. */
export interface PanelResponse extends PanelQuestion {
  readonly range: ResolvedRange;
  /** Over all: a count, or the p75 of a vital; null by a dimension. */
  readonly value: number | null;
  /** The same of the span compared with; null where nothing is. */
  readonly before: number | null;
  /** Of a vital over all. */
  readonly figures: VitalFigures | null;
  /** Of `line`: one entry a bucket, empty ones included, oldest first. */
  readonly series: readonly { readonly t: number; readonly value: number | null; readonly n: number }[];
  /** Of `bars` (at most 10) and `table` (at most 50), most views first. */
  readonly rows: readonly {
    readonly value: string;
    readonly views: number;
    readonly figures: VitalFigures | null;
  }[];
  /** Of `histogram`. */
  readonly histogram: readonly HistogramBin[];
}

/** `GET {endpoint}/admin/shares`, latest first. */
export interface SharesResponse {
  readonly shares: readonly Share[];
}

/** A link that opens one board without a sign-in. */
export interface Share {
  readonly id: string;
  readonly board: string;
  readonly boardName: string | null;
  readonly name: string;
  /** What it asks, as a query string. */
  readonly search: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly state: 'open' | 'expired' | 'revoked' | 'gone';
}

/** `POST {endpoint}/admin/shares` */
export interface ShareResponse {
  readonly id: string;
  /** 256 random bits, told this once. */
  readonly token: string;
  readonly expiresAt: number;
}

/** `GET {endpoint}/admin/shared` with the token of a share link. */
export interface SharedResponse {
  readonly name: string;
  readonly panels: readonly BoardPanel[];
  readonly expiresAt: number;
}

/** Whose batches, and which pages, are left out. */
export interface IgnoredRules {
  /** Single ones, or networks such as `203.0.113.0/24`. */
  readonly addresses: readonly string[];
  /** A `*` at the end stands for anything. */
  readonly paths: readonly string[];
}

/** `GET {endpoint}/admin/settings`: what is in force. Holds no secret. */
export interface SettingsResponse
  extends Pick<
    RumConfig,
    'app' | 'endpoint' | 'privacy' | 'bots' | 'allowedOrigins' | 'trustedProxyHops' | 'labels'
  > {
  readonly database: 'sqlite' | 'postgresql';
  readonly retention: RetentionDays;
  readonly countryDatabase: boolean;
  readonly keys: readonly {
    readonly name: string;
    /** Null: the batch may say. */
    readonly app: string | null;
    /** ISO date; null where the definition does not say. */
    readonly since: string | null;
  }[];
  readonly rateLimit: {
    readonly perKey: number;
    readonly perAddress: number;
    readonly store: 'memory' | 'database' | 'redis';
  } | null;
  /** `own`: the app's. `none`: there is no authorize. */
  readonly signIn: 'password' | 'own' | 'none';
  readonly ignored: IgnoredRules & {
    /** 0 where nothing was set. */
    readonly revision: number;
    readonly savedAt: number | null;
  };
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
  retention: '/admin/retention',
  live: '/admin/live',
  savedViews: '/admin/saved-views',
  markers: '/admin/markers',
  notes: '/admin/notes',
  changes: '/admin/changes',
  alerts: '/admin/alerts',
  insights: '/admin/insights',
  insight: '/admin/insight',
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
