import {
  ANOMALY_FEATURES,
  ANOMALY_THRESHOLD,
  type AnomalyDetector,
  type AnomalyDetectorOptions,
  type AnomalyDetectorState,
  type AnomalyFeature,
  type AnomalyResult,
  type SeriesPoint,
} from './anomalyDetector.js';
import { createRecentValues } from './recentValues.js';
import { createSamplingStep } from './samplingStep.js';
import { createSeasonalProfile } from './seasonalProfile.js';
import { readStateNumbers, takeNumbers, writeStateNumbers } from './stateNumbers.js';
import { createTailSketch, type TailSketch } from './tailSketch.js';
import { createWallClock } from './wallClock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Epoch ms, either way: as far as a date goes. */
const FARTHEST = 8.64e15;

const TIME_OF_DAY = { slots: 288, depth: 7, fewest: 2 };
const HOUR_OF_DAY = { slots: 24, depth: 14, fewest: 2 };
const HOUR_OF_WEEK = { slots: 168, depth: 4, fewest: 3 };
/** Points. */
const VOLATILITY_LENGTH = 12;
const LEVEL_LENGTH = 60;
const OFF_LENGTH = 2;
/** Steps without a point after which what came before says nothing of what is short-lived. */
const GAP = 12;

/** What happens more often than about once in three points says nothing. Decades. */
const COMMON = 0.5;
/** No single feature is to decide alone, so what one says levels off here. Decades. */
const LOUDEST = 5;
/** What has been said is old news after this: half of it. */
const NEWS_HALF_LIFE = DAY;
/** By how much it must be exceeded before. */
const NEWS_MARGIN = 1.05;
/** Fewer values make no range and no band. */
const FEWEST = 30;
/** Points over which the usual sample size is taken. */
const SAMPLE_MEMORY = 100;
/** Ranges of what was seen beyond which a value is taken for one at that distance. */
const REACH = 10;
/**
 * The band is made from what a tenth of the values are off by or more, so that a fault must last for a tenth of all that is
 * remembered before it widens; were they normal, twice 1 % would be farther off than this many times that.
 */
const OFTEN_OFF = 0.1;
const BAND_FACTOR = 2.326 / 1.645;

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

  const numbers = state && readState(state);
  const saved = numbers && takeNumbers(numbers);
  let first = saved ? saved() : Number.NaN;
  let last = saved ? saved() : Number.NaN;
  let previous = saved ? saved() : Number.NaN;
  let said = saved ? saved() : 0;
  let samples = saved ? saved() : 0;
  let samplePoints = saved ? saved() : 0;
  const step = createSamplingStep(saved);
  const moves = createRecentValues(VOLATILITY_LENGTH, saved);
  const levels = createRecentValues(LEVEL_LENGTH, saved);
  /** How far the points were off what is usual at their hour. */
  const offs = createRecentValues(OFF_LENGTH, saved);
  const timeOfDay = createSeasonalProfile(TIME_OF_DAY, saved);
  const hourOfDay = createSeasonalProfile(HOUR_OF_DAY, saved);
  const hourOfWeek = createSeasonalProfile(HOUR_OF_WEEK, saved);
  const tail: { readonly [feature in AnomalyFeature]: TailSketch } = {
    high: createTailSketch(saved),
    low: createTailSketch(saved),
    jump: createTailSketch(saved),
    volatility: createTailSketch(saved),
    level: createTailSketch(saved),
    timeOfDay: createTailSketch(saved),
    hourOfWeek: createTailSketch(saved),
  };
  if (numbers && saved?.() !== numbers.length - 1)
    throw new RangeError('RUM: the saved state is not of this version');

  /** What is usual at this hour: of the week, as far as it is known, else of the day. */
  const usualAt = (hour: number, weekHour: number): number => {
    const ofDay = hourOfDay.usual(hour);
    const ofWeek = hourOfWeek.usual(weekHour);
    return Number.isNaN(ofWeek) ? ofDay : (ofDay + ofWeek) / 2;
  };

  const bandAround = (usual: number): readonly [number, number] | null => {
    if (Number.isNaN(usual) || tail.hourOfWeek.total() < FEWEST) return null;
    const width = BAND_FACTOR * tail.hourOfWeek.upper(OFTEN_OFF);
    const low = destabilise(usual - width);
    return [-tail.low.largest() < 0 ? low : Math.max(0, low), destabilise(usual + width)];
  };

  /** So far from all that was seen that it cannot be told from farther; what is farther would spoil what comes after it. */
  const withinReach = (value: number): number => {
    if (tail.high.total() < FEWEST) return value;
    const highest = tail.high.largest();
    const lowest = -tail.low.largest();
    const reach = REACH * (highest - lowest);
    return reach > 0 ? Math.min(highest + reach, Math.max(lowest - reach, value)) : value;
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
      offs.clear();
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
    if (!Number.isNaN(usual)) {
      offs.add(x - usual);
      look('hourOfWeek', Math.abs(offs.mean()));
    }
    timeOfDay.add(slot, Math.floor(wall / (DAY / TIME_OF_DAY.slots)), x);
    hourOfDay.add(hour, Math.floor(wall / HOUR), x);
    hourOfWeek.add(weekHour, Math.floor(wall / HOUR), x);

    // Who looks twelve times an hour sees the improbable twelve times as often.
    const looks = step.now() < HOUR ? Math.log10(HOUR / step.now()) : 0;
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
      const into = [first, last, previous, said, samples, samplePoints];
      for (const part of [step, moves, levels, offs, timeOfDay, hourOfDay, hourOfWeek]) part.save(into);
      for (const feature of ANOMALY_FEATURES) tail[feature].save(into);
      into.push(into.length);
      return { version: 1, numbers: writeStateNumbers(into) };
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
  if (!(Math.abs(t) <= FARTHEST)) throw new RangeError(`RUM: t is ${t}; it must be a time in epoch ms`);
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
