import type { VitalName } from '@rumkit/react-rum/protocol';
import type { ImpactBucket, WhatIf } from '../../analysis/impact/goalImpact.js';
import type { Rating } from '../../analysis/rating.js';
import type { Told } from '../../store/errorStore.js';
import type {
  Cohort,
  FunnelStep,
  GoalImpact,
  Journey,
  PathStep,
  SeenViews,
  SessionDetail,
  SessionList,
  StepVital,
} from '../../store/pathStore.js';
import type { ColumnDimension } from '../../store/store.js';
import type { Interval } from '../../store/vitalStore.js';
import type { ResolvedRange, ShareFigure } from './commonApi.js';

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
 * after, or before, they were somewhere, of all sessions or a sample of them.
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

/** A vital at a step, and how those who were slow there went on beside those who were fast. */
export interface FunnelVital extends Pick<StepVital, 'p75' | 'interval' | 'n'> {
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
 * far visitors came of 2 to 8 steps, of all sessions or a sample of them.
 */
export interface FunnelResponse {
  readonly range: ResolvedRange;
  /** Sessions that were looked at. */
  readonly sessions: number;
  /** Of those that have not taken all steps how many may still go on. */
  readonly open: number;
  readonly steps: readonly FunnelStepRow[];
  readonly dimension: ColumnDimension;
  readonly segments: readonly {
    readonly value: string;
    readonly reached: readonly number[];
    /** From the first step to the last. */
    readonly conversion: ShareFigure;
  }[];
  readonly seen: SeenViews;
}

/**
 * `GET {endpoint}/admin/impact?goal=view:/thanks&metric=lcp` with the parameters of a {@link Question}: how often sessions had a goal, by a
 * vital of the first view of theirs that has it and began before the goal. An association: who waits differs in more than that.
 */
export interface ImpactResponse extends Pick<GoalImpact, 'sessions' | 'p75' | 'p75Interval' | 'seen'> {
  readonly range: ResolvedRange;
  readonly goal: PathStep;
  readonly metric: VitalName;
  /** Of those sessions that have the vital. */
  readonly total: ShareFigure;
  readonly ratings: readonly (ShareFigure & { readonly rating: Rating })[];
  /** Share of those with a good one less that of the others, with 95 % interval (Newcombe). Null where there are none of one. */
  readonly difference: FunnelVital['difference'];
  /** About as many sessions each. */
  readonly buckets: readonly (ShareFigure & Pick<ImpactBucket, 'from' | 'to'>)[];
  readonly whatIfs: readonly WhatIf[];
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
