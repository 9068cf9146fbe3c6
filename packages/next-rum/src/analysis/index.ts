export {
  ANOMALY_FEATURES,
  ANOMALY_THRESHOLD,
  type AnomalyDetector,
  type AnomalyDetectorOptions,
  type AnomalyDetectorState,
  type AnomalyFeature,
  type AnomalyResult,
  type SeriesPoint,
} from './anomaly/anomalyDetector.js';
export { createAnomalyDetector } from './anomaly/createAnomalyDetector.js';
export {
  compareReleases,
  type ReleaseBucket,
  type ReleaseComparison,
} from './comparison/compareReleases.js';
export { type Change, type DatedValue, findChange } from './comparison/findChange.js';
export { percentileEstimate } from './comparison/percentileEstimate.js';
export { type Trend, trendOf } from './comparison/trendOf.js';
export { createSiteWatcher } from './detectors/createSiteWatcher.js';
export { type ExplainedRise, explainRise, type RiseCause, type RiseRow } from './detectors/explainRise.js';
export { type SegmentCounts, type SiteBucket, segmentKey, type Where } from './detectors/segment.js';
export type {
  Incident,
  SiteNews,
  SiteWatcher,
  SiteWatcherOptions,
  SiteWatcherState,
} from './detectors/siteWatcher.js';
export {
  type ImpactBucket,
  impactBuckets,
  type SessionExperience,
  type WhatIf,
  whatIf,
} from './impact/goalImpact.js';
export { type BetaBinomial, betaBinomialTail } from './statistics/betaBinomial.js';
export { type CusumOptions, type CusumResult, createCusum } from './statistics/cusum.js';
export { differenceInterval, type Estimate, shareDifference } from './statistics/differenceInterval.js';
export { adjustForFalseDiscovery } from './statistics/falseDiscovery.js';
export { type MannKendall, mannKendall } from './statistics/mannKendall.js';
export { type CommonOdds, mantelHaenszel, type Stratum } from './statistics/mantelHaenszel.js';
export {
  type NegativeBinomial,
  negativeBinomialLowerTail,
  negativeBinomialTail,
} from './statistics/negativeBinomial.js';
export { type PercentileInterval, percentileInterval } from './statistics/percentileInterval.js';
export { type TheilSenLine, theilSen } from './statistics/theilSen.js';
