import type { VitalName } from '@rumkit/react-rum/protocol';
import type { Causes } from '../analysis/causesOf.js';
import type { RequestFilter } from '../analysis/requests/requestsOf.js';
import type { TimingKindName } from '../analysis/timings/timingsOf.js';
import type { ActionGroups } from './actionStore.js';
import type { Comparison } from './comparisonStore.js';
import type { ErrorCount, ErrorDetail, ErrorGroups } from './errorStore.js';
import type { ColumnDimension, Filter, LatestValues, ValuesOf } from './filters.js';
import type { FindingStore } from './findingStore.js';
import type { IngestStore } from './ingestStore.js';
import type { JobStore } from './jobStore.js';
import type { LatestEvents } from './latestStore.js';
import type { Presence } from './liveStore.js';
import type { NoticeStore } from './noticeStore.js';
import type { Drawn, FoundValues, Overview, Totals, TrafficBucket, ValueSummary } from './overviewStore.js';
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
import type { EventRow, ViewRow } from './rows.js';
import type { SavedStore } from './savedStore.js';
import type { TimingGroups } from './timingStore.js';
import type { Trends } from './trendStore.js';
import type { VitalDetail, VitalSummaries } from './vitalStore.js';
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
export interface RumStore extends IngestStore, SavedStore, WatchStore, NoticeStore, FindingStore, JobStore {
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
  /** What the latest views of a range say of how many sessions are recorded; null where all are, or no raw row is kept. */
  drawn(range: TimeRange): Promise<Drawn | null>;
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
   * as much of the range as they are kept, and from as many as {@link RumStore.oneIn} says.
   */
  values(range: ViewRange, dimension: ColumnDimension, search: string, limit: number): Promise<FoundValues>;
  /**
   * The same of the latest 20,000 views, or as many as are found in 1.5 s, for what rollups do not count; of `property` the names
   * that properties have.
   */
  latestValues(range: ViewRange, of: ValuesOf, search: string, limit: number): Promise<LatestValues>;
  /** Of the latest `limit` views that have the vital and say what explains it, as far as raw rows are kept. */
  causes(range: ViewRange, metric: VitalName, limit: number): Promise<Causes>;
  /** Most events first, then by fingerprint. At most `limit` groups. `stepMs`: length of the buckets of their series. */
  errorGroups(range: ViewRange, stepMs: number, limit: number): Promise<ErrorGroups>;
  /**
   * The same without what single events have to be read for.
   *
   * @param only Of these groups, in this order, whatever the limit: 0 where there was none. Left out are those of which that cannot be
   *   told, since rollups count the rarest groups of that time together, and its single events are too many, or gone.
   */
  errorCounts(range: ViewRange, limit: number, only?: readonly string[]): Promise<readonly ErrorCount[]>;
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
   * What sessions did next, or before: all of them or, beyond some 4,500 views, those of some visitors in spans from all over the
   * range. Ranges and filters as of {@link RumStore.sessions}.
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
