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
