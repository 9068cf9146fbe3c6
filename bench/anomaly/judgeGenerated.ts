import { createAnomalyDetector } from '@rumkit/next-rum/analysis';
import { generateSeries, SERIES_KINDS, type SeriesKind } from './generatedSeries.js';

export interface GeneratedFigures {
  readonly kind: SeriesKind;
  readonly threshold: number;
  /** Share of the faulty series with an alarm in the first three hours of the fault, and within a day. */
  readonly within3Hours: number;
  readonly withinADay: number;
  /** On series without a fault, from the second week on. */
  readonly falseAlarmsPerWeek: number;
}

const WEEK = 168;

/** Runs the detector over made-up series, half of them faulty. */
export function judgeGenerated(seriesOfAKind: number, threshold: number): GeneratedFigures[] {
  return SERIES_KINDS.map((kind) => {
    let within3Hours = 0;
    let withinADay = 0;
    let falseAlarms = 0;
    let weeks = 0;
    for (let seed = 1; seed <= seriesOfAKind; seed += 1) {
      const { faultFrom, alarms } = alarmsOf(kind, true, seed, threshold);
      const first = alarms.find((index) => index >= (faultFrom ?? 0)) ?? Number.POSITIVE_INFINITY;
      if (first < (faultFrom ?? 0) + 3) within3Hours += 1;
      if (first < (faultFrom ?? 0) + 24) withinADay += 1;
      const clean = alarmsOf(kind, false, seed + 1e6, threshold);
      falseAlarms += clean.alarms.filter((index) => index >= WEEK).length;
      weeks += clean.length / WEEK - 1;
    }
    return {
      kind,
      threshold,
      within3Hours: within3Hours / seriesOfAKind,
      withinADay: withinADay / seriesOfAKind,
      falseAlarmsPerWeek: falseAlarms / weeks,
    };
  });
}

function alarmsOf(kind: SeriesKind, isFaulty: boolean, seed: number, threshold: number) {
  const { points, faultFrom } = generateSeries(kind, isFaulty, seed);
  const detector = createAnomalyDetector({ timeZone: 'Europe/Berlin', threshold });
  const alarms = points.flatMap((point, index) => (detector.push(point).isAnomaly ? [index] : []));
  return { faultFrom, alarms, length: points.length };
}
