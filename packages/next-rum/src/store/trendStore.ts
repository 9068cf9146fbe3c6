import type { TellingDay } from '../analysis/comparison/tellingDays.js';

/** A trend or a shift of the days before now. */
export type TrendFinding = TellingDay & {
  /** A name for it that stays the same. */
  readonly id: string;
};

/** What rose, fell or changed its level over the weeks, of the site and of its busiest routes. */
export interface Trends {
  /** Begin of the first day that was asked for and has views, and end of the last one asked for, epoch ms; days are those of UTC. Both that end where there is no view. */
  readonly since: number;
  readonly until: number;
  /** Days with views. */
  readonly days: number;
  /** Routes that were followed, besides the whole site. */
  readonly routes: number;
  /** How many trends and shifts were looked for. */
  readonly tests: number;
  /** For the worse before for the better, those that affect most first; at most 20. */
  readonly findings: readonly TrendFinding[];
}
