import { SESSION_TROUBLES, type SessionTrouble } from '../../server/api.js';

/** Fewest views of a session that a list can be asked for. */
export const LEAST_VIEWS = [1, 2, 3, 5, 10] as const;
type LeastViews = (typeof LEAST_VIEWS)[number];

/** What the pages about visits are set to. */
export interface PathState {
  /** What listed sessions have. */
  readonly troubles: readonly SessionTrouble[];
  readonly leastViews: LeastViews;
}

export const DEFAULT_PATH_STATE: PathState = { troubles: [], leastViews: 1 };

export function readPathState(parameters: URLSearchParams): PathState {
  const troubles = parameters.get('with')?.split(',') ?? [];
  const leastViews = parameters.get('views');
  return {
    troubles: SESSION_TROUBLES.filter((name) => troubles.includes(name)),
    leastViews: LEAST_VIEWS.find((known) => String(known) === leastViews) ?? DEFAULT_PATH_STATE.leastViews,
  };
}

/** Parameters by name, as {@link readPathState} reads them. */
export function writePathState({ troubles, leastViews }: PathState): {
  readonly [name in 'with' | 'views']: string;
} {
  return { with: troubles.join(), views: String(leastViews) };
}
