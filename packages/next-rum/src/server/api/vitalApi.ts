import type { VitalName } from '@rumkit/react-rum/protocol';
import type { Causes } from '../../analysis/causesOf.js';
import type { ChartBin } from '../../analysis/chartBins.js';
import type { Drawn, Totals, TrafficBucket } from '../../store/overviewStore.js';
import type { SeenViews } from '../../store/pathStore.js';
import type { ColumnDimension } from '../../store/store.js';
import type {
  PercentileIntervals,
  Percentiles,
  VitalPoint,
  VitalSummaries,
  VitalSummary,
} from '../../store/vitalStore.js';
import type { ResolvedRange } from './commonApi.js';

/** What filters may make an estimate. */
export interface Estimated {
  /**
   * One of how many views, or errors, was looked at; 1: each was. Beyond 800,000 views (40,000 errors) in the range, counts that
   * need single ones are estimates, and percentiles and their intervals those of the views that were looked at. The number of events is
   * an estimate beyond 100,000 of them.
   */
  readonly oneIn: number;
}

/** What is told of some of the sessions alone, because agents record no others. */
export interface Recorded {
  /** Null where all sessions of the range are recorded. */
  readonly drawn: Drawn | null;
}

/** A vital of some views, with how sure its percentile is. */
export type VitalFigures = VitalSummary;

type Vitals = VitalSummaries;

/** A bar of a histogram: `n` views with `low < value <= high`; the first bar also has those that are `low`, such as 0. */
export type HistogramBin = ChartBin;

/** The same of the span that an answer is set against. */
interface Compared {
  /** Half-open, epoch ms. Where the answer's own range is not over yet, it ends as long after its beginning as the present does. */
  readonly from: number;
  readonly to: number;
  readonly totals: Totals;
  readonly vitals: Vitals;
  /** As many buckets as the answer's own `traffic`, in the same order, with their own times. */
  readonly traffic: readonly TrafficBucket[];
}

/**
 * `GET {endpoint}/admin/overview` with the parameters of a {@link Question}.
 */
export interface OverviewResponse extends Estimated, Recorded {
  readonly range: ResolvedRange;
  readonly totals: Totals;
  readonly vitals: Vitals;
  /** One entry a bucket over the whole range, empty ones included, oldest first. */
  readonly traffic: readonly TrafficBucket[];
  /** Null where nothing is to be compared. */
  readonly compared: Compared | null;
  readonly bots: {
    /** Whether new ones are kept apart, or counted as visitors. */
    readonly mode: 'apart' | 'counted';
    /** How many views of the range are kept apart, whichever audience was asked for; filters are not applied to them. */
    readonly views: number;
  };
}

/** `GET {endpoint}/admin/vital?metric=lcp` with the parameters of a {@link Question}: one vital, told in full. */
export interface VitalResponse extends Estimated, Recorded {
  readonly range: ResolvedRange;
  readonly metric: VitalName;
  readonly figures: VitalFigures;
  readonly percentiles: Percentiles;
  readonly intervals: PercentileIntervals;
  /** By value, rising, without gaps from the first bin that holds a view to the last; the last few slow ones may be one wide bin. */
  readonly histogram: readonly HistogramBin[];
  /** Oldest first, each of at least 30 views unless all together are fewer: {@link VitalPoint}. */
  readonly series: readonly VitalPoint[];
  readonly compared: {
    readonly from: number;
    readonly to: number;
    readonly figures: VitalFigures;
    readonly percentiles: Percentiles;
    readonly series: readonly VitalPoint[];
  } | null;
}

/**
 * `GET {endpoint}/admin/breakdown?dimension=device` with the parameters of a {@link Question}: views and vitals by the values of a
 * dimension, most views first: at most 200, of routes 1,000, in a file all.
 */
export interface BreakdownResponse extends Estimated {
  readonly range: ResolvedRange;
  readonly dimension: ColumnDimension;
  readonly rows: readonly BreakdownRow[];
  /** True where there are more values than shown. */
  readonly truncated: boolean;
}

export interface BreakdownRow {
  /** Empty: views that have none. `(other)`: the rarest values together; as a filter, only what the collector stored under that name. */
  readonly value: string;
  readonly views: number;
  readonly vitals: Vitals;
  /**
   * The same value in the span that is compared with; null where nothing is, where it had no view then, or was among the rarest of a
   * time whose single views are gone, and of `(other)`.
   */
  readonly compared: { readonly views: number; readonly vitals: Vitals } | null;
}

/**
 * `GET {endpoint}/admin/values?dimension=country&search=de` with the parameters of a {@link Question}: what a filter may be set to,
 * most views first, at most 50. `search` is looked for anywhere in a value, whatever its case. A filter of the same dimension is
 * not applied. `dimension=property`: the names of custom properties.
 */
export interface ValuesResponse {
  /** As a filter has it. */
  readonly dimension: string;
  readonly values: readonly { readonly value: string; readonly views: number }[];
  /** Which views were counted, the latest or a sample; null where all were. */
  readonly told: SeenViews | null;
}

/**
 * `GET {endpoint}/admin/causes?metric=lcp` with the parameters of a {@link Question}: why a vital is as it is, from what browsers
 * told of the latest views that have it, at most 4,000.
 */
export interface CausesResponse extends Causes {
  readonly range: ResolvedRange;
  readonly metric: VitalName;
}
