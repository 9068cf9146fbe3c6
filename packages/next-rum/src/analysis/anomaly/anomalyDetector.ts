/** One value of a series. */
export interface SeriesPoint {
  /** Epoch ms, not before that of the point before. */
  readonly t: number;
  /** In any unit; all values of a series in the same. */
  readonly value: number;
  /** How many samples the value was made from, such as the views behind a percentile; 0 says nothing of it. */
  readonly n?: number;
}

/** In what ways a point may be unusual. */
export const ANOMALY_FEATURES = [
  'high',
  'low',
  'jump',
  'volatility',
  'level',
  'timeOfDay',
  'hourOfWeek',
] as const;
export type AnomalyFeature = (typeof ANOMALY_FEATURES)[number];

export interface AnomalyResult {
  /**
   * How surprising the point is, and that it is news, in decades (5 a feature at most) on a scale that is the same for
   * all series: 0 where nothing is unusual, or where it was more so a short while ago.
   */
  readonly score: number;
  readonly isAnomaly: boolean;
  /** In which about 98 % of the values at this time of the week lie, in the unit of the values; null until it is known. */
  readonly expected: readonly [low: number, high: number] | null;
  /** Decades of surprise by feature. Their sum, less the allowance for how often it is looked, is what became the score. */
  readonly contributions: { readonly [feature in AnomalyFeature]: number };
}

export interface AnomalyDetectorState {
  readonly version: 1;
  /** Of `writeStateNumbers`. */
  readonly numbers: string;
}

export interface AnomalyDetectorOptions {
  /** Of whose clock the hours and days are: IANA name. Default UTC. Not part of the state. */
  readonly timeZone?: string;
  /** Score from which a point is an anomaly. Default {@link ANOMALY_THRESHOLD}. */
  readonly threshold?: number;
  /** What `save` returned, to go on from there. At most 64 KB as JSON. */
  readonly state?: AnomalyDetectorState;
}

export interface AnomalyDetector {
  /**
   * Judges the next point by those before it, and learns it. A point before the last one is neither judged nor learnt; its
   * score is 0.
   *
   * @throws {RangeError} Where the time or the value is no finite number, or `n` is negative; nothing is learnt then.
   */
  readonly push: (point: SeriesPoint) => AnomalyResult;
  readonly save: () => AnomalyDetectorState;
}

/** Found on the public series that docs/analysis.md names. */
export const ANOMALY_THRESHOLD = 5;
