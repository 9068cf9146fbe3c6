import type { VitalName } from '@rumkit/react-rum/protocol';
import type { ChartBin } from '../analysis/chartBins.js';

/** Both ends, in the unit of what it is of. */
export type Interval = readonly [low: number, high: number];

/** Counts per rating, from raw values, thresholds as https://web.dev/articles/vitals defines them. */
export interface VitalSummary {
  /**
   * 75th percentile by nearest rank: the smallest value that at least 75 % of `n` views do not exceed; within 1 % of it
   * where it comes from rollups or from more than 1,000 views. Null at n = 0.
   */
  readonly p75: number | null;
  /**
   * 95 % confidence interval of `p75`, by order statistics: Hahn & Meeker, Statistical Intervals (1991), 5.2. Where the views are
   * in bins, it reaches from the lower border of the one to the upper border of the other, at most 2 % further. Null where there
   * are too few views, fewer than 11.
   */
  readonly interval: Interval | null;
  /** Views that have this vital. */
  readonly n: number;
  readonly good: number;
  readonly needsImprovement: number;
  readonly poor: number;
}

export type VitalSummaries = { readonly [name in VitalName]: VitalSummary };

/** By nearest rank; within 1 % of the exact ones where there are more than 1,000 views, or rollups. Null where there is no view. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** Their 95 % confidence intervals, as that of {@link VitalSummary}; each null where there are too few views for it. */
export type PercentileIntervals = { readonly [name in keyof Percentiles]: Interval | null };

/**
 * Of views that began in `[t, until)`, epoch ms: from the first bucket that has one to the last, of as many buckets as have 30
 * views together ({@link enoughEach}). Only where a whole range has fewer is it of less.
 */
export interface VitalPoint extends Percentiles {
  readonly t: number;
  readonly until: number;
  readonly n: number;
  /** 95 % of p75, as that of {@link VitalSummary}. */
  readonly interval: Interval | null;
}

/** One vital, told in full. */
export interface VitalDetail {
  readonly summary: VitalSummary;
  readonly percentiles: Percentiles;
  readonly intervals: PercentileIntervals;
  /** At most 60, see {@link chartBins}. */
  readonly histogram: readonly ChartBin[];
  /** By time; none where no view has the vital. */
  readonly series: readonly VitalPoint[];
}
