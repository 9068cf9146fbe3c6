import type { NavigationType, RumEvent, VitalName } from '@rumkit/react-rum/protocol';
import type { Rating } from '../analysis/rating.js';
import type { DeviceKind } from './rows.js';

/** Which single views were looked at: all of the range from a moment on, but for sessions that had begun before it. */
export interface SeenViews {
  /** How many there were. */
  readonly views: number;
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
