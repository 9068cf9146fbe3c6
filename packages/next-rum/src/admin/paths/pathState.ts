import type { VitalName } from '@rumkit/react-rum/protocol';
import {
  DIRECTIONS,
  LEAST_SHARES,
  MAX_DEPTH,
  MAX_GOALS,
  MAX_STEPS,
  type PathStep,
  SESSION_TROUBLES,
  type SessionTrouble,
  STEP_KINDS,
} from '../../server/api.js';
import type { Choices } from '../address/choicesIn.js';
import { VITALS } from '../vitals.js';

/** Fewest views of a session that a list can be asked for. */
export const LEAST_VIEWS = [1, 2, 3, 5, 10] as const;
type LeastViews = (typeof LEAST_VIEWS)[number];

/** Depths of a journey on offer. */
export const DEPTHS: readonly number[] = [2, 3, 4, 5, MAX_DEPTH];

/** Minutes in which all steps of a funnel have to be taken; empty: within a session. */
export const WINDOWS = ['', '5', '15', '30', '60', '240', '1440'] as const;

const GOAL_PLACES = [0, 1, 2, 3] as const;
const VITAL_NAMES = VITALS.map(({ name }) => name);

/** Which paths are looked at. */
export interface JourneyChoice {
  /** Null: from the entry, or to the exit. */
  readonly anchor: string | null;
  readonly direction: (typeof DIRECTIONS)[number];
  readonly depth: number;
  /** Percent. */
  readonly share: (typeof LEAST_SHARES)[number];
}

/** What the pages about visits are set to. */
export interface PathState extends JourneyChoice {
  /** What listed sessions have. */
  readonly troubles: readonly SessionTrouble[];
  readonly leastViews: LeastViews;
  /** Of the funnel. */
  readonly steps: readonly PathStep[];
  readonly window: (typeof WINDOWS)[number];
  readonly goals: readonly PathStep[];
  /** Which of the goals is told by which vital. */
  readonly impactGoal: (typeof GOAL_PLACES)[number];
  readonly impactMetric: VitalName;
}

export const DEFAULT_PATH_STATE: PathState = {
  troubles: [],
  leastViews: 1,
  anchor: null,
  direction: 'from',
  depth: 3,
  share: '2',
  steps: [],
  window: '',
  goals: [],
  impactGoal: 0,
  impactMetric: 'lcp',
};

export function readPathState(parameters: URLSearchParams, choices: Choices): PathState {
  return {
    troubles: choices.some('with', SESSION_TROUBLES, DEFAULT_PATH_STATE.troubles),
    leastViews: choices.one('views', LEAST_VIEWS, DEFAULT_PATH_STATE.leastViews),
    anchor: parameters.get('at') || null,
    direction: choices.one('direction', DIRECTIONS, DEFAULT_PATH_STATE.direction),
    depth: choices.one('depth', DEPTHS, DEFAULT_PATH_STATE.depth),
    share: choices.one('share', LEAST_SHARES, DEFAULT_PATH_STATE.share),
    steps: readSteps(parameters.get('steps'), MAX_STEPS),
    window: choices.one('window', WINDOWS, DEFAULT_PATH_STATE.window),
    goals: readSteps(parameters.get('goals'), MAX_GOALS),
    impactGoal: choices.one('of', GOAL_PLACES, DEFAULT_PATH_STATE.impactGoal),
    impactMetric: choices.one('impact', VITAL_NAMES, DEFAULT_PATH_STATE.impactMetric),
  };
}

const NAMES = [
  'with',
  'views',
  'at',
  'direction',
  'depth',
  'share',
  'steps',
  'window',
  'goals',
  'of',
  'impact',
] as const;

/** Parameters by name, as {@link readPathState} reads them. */
export function writePathState(state: PathState): { readonly [name in (typeof NAMES)[number]]: string } {
  return {
    with: state.troubles.join(),
    views: String(state.leastViews),
    at: state.anchor ?? '',
    direction: state.direction,
    depth: String(state.depth),
    share: state.share,
    steps: writeSteps(state.steps),
    window: state.window,
    goals: writeSteps(state.goals),
    of: String(state.impactGoal),
    impact: state.impactMetric,
  };
}

/** A step as an address has it. */
export function stepKey({ kind, name }: PathStep): string {
  return `${kind}:${name}`;
}

/** `view:/cart|custom:order`; what separates steps is written otherwise within one. */
function writeSteps(steps: readonly PathStep[]): string {
  return steps.map((step) => stepKey(step).replaceAll('%', '%25').replaceAll('|', '%7C')).join('|');
}

function readSteps(text: string | null, most: number): readonly PathStep[] {
  const steps = (text ?? '').split('|').flatMap((part): readonly PathStep[] => {
    const whole = part.replaceAll('%7C', '|').replaceAll('%25', '%');
    const colon = whole.indexOf(':');
    const kind = STEP_KINDS.find((known) => known === whole.slice(0, Math.max(colon, 0)));
    const name = whole.slice(colon + 1, colon + 513);
    return kind === undefined || name === '' ? [] : [{ kind, name }];
  });
  return steps.slice(0, most);
}
