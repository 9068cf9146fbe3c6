import type { Comparison } from './comparisonStore.js';
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

/** Keeps what releases and flags changed, and the weeks. */
export interface FindingStore {
  /**
   * Looks for comparisons and trends in the latest time of each app and keeps what it finds, so that nobody who looks has to wait for it. Safe to run in
   * several instances: one works, the others are `busy`.
   */
  keepFindings(options: { readonly now: () => number }): Promise<KeepResult>;
  /** What is kept of an app; null where nothing is. */
  findings(app: string): Promise<KeptFindings | null>;
}
