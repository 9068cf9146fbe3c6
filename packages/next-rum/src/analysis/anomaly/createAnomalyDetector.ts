import { createRecentValues } from './recentValues.js';
import { createSamplingStep } from './samplingStep.js';
import { createSeasonalProfile } from './seasonalProfile.js';
import { readStateNumbers, takeNumbers, writeStateNumbers } from './stateNumbers.js';
import { createTailSketch, type TailSketch } from './tailSketch.js';
import { createWallClock } from './wallClock.js';

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
   * How surprising the point is, and that it is news, in decades (about 3 a feature at most) on a scale that is the same for
   * all series: 0 where nothing is unusual, or where it was more so a short while ago.
   */
  readonly score: number;
  readonly isAnomaly: boolean;
  /** In which 98 % of the values at this time of the week lie, in the unit of the values; null until it is known. */
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
export const ANOMALY_THRESHOLD = 6;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const TIME_OF_DAY = { slots: 288, depth: 7, fewest: 2 };
const HOUR_OF_DAY = { slots: 24, depth: 14, fewest: 2 };
const HOUR_OF_WEEK = { slots: 168, depth: 4, fewest: 3 };
/** Points. */
const VOLATILITY_LENGTH = 12;
const LEVEL_LENGTH = 60;
/** Steps without a point after which what came before says nothing of what is short-lived. */
const GAP = 12;

/** Half of all points are above the median: only what is rarer says anything. Decades. */
const COMMON = Math.log10(2);
/** No single feature is to decide alone, so what one says levels off here. Decades. */
const LOUDEST = 3;
/** What has been said is old news after this: half of it. */
const NEWS_HALF_LIFE = 36 * HOUR;
/** By how much it must be exceeded before. */
const NEWS_MARGIN = 1.1;
/** Fewer values make no range and no band. */
const FEWEST = 30;
/** Points over which the usual sample size is taken. */
const SAMPLE_MEMORY = 100;
/** The share of values outside the band that is expected. */
const OUTSIDE = 0.02;

/**
 * Watches one series as it comes, without looking ahead and without a clock: the same points give the same results, whether
 * or not the detector was saved and restored between them.
 *
 * Each point is looked at in seven ways; each way's improbability is read from the tail of what the series has shown before
 * (ranks, and a generalized Pareto tail beyond them, as in Siffer et al., https://doi.org/10.1145/3097983.3098144), and the
 * seven are added up as Fisher did (Statistical Methods for Research Workers, 21.1), each levelled off. The method, its
 * sources, figures and limits: docs/analysis.md.
 *
 * @throws {RangeError} Where the time zone does not exist, the threshold is no positive number or the state is not one.
 *
 * @example
 * ```ts
 * const detector = createAnomalyDetector({ timeZone: 'Europe/Berlin' });
 * for (const [t, value] of hourlyCounts) {
 *   const { isAnomaly, score, expected } = detector.push({ t, value });
 *   if (isAnomaly) console.log(new Date(t), value, 'is not within', expected, score);
 * }
 * const later = createAnomalyDetector({ timeZone: 'Europe/Berlin', state: detector.save() });
 * ```
 */
export function createAnomalyDetector(options: AnomalyDetectorOptions = {}): AnomalyDetector {
  const { timeZone = 'UTC', threshold = ANOMALY_THRESHOLD, state } = options;
  if (!(threshold > 0 && threshold < Number.POSITIVE_INFINITY))
    throw new RangeError(`RUM: threshold is ${threshold}; it must be a number above 0`);
  const wallClock = createWallClock(timeZone);

  const saved = state && takeNumbers(readState(state));
  let first = saved ? saved() : Number.NaN;
  let last = saved ? saved() : Number.NaN;
  let previous = saved ? saved() : Number.NaN;
  let said = saved ? saved() : 0;
  let samples = saved ? saved() : 0;
  let samplePoints = saved ? saved() : 0;
  const step = createSamplingStep(saved);
  const moves = createRecentValues(VOLATILITY_LENGTH, saved);
  const levels = createRecentValues(LEVEL_LENGTH, saved);
  const timeOfDay = createSeasonalProfile(TIME_OF_DAY, saved);
  const hourOfDay = createSeasonalProfile(HOUR_OF_DAY, saved);
  const hourOfWeek = createSeasonalProfile(HOUR_OF_WEEK, saved);
  const tails = ANOMALY_FEATURES.map(() => createTailSketch(saved)) as unknown as Record<number, TailSketch>;
  const tail = Object.fromEntries(
    ANOMALY_FEATURES.map((feature, index) => [feature, tails[index]]),
  ) as Record<AnomalyFeature, TailSketch>;

  /** What is usual at this hour: of the week, as far as it is known, else of the day. */
  const usualAt = (hour: number, weekHour: number): number => {
    const ofDay = hourOfDay.usual(hour);
    const ofWeek = hourOfWeek.usual(weekHour);
    return Number.isNaN(ofWeek) ? ofDay : (ofDay + ofWeek) / 2;
  };

  const bandAround = (usual: number): readonly [number, number] | null => {
    if (Number.isNaN(usual) || tail.hourOfWeek.total() < FEWEST) return null;
    const width = tail.hourOfWeek.upper(OUTSIDE);
    const low = destabilise(usual - width);
    return [-tail.low.largest() < 0 ? low : Math.max(0, low), destabilise(usual + width)];
  };

  const withinReach = (value: number): number => {
    if (tail.high.total() < FEWEST) return value;
    const highest = tail.high.largest();
    const lowest = -tail.low.largest();
    const range = highest - lowest;
    return range > 0 ? Math.min(highest + range, Math.max(lowest - range, value)) : value;
  };

  const push = ({ t, value, n }: SeriesPoint): AnomalyResult => {
    check(t, value, n);
    const wall = wallClock(t);
    const slot = Math.floor(modulo(wall, DAY) / (DAY / TIME_OF_DAY.slots));
    const hour = Math.floor(modulo(wall, DAY) / HOUR);
    const weekHour = Math.floor(modulo(wall, 7 * DAY) / HOUR);
    const usual = usualAt(hour, weekHour);
    const expected = bandAround(usual);
    if (t < last || n === 0) return { score: 0, isAnomaly: false, expected, contributions: NOTHING };

    let x = withinReach(stabilise(value));
    if (n !== undefined) {
      if (n < samples) {
        // The error of a small sample is larger by this much; what it is off by is made that of a usual one.
        const centre = Number.isNaN(usual) ? tail.high.median() : usual;
        if (!Number.isNaN(centre)) x = centre + (x - centre) * Math.sqrt(n / samples);
      }
      samplePoints = Math.min(SAMPLE_MEMORY, samplePoints + 1);
      samples += (n - samples) / samplePoints;
    }

    const elapsed = Number.isNaN(last) ? 0 : t - last;
    if (elapsed > GAP * step.now()) {
      moves.clear();
      levels.clear();
      previous = Number.NaN;
    }
    if (elapsed > 0) step.add(elapsed);

    const contributions: Record<AnomalyFeature, number> = { ...NOTHING };
    let sum = 0;
    const look = (feature: AnomalyFeature, statistic: number): void => {
      if (Number.isNaN(statistic)) return;
      const surprise = tail[feature].decades(statistic) - COMMON;
      if (surprise > 0) {
        const levelled = LOUDEST * (1 - Math.exp(-surprise / LOUDEST));
        contributions[feature] = levelled;
        sum += levelled;
      }
      tail[feature].add(statistic);
    };
    levels.add(x);
    const hasLevel = levels.isFull() && tail.high.total() >= 2 * LEVEL_LENGTH;
    look('level', hasLevel ? Math.abs(levels.mean() - tail.high.median()) : Number.NaN);
    look('high', x);
    look('low', -x);
    if (!Number.isNaN(previous)) {
      const move = Math.abs(x - previous);
      moves.add(move);
      look('jump', move);
      if (moves.isFull()) look('volatility', moves.mean());
    }
    look('timeOfDay', Math.abs(x - timeOfDay.usual(slot)));
    look('hourOfWeek', Math.abs(x - usual));
    timeOfDay.add(slot, Math.floor(wall / (DAY / TIME_OF_DAY.slots)), x);
    hourOfDay.add(hour, Math.floor(wall / HOUR), x);
    hourOfWeek.add(weekHour, Math.floor(wall / HOUR), x);

    // Who looks twelve times as often sees the improbable twelve times as often.
    const looks = Number.isNaN(step.now()) ? 0 : Math.log10(HOUR / step.now());
    const evidence = Math.max(0, sum - looks);
    said *= 0.5 ** (elapsed / NEWS_HALF_LIFE);
    const score = evidence > NEWS_MARGIN * said ? evidence : 0;
    said = Math.max(said, evidence);

    if (Number.isNaN(first)) first = t;
    last = t;
    previous = x;
    return { score, isAnomaly: score >= threshold && t - first >= DAY, expected, contributions };
  };

  return {
    push,
    save: () => {
      const numbers = [first, last, previous, said, samples, samplePoints];
      for (const part of [step, moves, levels, timeOfDay, hourOfDay, hourOfWeek]) part.save(numbers);
      for (const feature of ANOMALY_FEATURES) tail[feature].save(numbers);
      return { version: 1, numbers: writeStateNumbers(numbers) };
    },
  };
}

const NOTHING: { readonly [feature in AnomalyFeature]: number } = {
  high: 0,
  low: 0,
  jump: 0,
  volatility: 0,
  level: 0,
  timeOfDay: 0,
  hourOfWeek: 0,
};

/**
 * Counts scatter the more the larger they are, times have a long upper tail: the cube root makes both nearly even (Wilson and
 * Hilferty 1931, https://doi.org/10.1073/pnas.17.12.684), and changes little where values vary little.
 */
function stabilise(value: number): number {
  // -0 would be told from 0 by nobody but the state.
  return Math.cbrt(value) + 0;
}

function destabilise(root: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, root ** 3));
}

function modulo(time: number, season: number): number {
  return ((time % season) + season) % season;
}

function check(t: number, value: number, n: number | undefined): void {
  if (!Number.isFinite(t)) throw new RangeError(`RUM: t is ${t}; it must be a time in epoch ms`);
  if (!Number.isFinite(value))
    throw new RangeError(`RUM: value is ${value} at t = ${t}; leave out points that have none`);
  if (n !== undefined && !(n >= 0 && n < Number.POSITIVE_INFINITY))
    throw new RangeError(`RUM: n is ${n} at t = ${t}; it must be how many samples there were`);
}

function readState({ version, numbers }: AnomalyDetectorState): Float64Array {
  if (version !== 1)
    throw new RangeError(`RUM: the saved state is of version ${version}, which is not known`);
  return readStateNumbers(numbers);
}
