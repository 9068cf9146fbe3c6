import type { SideTest } from '../analysis/comparison/testSides.js';
import type { IncidentCause } from '../analysis/insights/watchedIncident.js';

/** A difference that a change made, as far as one can tell. */
export interface ComparisonFinding extends SideTest {
  /** A name for it that stays the same. */
  readonly id: string;
  /** Where the slow views are, or those with an error; empty where that was not looked for. Likeliest first, at most three. */
  readonly causes: readonly IncidentCause[];
}

/** Views with a release or with a variant of a flag against those without it. */
export interface Comparison {
  readonly kind: 'release' | 'flag';
  /** The release, or the flag. */
  readonly name: string;
  /** Of a flag the variant; null of a release. */
  readonly variant: string | null;
  /** The release that most had before, or the variant that it is compared with; null: views that tell none. */
  readonly against: string | null;
  /** Begin of the hour in which the release was first seen, or first view with the flag that was read; epoch ms. */
  readonly since: number;
  /** End of what was read. */
  readonly until: number;
  /** How many views were read: with it, without it at the same time, and of the days before. */
  readonly views: { readonly new: number; readonly old: number; readonly before: number };
  /** Whether that were all since then. */
  readonly complete: boolean;
  /** How many differences were looked for. */
  readonly tests: number;
  /** Of all views together, also where nothing differs. */
  readonly site: readonly SideTest[];
  /** For the worse before for the better, those that affect most first; at most 10. */
  readonly findings: readonly ComparisonFinding[];
}
