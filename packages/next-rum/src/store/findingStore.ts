import type { Comparison } from './comparisonStore.js';
import type { TimeRange, ViewRange } from './store.js';
import type { Trends } from './trendStore.js';

/** What was found of an app when it was last looked for. */
export interface KeptFindings {
  /** When that was, epoch ms. */
  readonly madeAt: number;
  /** Begin of the time whose releases and flags were compared; its end is `madeAt`. */
  readonly from: number;
  readonly comparisons: readonly Comparison[];
  /** Of the {@link TREND_SPAN} of whole UTC days before. */
  readonly trends: Trends;
}

export type KeepResult =
  | { readonly kind: 'busy' }
  /** Of how many apps. */
  | { readonly kind: 'done'; readonly apps: number };

/** What trends are looked for in: eight weeks, so that each weekday is there eight times; ms. */
export const TREND_SPAN: number = 56 * 86_400_000;
/** What releases and flags are looked for in, ms. */
export const COMPARED_SPAN: number = 30 * 86_400_000;

/** What releases and flags changed, and the weeks. */
export interface FindingStore {
  /**
   * Views with each of the two latest releases that came up in the range against those without it, and so for variants of flags. Of at most
   * 15,000 views since a release, as many of the days before it, and a sample of 5,000 flags that were shown.
   */
  comparisons(range: ViewRange): Promise<readonly Comparison[]>;
  /** Trends and shifts over the whole UTC days of a range, of all views and of the 20 busiest routes. */
  trends(range: TimeRange): Promise<Trends>;
  /**
   * Looks for both in the latest time of each app and keeps what it finds, so that nobody who looks has to wait for it. Safe to run in
   * several instances: one works, the others are `busy`.
   */
  keepFindings(options: { readonly now: () => number }): Promise<KeepResult>;
  /** What is kept of an app; null where nothing is. */
  findings(app: string): Promise<KeptFindings | null>;
}
