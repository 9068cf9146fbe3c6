import type { VitalName } from '@rumkit/react-rum/protocol';
import type { Causes } from '../analysis/causesOf.js';
import type { ChartBin } from '../analysis/chartBins.js';
import type { RequestFilter } from '../analysis/requests/requestsOf.js';
import type { TimingKindName } from '../analysis/timings/timingsOf.js';
import type { ActionGroups } from './actionStore.js';
import type { Comparison } from './comparisonStore.js';
import type { ErrorCount, ErrorDetail, ErrorGroups } from './errorStore.js';
import type { ColumnDimension, Filter, LatestValues, ValuesOf } from './filters.js';
import type { FindingStore } from './findingStore.js';
import type { IngestStore } from './ingestStore.js';
import type { LatestEvents } from './latestStore.js';
import type { Presence } from './liveStore.js';
import type { NoticeStore } from './noticeStore.js';
import type {
  Funnel,
  FunnelQuestion,
  GoalImpact,
  Goals,
  Journey,
  JourneyQuestion,
  PathStep,
  Retained,
  SessionDetail,
  SessionList,
  SessionNeeds,
} from './pathStore.js';
import type { RequestDetail, RequestGroups } from './requestStore.js';
import type { Grain } from './rollup/grains.js';
import type { EventRow, ViewRow } from './rows.js';
import type { SavedStore } from './savedStore.js';
import type { TimingGroups } from './timingStore.js';
import type { Trends } from './trendStore.js';
import type { WatchStore } from './watchStore.js';

export type { ColumnDimension, Filter, FilterDimension } from './filters.js';

/** What {@link RumStore.insert} did with each row, by id. `accepted` and `duplicate` together are what was given. */
export interface InsertResult {
  /** New rows, and views whose revision was higher than the stored one. */
  readonly accepted: ReadonlySet<string>;
  /** Rows that were there already (views: at the same or a higher revision). Nothing was changed by them. */
  readonly duplicate: ReadonlySet<string>;
}

/** Half-open range of time, epoch ms: `from <= t < to`. */
export interface TimeRange {
  readonly app: string;
  readonly from: number;
  readonly to: number;
}

export interface ViewRange extends TimeRange {
  /**
   * Only views for which all of them hold, and events of such views. What rollups cannot tell is counted from raw rows, about a
   * million a second; where there are more, from some of them, see {@link RumStore.oneIn}. Such a read rejects with `not_kept`
   * where they are not there from the beginning of the range on, and with `too_slow` once it has taken 15 s. Rollups can tell
   * vitals, views and breakdowns where only one dimension is spoken of.
   */
  readonly where?: readonly Filter[];
}

/** What is read with filters; a dimension: a breakdown by it. */
export type FilteredRead = 'overview' | 'vital' | 'errors' | ColumnDimension;

/** Both ends, in the unit of what it is of. */
export type Interval = readonly [low: number, high: number];

/** Counts per rating, from raw values, thresholds as https://web.dev/articles/vitals defines them. */
export interface VitalSummary {
  /**
   * 75th percentile by nearest rank: the smallest value that at least 75 % of `n` views do not exceed; within 1 % of it
   * where it comes from rollups or from more than 1,000 views. Null at n = 0.
   */
  readonly p75: number | null;
  /**
   * 95 % confidence interval of `p75`, by order statistics: Hahn & Meeker, Statistical Intervals (1991), 5.2. Where the views are
   * in bins, it reaches from the lower border of the one to the upper border of the other, at most 2 % further. Null where there
   * are too few views, fewer than 11.
   */
  readonly interval: Interval | null;
  /** Views that have this vital. */
  readonly n: number;
  readonly good: number;
  readonly needsImprovement: number;
  readonly poor: number;
}

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

export type VitalSummaries = { readonly [name in VitalName]: VitalSummary };

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

/** Totals, vitals and traffic of a range. */
export interface Overview {
  readonly totals: Totals;
  readonly vitals: VitalSummaries;
  readonly traffic: readonly TrafficBucket[];
}

/** By nearest rank; within 1 % of the exact ones where there are more than 1,000 views, or rollups. Null where there is no view. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** Their 95 % confidence intervals, as that of {@link VitalSummary}; each null where there are too few views for it. */
export type PercentileIntervals = { readonly [name in keyof Percentiles]: Interval | null };

/**
 * Of views that began in `[t, until)`, epoch ms: from the first bucket that has one to the last, of as many buckets as have 30
 * views together ({@link enoughEach}). Only where a whole range has fewer is it of less.
 */
export interface VitalPoint extends Percentiles {
  readonly t: number;
  readonly until: number;
  readonly n: number;
  /** 95 % of p75, as that of {@link VitalSummary}. */
  readonly interval: Interval | null;
}

/** One vital, told in full. */
export interface VitalDetail {
  readonly summary: VitalSummary;
  readonly percentiles: Percentiles;
  readonly intervals: PercentileIntervals;
  /** At most 60, see {@link chartBins}. */
  readonly histogram: readonly ChartBin[];
  /** By time; none where no view has the vital. */
  readonly series: readonly VitalPoint[];
}

/**
 * How long a visitor keeps a pseudonym. `daily`: no longer than a UTC day, as in strict mode, so that a visitor of two days
 * counts twice. `lasting`: beyond it.
 */
export type Pseudonyms = 'daily' | 'lasting';

export interface VisitorCount {
  readonly n: number;
  /** False where it is an estimate, whose standard error is 1.6 %. */
  readonly exact: boolean;
}

/** When a release was first seen. */
export interface ReleaseStart {
  readonly release: string;
  /** Beginning of the bucket, epoch ms. */
  readonly at: number;
}

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

/**
 * What to erase of an app and of its bots: of a visitor; of a user, by the id as it is stored; what happened before a moment, epoch
 * ms; or sample data.
 */
export type EraseSelector =
  | { readonly app: string; readonly visitor: string }
  | { readonly app: string; readonly user: string }
  | { readonly app: string; readonly before: number }
  | { readonly app: string; readonly sample: true };

/**
 * Where views and events live. Every implementation passes the same contract suite (`storeContract`).
 *
 * Every method rejects with {@link StoreError}: `unavailable` when the database cannot be reached or is locked
 * (worth trying again), `invalid_data` when it refuses a row, `not_kept` and `too_slow` as {@link ViewRange.where} says,
 * `too_slow` also where PostgreSQL gave up a statement of a read, `internal` for the rest.
 */
export interface RumStore extends IngestStore, SavedStore, WatchStore, NoticeStore, FindingStore {
  /**
   * Writes all rows in one transaction; resolves after the commit. A row whose id is known is a duplicate, a view with a
   * higher revision replaces the stored one whole, so any order and repetition of calls ends in the same rows.
   */
  insert(rows: {
    readonly views: readonly ViewRow[];
    readonly events: readonly EventRow[];
  }): Promise<InsertResult>;
  totals(range: ViewRange): Promise<Totals>;
  /**
   * One of how many views, or errors, a read looks at; 1: at each. Where rollups cannot tell what filters ask for and the range
   * has over 800,000 views (40,000 errors), counts are estimates from some 100,000 (6,000) of them, the same share of each hour;
   * percentiles and their intervals are of those. Of overviews with filters of one dimension, only sessions, events and errors are.
   * The number of events, which nothing depends on, is an estimate beyond 100,000 of them.
   */
  oneIn(range: ViewRange, read: FilteredRead): Promise<number>;
  vitals(range: ViewRange): Promise<VitalSummaries>;
  /** All three at once, which where raw rows are read takes less time than one after the other. */
  overview(range: ViewRange, bucketMs: number): Promise<Overview>;
  /** `bucketMs` as of {@link RumStore.traffic}. */
  vital(range: ViewRange, metric: VitalName, bucketMs: number): Promise<VitalDetail>;
  /** Only buckets that are not empty, by time. `bucketMs` in ms; buckets are aligned to the epoch (UTC). */
  traffic(range: ViewRange, bucketMs: number): Promise<readonly TrafficBucket[]>;
  /** By views, most first, then by value (code points). At most `limit` values. */
  breakdown(range: ViewRange, dimension: ColumnDimension, limit: number): Promise<readonly ValueSummary[]>;
  /**
   * Values in which `search` is found, whatever its case, in the order of {@link RumStore.breakdown}. Where raw rows are needed, of
   * as much of the range as they are kept.
   */
  values(
    range: ViewRange,
    dimension: ColumnDimension,
    search: string,
    limit: number,
  ): Promise<readonly ValueCount[]>;
  /**
   * The same of the latest 20,000 views, or as many as are found in 1.5 s, for what rollups do not count; of `property` the names
   * that properties have.
   */
  latestValues(range: ViewRange, of: ValuesOf, search: string, limit: number): Promise<LatestValues>;
  /** Of the latest `limit` views that have the vital and say what explains it, as far as raw rows are kept. */
  causes(range: ViewRange, metric: VitalName, limit: number): Promise<Causes>;
  /** Most events first, then by fingerprint. At most `limit` groups. `stepMs`: length of the buckets of their series. */
  errorGroups(range: ViewRange, stepMs: number, limit: number): Promise<ErrorGroups>;
  /** The same without what single events have to be read for. */
  errorCounts(range: ViewRange, limit: number): Promise<readonly ErrorCount[]>;
  /** Null where it did not happen in the range. */
  errorGroup(range: ViewRange, fingerprint: string, stepMs: number): Promise<ErrorDetail | null>;
  /**
   * Releases that were first seen in the range, the latest `limit` of them, by time: those of which there was no view in the 30 days
   * before, whatever the filters. `bucketMs` as of {@link RumStore.traffic}: the length of the bucket whose beginning is given.
   */
  releaseStarts(range: TimeRange, bucketMs: number, limit: number): Promise<readonly ReleaseStart[]>;
  /**
   * Sessions that began in the range and have what is needed, at most `limit`, of the latest 30,000 views. A filter by route, referrer,
   * release or connection keeps sessions with such a view, or leaves them out; any other picks views. What comes after the range
   * is no part of them. As far as raw rows are kept.
   */
  sessions(range: ViewRange, needs: SessionNeeds, limit: number): Promise<SessionList>;
  /** The session that a view is part of; null where the view is not there. */
  session(app: string, viewId: string): Promise<SessionDetail | null>;
  /**
   * What sessions did next, or before: all of them or, beyond some 120,000 views (45,000 where events are asked for), those of some visitors in
   * spans from all over the range. Ranges and filters as of {@link RumStore.sessions}.
   */
  journey(range: ViewRange, question: JourneyQuestion): Promise<Journey>;
  /** How far visitors came of some steps. As {@link RumStore.journey}. */
  funnel(range: ViewRange, question: FunnelQuestion, segment: ColumnDimension): Promise<Funnel>;
  /** How many sessions had each of some views or events, by UTC day. As {@link RumStore.funnel}. */
  goals(range: ViewRange, goals: readonly PathStep[]): Promise<Goals>;
  /** How often sessions had a goal, by a vital of theirs. As {@link RumStore.funnel}. */
  impact(range: ViewRange, goal: PathStep, metric: VitalName): Promise<GoalImpact>;
  /** Which users came again in later weeks, whole UTC days, as far back as can be read in some seconds. */
  retention(range: ViewRange): Promise<Retained>;
  /** Different visitors: exact within one UTC day and with daily pseudonyms, estimated otherwise. */
  visitors(range: ViewRange, pseudonyms: Pseudonyms): Promise<VisitorCount>;
  /** Of a span of at most some hours, for it is counted from the raw rows. */
  presence(range: ViewRange): Promise<Presence>;
  /** By start, latest first. */
  views(range: ViewRange, limit: number): Promise<readonly ViewRow[]>;
  /**
   * The latest `limit` events of some types that happened in views for which the filters hold, latest first; fewer where not as many
   * are kept, or found within 5,000,000 events of any kind, 200,000 of these types, and 1.5 s.
   */
  latestEvents(range: ViewRange, types: readonly EventRow['type'][], limit: number): Promise<LatestEvents>;
  /** Of all requests and loaded files, or a sample of at most 3,000 from all over the range. */
  requests(range: ViewRange, filter: RequestFilter): Promise<RequestGroups>;
  /** @param key Of a template, as {@link RumStore.requests} has it. Null where none of them has it. */
  request(range: ViewRange, key: string): Promise<RequestDetail | null>;
  /** Of all actions, or a sample as of {@link RumStore.requests}. */
  actions(range: ViewRange): Promise<ActionGroups>;
  /** Of all timings and long tasks, or a sample as of {@link RumStore.requests}; null: of all kinds. */
  timings(range: ViewRange, kind: TimingKindName | null): Promise<TimingGroups>;
  /**
   * Views with each of the two latest releases that came up in the range against those without it, and so for variants of flags. Of at most
   * 10,000 views since a release, as many of the days before it, and a sample of 3,000 flags that were shown.
   */
  comparisons(range: ViewRange): Promise<readonly Comparison[]>;
  /** Trends and shifts over the whole UTC days of a range, of all views and of the 20 busiest routes. */
  trends(range: TimeRange): Promise<Trends>;
  /** By time, latest first. */
  events(range: TimeRange, limit: number): Promise<readonly EventRow[]>;
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
  /**
   * Deletes what matches, views and events, at most 5,000 a transaction, with all that was put aside, found and noticed of it; resolves
   * with how many rows went. A user takes along what the same visitors did while nobody was signed in. Titles of errors that were
   * noticed stay only where such an error is left.
   */
  erase(selector: EraseSelector): Promise<{ readonly views: number; readonly events: number }>;
  /**
   * The secret of one UTC day (`2026-11-23`), made on first use and the same for every process; 32 random bytes as hex.
   * Secrets of days that ended over 24 h before `now` are deleted by this call, so hashes older than 48 h cannot be redone.
   */
  dailySalt(day: string, now: number): Promise<string>;
  /** Answers when the database does. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type StoreErrorCode = 'unavailable' | 'invalid_data' | 'not_kept' | 'too_slow' | 'internal';

/** The one error class of the store. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** With `too_slow`: how much of the time asked for was read, from its begin on, 0–1; null where that is not known. */
  readonly share: number | null;
  constructor(
    code: StoreErrorCode,
    message: string,
    options: { cause?: unknown; share?: number | null } = {},
  ) {
    super(message, options);
    this.code = code;
    this.share = options.share ?? null;
  }
}
