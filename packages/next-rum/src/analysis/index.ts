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
export { type BetaBinomial, betaBinomialTail } from './statistics/betaBinomial.js';
export { type CusumOptions, type CusumResult, createCusum } from './statistics/cusum.js';
export { adjustForFalseDiscovery } from './statistics/falseDiscovery.js';
export { type MannKendall, mannKendall } from './statistics/mannKendall.js';
export {
  type NegativeBinomial,
  negativeBinomialLowerTail,
  negativeBinomialTail,
} from './statistics/negativeBinomial.js';
export { type PercentileInterval, percentileInterval } from './statistics/percentileInterval.js';
export { type TheilSenLine, theilSen } from './statistics/theilSen.js';
