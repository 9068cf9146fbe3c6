import { type AnomalyDetectorState, createAnomalyDetector } from '@rumkit/next-rum/analysis';
import type { ScoredSeries, Series } from './seriesFile.js';

const HOUR = 3_600_000;

/** The default detector over one series. A row that is no finite number has the score 0 and teaches nothing. */
export function scoreSeries({ times, values }: Series): ScoredSeries {
  const detector = createAnomalyDetector();
  const scores = new Float64Array(times.length);
  const flags: boolean[] = [];
  for (const [row, t] of times.entries()) {
    const value = values[row] ?? Number.NaN;
    const result = Number.isFinite(value) ? detector.push({ t, value }) : undefined;
    scores[row] = result?.score ?? 0;
    flags.push(result?.isAnomaly ?? false);
  }
  return { scores, flags };
}

export interface PassCost {
  /** CPU s. */
  readonly seconds: number;
  /** Of one state as JSON, KB. */
  readonly stateKB: number;
}

/** One pass over many hourly series, each with 13 weeks behind it: state read from text, one point, state written to text. */
export function measurePass(seriesCount: number): PassCost {
  const learnt = createAnomalyDetector({ timeZone: 'Europe/Berlin' });
  const weeks = 13;
  for (let hour = 0; hour < weeks * 168; hour += 1)
    learnt.push({ t: hour * HOUR, value: 500 + 300 * Math.sin(hour / 3.82) + ((hour * 7919) % 101) });
  const text = JSON.stringify(learnt.save());
  const began = process.cpuUsage();
  let written = 0;
  for (let series = 0; series < seriesCount; series += 1) {
    const state = JSON.parse(text) as AnomalyDetectorState;
    const detector = createAnomalyDetector({ timeZone: 'Europe/Berlin', state });
    detector.push({ t: weeks * 168 * HOUR, value: series });
    written += JSON.stringify(detector.save()).length;
  }
  const { user, system } = process.cpuUsage(began);
  return { seconds: (user + system) / 1e6, stateKB: written / seriesCount / 1024 };
}
