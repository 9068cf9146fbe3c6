import type { VitalName } from '@rumkit/react-rum/protocol';
import { chartBins } from '../../analysis/chartBins.js';
import { enoughEach } from '../../analysis/enoughEach.js';
import {
  addHistogram,
  copyHistogram,
  histogramPercentile,
  type LogHistogram,
  valueOfRank,
} from '../../analysis/logHistogram.js';
import { percentileInterval } from '../../analysis/statistics/percentileInterval.js';
import type { ValueCount } from '../overviewStore.js';
import type {
  Interval,
  PercentileIntervals,
  Percentiles,
  VitalDetail,
  VitalPoint,
  VitalSummaries,
  VitalSummary,
} from '../vitalStore.js';
import { addCell, type Cell, emptyCell, type VitalCell } from './cells.js';

/** Bins of a chart. */
const CHART_BINS = 60;

export function summariesOf({ vitals }: Cell): VitalSummaries {
  const summary = (name: VitalName): VitalSummary => (vitals === null ? NO_VIEWS : summaryOf(vitals[name]));
  return {
    lcp: summary('lcp'),
    inp: summary('inp'),
    cls: summary('cls'),
    fcp: summary('fcp'),
    ttfb: summary('ttfb'),
  };
}

const NO_VIEWS: VitalSummary = { p75: null, interval: null, n: 0, good: 0, needsImprovement: 0, poor: 0 };

function summaryOf({ n, good, poor, histogram }: VitalCell): VitalSummary {
  if (n === 0) return NO_VIEWS;
  return {
    p75: histogramPercentile(histogram, 0.75),
    interval: intervalOf(histogram, n, 0.75),
    n,
    good,
    needsImprovement: n - good - poor,
    poor,
  };
}

/** From the lower border of what is known of the one value to the upper border of the other, so that it covers as much as it says. */
function intervalOf(histogram: LogHistogram, n: number, share: number): Interval | null {
  const ranks = percentileInterval(n, share);
  if (ranks === null) return null;
  const [lower, upper] = [valueOfRank(histogram, ranks.lower), valueOfRank(histogram, ranks.upper)];
  return lower === null || upper === null ? null : [lower.low, upper.high];
}

function percentilesOf(histogram: LogHistogram): Percentiles {
  return {
    p50: histogramPercentile(histogram, 0.5),
    p75: histogramPercentile(histogram, 0.75),
    p90: histogramPercentile(histogram, 0.9),
    p95: histogramPercentile(histogram, 0.95),
    p99: histogramPercentile(histogram, 0.99),
  };
}

function intervalsOf({ histogram, n }: VitalCell): PercentileIntervals {
  return {
    p50: intervalOf(histogram, n, 0.5),
    p75: intervalOf(histogram, n, 0.75),
    p90: intervalOf(histogram, n, 0.9),
    p95: intervalOf(histogram, n, 0.95),
    p99: intervalOf(histogram, n, 0.99),
  };
}

/**
 * @param cells By the beginnings of their buckets, epoch ms.
 * @param bucketMs How long a bucket is.
 */
export function vitalDetail(
  cells: ReadonlyMap<string, Cell>,
  metric: VitalName,
  bucketMs: number,
): VitalDetail {
  const all = emptyCell('all');
  const buckets: VitalBucket[] = [];
  for (const [bucket, cell] of cells) {
    addCell(all, cell);
    const vital = cell.vitals?.[metric];
    if (vital !== undefined && vital.n > 0) buckets.push({ t: Number(bucket), n: vital.n, vital });
  }
  const whole = all.vitals?.[metric];
  if (whole === undefined) return NO_DETAIL;
  return {
    summary: summaryOf(whole),
    percentiles: percentilesOf(whole.histogram),
    intervals: intervalsOf(whole),
    histogram: chartBins(whole.histogram, CHART_BINS),
    series: enoughEach(buckets.sort((a, b) => a.t - b.t)).map((group) => pointOf(group, bucketMs)),
  };
}

interface VitalBucket {
  readonly t: number;
  readonly n: number;
  readonly vital: VitalCell;
}

/** The percentiles of all views of some buckets, which are none of the buckets' own. */
function pointOf(group: readonly [VitalBucket, ...VitalBucket[]], bucketMs: number): VitalPoint {
  const [first, ...others] = group;
  const n = group.reduce((sum, bucket) => sum + bucket.n, 0);
  const histogram = others.length === 0 ? first.vital.histogram : copyHistogram(first.vital.histogram);
  for (const { vital } of others) addHistogram(histogram, vital.histogram);
  return {
    t: first.t,
    until: (others.at(-1) ?? first).t + bucketMs,
    n,
    interval: intervalOf(histogram, n, 0.75),
    ...percentilesOf(histogram),
  };
}

const NO_DETAIL: VitalDetail = {
  summary: NO_VIEWS,
  percentiles: { p50: null, p75: null, p90: null, p95: null, p99: null },
  intervals: { p50: null, p75: null, p90: null, p95: null, p99: null },
  histogram: [],
  series: [],
};

/** Most views first, then by value (code points). */
export function mostFirst(counts: ReadonlyMap<string, number>): readonly ValueCount[] {
  return [...counts]
    .map(([value, views]) => ({ value, views }))
    .sort((a, b) => b.views - a.views || Buffer.compare(Buffer.from(a.value), Buffer.from(b.value)));
}

/** Those in which `search` is found, whatever its case. */
export function matching(
  counts: ReadonlyMap<string, number>,
  search: string,
  limit: number,
): readonly ValueCount[] {
  const wanted = search.toLowerCase();
  const found = [...counts].filter(([value]) => value.toLowerCase().includes(wanted));
  return mostFirst(new Map(found)).slice(0, limit);
}
