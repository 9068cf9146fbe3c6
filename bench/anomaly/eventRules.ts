import type { Series } from './seriesFile.js';

/**
 * Events of labelled series: a run of labelled rows, gaps of one row within, is an event; any alarm in it detects it, once.
 * Alarms elsewhere are false, at most one an hour. The first 15 % of the rows, at most 7 days, are for learning.
 */
export interface EventSeries {
  readonly series: Series;
  readonly scoredFrom: number;
  /** The event that a row is in, or -1. */
  readonly eventOf: Int32Array;
  readonly weeks: number;
}

export interface EventScore {
  readonly events: number;
  readonly detected: number;
  readonly falseAlarms: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** For each series. */
  readonly falseAlarmsPerWeek: number;
}

const LEARNING_SHARE = 0.15;
const LEARNING_SECONDS = 7 * 86_400;
const WEEK_SECONDS = 7 * 86_400;
const HOUR = 3_600_000;

/** @throws Where the series has no labels. */
export function underEventRules(series: Series): EventSeries {
  const { times, labels, name } = series;
  if (!labels) throw new RangeError(`${name} has no labels`);
  const eventOf = new Int32Array(times.length).fill(-1);
  let event = -1;
  let last = Number.NEGATIVE_INFINITY;
  for (const [row, isLabelled] of labels.entries()) {
    if (!isLabelled) continue;
    if (row - last > 2) event += 1;
    eventOf[row] = event;
    last = row;
  }
  const distances = Array.from(times.slice(1, 200), (time, index) => time - (times[index] ?? 0));
  distances.sort((one, other) => one - other);
  const step = (distances[distances.length >> 1] || 60_000) / 1000;
  const scoredFrom = Math.min(Math.floor(LEARNING_SHARE * times.length), Math.floor(LEARNING_SECONDS / step));
  return { series, scoredFrom, eventOf, weeks: ((times.length - scoredFrom) * step) / WEEK_SECONDS };
}

/** @param isAlarm Whether row `row` of series number `index` is an alarm. */
export function scoreEvents(
  all: readonly EventSeries[],
  isAlarm: (index: number, row: number) => boolean,
): EventScore {
  let events = 0;
  let detected = 0;
  let falseAlarms = 0;
  let weeks = 0;
  for (const [index, { series, scoredFrom, eventOf, weeks: own }] of all.entries()) {
    const there = new Set<number>();
    const found = new Set<number>();
    let last = Number.NEGATIVE_INFINITY;
    for (let row = scoredFrom; row < eventOf.length; row += 1) {
      const event = eventOf[row] ?? -1;
      if (event >= 0) there.add(event);
      if (!isAlarm(index, row)) continue;
      const time = series.times[row] ?? 0;
      if (event >= 0) found.add(event);
      else if (time - last >= HOUR) {
        falseAlarms += 1;
        last = time;
      }
    }
    events += there.size;
    detected += found.size;
    weeks += own;
  }
  const precision = detected + falseAlarms > 0 ? detected / (detected + falseAlarms) : 0;
  const recall = events > 0 ? detected / events : 0;
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return {
    events,
    detected,
    falseAlarms,
    precision,
    recall,
    f1,
    falseAlarmsPerWeek: weeks > 0 ? falseAlarms / weeks : 0,
  };
}
