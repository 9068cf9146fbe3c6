import type { NavigationType, RumEvent, VitalName } from '@rumkit/react-rum/protocol';
import type { ImpactBucket, WhatIf } from '../analysis/impact/goalImpact.js';
import type { PathQuestion, PathTree } from '../analysis/paths/pathTree.js';
import type { Rating } from '../analysis/rating.js';
import type { DeviceKind } from './rows.js';

/** Which single views were looked at. */
export interface SeenViews {
  /** How many there were. */
  readonly views: number;
  /** How many the range has, in whole hours where some are no longer kept, whatever the filters, of which those are a sample; null where they are the latest. */
  readonly of: number | null;
  /** From when on sessions are told of, epoch ms. */
  readonly since: number;
  /** Whether those are all of the range. */
  readonly complete: boolean;
}

/** What sessions of a list can be asked to have. */
export const SESSION_TROUBLES = ['errors', 'frustrations', 'slow'] as const;
export type SessionTrouble = (typeof SESSION_TROUBLES)[number];
/** Most views that sessions of a list can be asked to have at least. */
export const MAX_SESSION_VIEWS = 100;

/** What a session in a list has to have. */
export interface SessionNeeds {
  readonly errors: boolean;
  readonly frustrations: boolean;
  /** Some vital of a view of it is poor. */
  readonly slow: boolean;
  /** At least so many views. */
  readonly views: number;
}

/** The vital that felt worst of some views. */
export interface WorstVital {
  readonly name: VitalName;
  /** ms; CLS unitless. */
  readonly value: number;
  readonly rating: Rating;
}

/** What is told of each session. */
export interface SessionSummary {
  /** That of its first view. */
  readonly id: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** ms from there to the end of its last view, as far as the browser told. */
  readonly duration: number;
  readonly views: number;
  /** Routes of its first and its last view. */
  readonly entry: string;
  readonly exit: string;
  readonly country: string | null;
  readonly device: DeviceKind;
  readonly browser: string | null;
  readonly os: string | null;
  /** Error events. */
  readonly errors: number;
  /** Actions that frustrated. */
  readonly frustrations: number;
  /** Null where no view has a vital. */
  readonly worst: WorstVital | null;
  /** Who the application says it was. Null where it says nothing, and in strict mode. */
  readonly userId: string | null;
  readonly sample: boolean;
}

export interface SessionList {
  /** The latest first, by their beginning. */
  readonly sessions: readonly SessionSummary[];
  /** There are earlier ones that were not looked for. */
  readonly truncated: boolean;
  readonly seen: SeenViews;
}

/** A view of a session. */
export interface SessionView {
  readonly id: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** ms, so far. */
  readonly duration: number | null;
  readonly visibleDuration: number | null;
  readonly route: string;
  readonly path: string;
  readonly navigationType: NavigationType;
  readonly referrer: string | null;
  /** Raw values: ms, CLS unitless. */
  readonly vitals: { readonly [name in VitalName]: number | null };
  /** ms */
  readonly loadingTime: number | null;
  readonly blockedTime: number | null;
  /** 0–1 */
  readonly scrollDepth: number | null;
}

/** Something that happened in a session. */
export interface SessionEvent {
  readonly id: string;
  readonly viewId: string;
  readonly type: RumEvent['type'];
  readonly name: string;
  /** Epoch ms. Its beginning where it took time. */
  readonly at: number;
  /** ms; null where it takes no time. */
  readonly duration: number | null;
  /** What only its type has, as the protocol names it. */
  readonly data: { readonly [field: string]: unknown };
}

/** One session in full. */
export interface SessionDetail extends SessionSummary {
  readonly release: string | null;
  readonly environment: string | null;
  readonly connection: string | null;
  readonly language: string | null;
  readonly viewport: readonly [width: number, height: number] | null;
  /** What the application says of the user. Null as `userId` is. */
  readonly userTraits: { readonly [name: string]: unknown } | null;
  /** By their beginning, at most 200. */
  readonly viewList: readonly SessionView[];
  /** By time, at most 2,000. */
  readonly events: readonly SessionEvent[];
  /** False where there are more views or events than these, or looking for them took too long. */
  readonly complete: boolean;
}

/** Which paths are asked for, and when, epoch ms: a session whose last view is less than half an hour ago may go on. */
export interface JourneyQuestion extends PathQuestion {
  readonly now: number;
}

export interface Journey extends PathTree {
  readonly seen: SeenViews;
}

/** What a step of a funnel can be: a view of a route, an event of the application, an action by its name. */
export const STEP_KINDS = ['view', 'custom', 'action'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface PathStep {
  readonly kind: StepKind;
  /** Route, or name. */
  readonly name: string;
}

/** A vital at a step, of those who had it there: who was slow, who fast, and how many of each went on. */
export interface StepVital {
  /** By nearest rank. */
  readonly p75: number;
  /** 95 %, by order statistics; null where there are fewer than 11. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly n: number;
  /** Needs improvement or poor. */
  readonly slow: GoneOn;
  readonly fast: GoneOn;
}

/** How many of how many took the next step. */
interface GoneOn {
  readonly part: number;
  readonly whole: number;
}

export interface FunnelStep {
  /** Who came so far. */
  readonly reached: number;
  /** ms from the step before, of those who took both, by nearest rank; null for the first step, and where nobody did. */
  readonly median: number | null;
  /** 95 %, by order statistics; null where there are too few. */
  readonly medianInterval: readonly [low: number, high: number] | null;
  /** Of the view that the step was taken in; null where nobody has it, and at the last step. */
  readonly vitals: { readonly [name in VitalName]: StepVital | null };
}

/** How far those came that have one value of a dimension where they took the first step. */
export interface FunnelSegment {
  /** Empty: those that have none. */
  readonly value: string;
  /** By step. */
  readonly reached: readonly number[];
}

export interface FunnelQuestion {
  /** 2 to 8. */
  readonly steps: readonly PathStep[];
  /** ms in which all steps have to be taken, from the first on, whatever silence is between them; null: within a session. */
  readonly window: number | null;
  /** Epoch ms; see {@link JourneyQuestion}. */
  readonly now: number;
}

export interface Funnel {
  /** Sessions that were looked at, whether they took a step or not. */
  readonly sessions: number;
  /** Of those that have not taken all steps yet how many may still go on. */
  readonly open: number;
  readonly steps: readonly FunnelStep[];
  /** At most 10, those with most at the first step. */
  readonly segments: readonly FunnelSegment[];
  readonly seen: SeenViews;
}

/** Sessions that began on a UTC day, and how many of them had what. */
export interface GoalDay {
  /** Its beginning, epoch ms. */
  readonly t: number;
  readonly sessions: number;
  /** By goal. */
  readonly reached: readonly number[];
}

export interface Goals {
  /** By time, those without a session left out. */
  readonly days: readonly GoalDay[];
  readonly seen: SeenViews;
}

/** By how much less p75 might be than it is, as shares of it. */
export const IMPACT_STEPS = [0.1, 0.2, 0.3, 0.5] as const;

/** How often sessions had a goal, by a vital of the first view of theirs that has it and began before the goal. */
export interface GoalImpact {
  /** That were looked at, with the vital or without. */
  readonly sessions: number;
  /** With the vital, and how many of those had the goal. */
  readonly n: number;
  readonly reached: number;
  /** By nearest rank, with 95 % interval by order statistics; null where there are too few. ms, CLS unitless. */
  readonly p75: number | null;
  readonly p75Interval: readonly [low: number, high: number] | null;
  readonly ratings: readonly { readonly rating: Rating; readonly n: number; readonly reached: number }[];
  /** About as many sessions each, at most ten, by the vital. */
  readonly buckets: readonly ImpactBucket[];
  /** For p75 less by {@link IMPACT_STEPS}, and good; greatest first, those of which enough is known. */
  readonly whatIfs: readonly WhatIf[];
  readonly seen: SeenViews;
}

/** Users that were seen for the first time in one week, and how many of them came again. */
export interface Cohort {
  /** Begin of the week, a Monday in UTC, epoch ms. */
  readonly t: number;
  readonly users: number;
  /** Of those that many in each week after, beginning with the next. */
  readonly returned: readonly number[];
}

export interface Retained {
  readonly cohorts: readonly Cohort[];
  /** From when on days were looked at, epoch ms. */
  readonly since: number;
  readonly complete: boolean;
}
