import type { Series } from './seriesFile.js';

/**
 * The scoring rules of the Numenta Anomaly Benchmark as they were published (Lavin and Ahmad 2015,
 * https://arxiv.org/abs/1510.03336; Ahmad et al. 2017, https://doi.org/10.1016/j.neucom.2017.04.070): a detection counts by
 * how early in its window it comes, a false one by how far behind the window before it.
 */
export interface NabProfile {
  readonly truePositive: number;
  readonly falseNegative: number;
  readonly falsePositive: number;
}

export const NAB_PROFILES = {
  standard: { truePositive: 1, falseNegative: 1, falsePositive: 0.11 },
  lowFP: { truePositive: 1, falseNegative: 1, falsePositive: 0.22 },
  lowFN: { truePositive: 1, falseNegative: 2, falsePositive: 0.11 },
} as const satisfies Record<string, NabProfile>;

/** A series as the rules see it. */
export interface NabSeries {
  readonly series: Series;
  readonly windows: number;
  /** The first rows are for learning. */
  readonly scoredFrom: number;
  /** The window that a row is in, or -1. */
  readonly windowOf: Int32Array;
  /** What a detection at a row is worth before its weight: 0–1 in a window, below 0 outside. */
  readonly worth: Float64Array;
}

export interface NabScore {
  /** 0: nothing detected; 100: every window at its first row, and nothing else. */
  readonly score: number;
  readonly threshold: number;
}

const LEARNING_SHARE = 0.15;
const LEARNING_ROWS = 750;
/** The worth of a detection as it moves from the window's first row (-1) to its last (0) and on. */
function sigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/** @param windows First and last time of each labelled window, as timestamps. */
export function underNabRules(series: Series, windows: readonly (readonly [string, string])[]): NabSeries {
  const { times } = series;
  const rows = times.length;
  const spans = windows
    .map(([from, to]): readonly [number, number] => [timeOfWindow(from), timeOfWindow(to)])
    .map(([from, to]): readonly [number, number] => [
      times.findIndex((time) => time >= from && time <= to),
      times.findLastIndex((time) => time >= from && time <= to),
    ])
    .sort(([one], [other]) => one - other);
  const windowOf = new Int32Array(rows).fill(-1);
  const worth = new Float64Array(rows).fill(-1);
  for (const [number, [left, right]] of spans.entries()) {
    const next = spans[number + 1]?.[0] ?? rows;
    for (let row = left; row < next; row += 1) {
      if (row <= right) {
        windowOf[row] = number;
        worth[row] = sigmoid(-(right - row + 1) / (right - left + 1)) / sigmoid(-1);
      } else worth[row] = sigmoid((row - right) / Math.max(1, right - left));
    }
  }
  const scoredFrom = Math.min(Math.floor(LEARNING_SHARE * rows), LEARNING_ROWS);
  return { series, windows: spans.length, scoredFrom, windowOf, worth };
}

/** The best score that one threshold for all series reaches, and that threshold. */
export function bestNabScore(
  all: readonly NabSeries[],
  scores: readonly Float64Array[],
  profile: NabProfile,
): NabScore {
  const windows = countWindows(all);
  const rows: { score: number; worth: number; window: number }[] = [];
  let windowsBefore = 0;
  for (const [index, { scoredFrom, windowOf, worth, windows: own }] of all.entries()) {
    for (const [row, score] of (scores[index] ?? []).entries()) {
      const window = windowOf[row] ?? -1;
      if (row >= scoredFrom && score > 0)
        rows.push({ score, worth: worth[row] ?? 0, window: window < 0 ? -1 : windowsBefore + window });
    }
    windowsBefore += own;
  }
  rows.sort((one, other) => other.score - one.score);

  const found = new Float64Array(windows).fill(Number.NaN);
  let total = -profile.falseNegative * windows;
  let best = { total, threshold: Number.POSITIVE_INFINITY };
  for (const [index, { score, worth, window }] of rows.entries()) {
    if (window < 0) total += worth * profile.falsePositive;
    else {
      const before = found[window] ?? Number.NaN;
      if (Number.isNaN(before)) total += profile.falseNegative + worth * profile.truePositive;
      else if (worth > before) total += (worth - before) * profile.truePositive;
      if (!(before >= worth)) found[window] = worth;
    }
    if (rows[index + 1]?.score !== score && total > best.total + 1e-12) best = { total, threshold: score };
  }
  return { score: normalise(best.total, windows, profile), threshold: best.threshold };
}

/** The score at a given threshold; NaN without windows. */
export function nabScoreAt(
  all: readonly NabSeries[],
  scores: readonly Float64Array[],
  profile: NabProfile,
  threshold: number,
): number {
  let total = 0;
  for (const [index, { scoredFrom, windowOf, worth, windows }] of all.entries()) {
    const best = new Map<number, number>();
    for (const [row, score] of (scores[index] ?? []).entries()) {
      if (row < scoredFrom || score < threshold) continue;
      const window = windowOf[row] ?? -1;
      const here = worth[row] ?? 0;
      if (window < 0) total += here * profile.falsePositive;
      else best.set(window, Math.max(here, best.get(window) ?? here));
    }
    for (const here of best.values()) total += here * profile.truePositive;
    total -= (windows - best.size) * profile.falseNegative;
  }
  return normalise(total, countWindows(all), profile);
}

function countWindows(all: readonly NabSeries[]): number {
  return all.reduce((sum, { windows }) => sum + windows, 0);
}

function normalise(total: number, windows: number, { truePositive, falseNegative }: NabProfile): number {
  return (100 * (total + falseNegative * windows)) / ((truePositive + falseNegative) * windows);
}

function timeOfWindow(stamp: string): number {
  return Date.parse(`${stamp.slice(0, 19).replace(' ', 'T')}Z`);
}
