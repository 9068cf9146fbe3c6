import type { NextNumber } from '../anomaly/stateNumbers.js';
import type { WallClock } from '../anomaly/wallClock.js';
import { createSlots } from './slots.js';

/** What is known when nobody came in a bucket. */
interface Gap {
  /** Begin of the first bucket without anybody, epoch ms. */
  readonly since: number;
  /** How many would surely have come since. */
  readonly expected: number;
  /** The probability that nobody comes for as long by chance. */
  readonly p: number;
}

/** What comes in a bucket, and what is known of its hour. */
export interface SilenceBucket {
  /** Begin and middle, epoch ms. */
  readonly t: number;
  readonly middle: number;
  readonly count: number;
  /** How many are usual, by the calendar; NaN where that is not known. */
  readonly expected: number;
  /** And the least that it is within an hour, since clocks of visitors may change when the site's do not. */
  readonly least: number;
  /** On how many counts at this hour of other days that rests. */
  readonly seen: number;
  readonly isTeaching: boolean;
}

/**
 * Tells silence from a quiet night. Only what would *surely* have come counts: what is usual at an hour is a gamma variable, the
 * wider the less was seen at this hour of the day and of the week, and `-ln E[exp(-λ)]` of it is what none can be held against;
 * at an hour of the week that never came before that is nothing. And since one visit is several views, and moods no calendar
 * knows keep people away, nobody comes more often than a Poisson count of views says: how many times as often is learnt from how
 * often nobody came when so many were expected, and what is not known of that is averaged over.
 */
export interface Silence {
  /** Null where somebody came, or where nothing is known. */
  readonly push: (bucket: SilenceBucket) => Gap | null;
  readonly save: (into: number[]) => void;
}

export const SILENT = 1e-5;
const HOUR = 3_600_000;
const HOURS_OF_WEEK = 168;
/** Views of one visit, by which counts say less than they seem to. */
const VIEWS_A_VISIT = 3;
/** Visits that say an hour is like any other: of the day, and on top of that of the week. */
const PRIOR_VISITS = { ofDay: 0.5, ofWeek: 0.5 };
/** What is kept of an hour of the week each time that it comes round. */
const KEPT_A_WEEK = 0.6;
/** Bins of what was expected: half powers of two from a quarter of a view to 32. */
const BINS = 15;
const LEAST = 0.25;
/** What is kept at each bucket of how often nobody came: some five weeks of hours. */
const KEPT = 0.999;
/** Neighbouring hours are not independent: what they say together counts half. */
const TRUST = 0.5;
/** Views that come together, as far as nobody coming goes, and how likely each is before anything was seen: log-normal. */
const TOGETHER = Array.from({ length: 20 }, (_, step) => 1.2 ** step);
const TOGETHER_BEFORE = TOGETHER.map((views) => -0.5 * ((Math.log(views) - Math.log(2)) / 0.6) ** 2);
/** By how much crowds vary. */
const DISPERSION = 0.02;

/** @param saved What `save` put down. */
export function createSilence(wallClock: WallClock, saved?: NextNumber): Silence {
  const take = (length: number): Float64Array => Float64Array.from({ length }, () => (saved ? saved() : 0));
  const hoursOfWeek = createSlots(
    { count: HOURS_OF_WEEK, kept: KEPT_A_WEEK, prior: { counts: 0, rounds: 0 } },
    saved,
  );
  /** By bin of what was expected: buckets, those without anybody, and those of a gap that is not over. */
  const [all, empty, pending] = [take(BINS), take(BINS), take(BINS)];
  let since = saved ? saved() : Number.NaN;
  let expectedSince = saved ? saved() : 0;
  let wasSilent = saved ? saved() === 1 : false;
  const at = (array: Float64Array, place: number): number => array[place] as number;

  const surely = (expected: number, seen: number, hour: number): number => {
    const [seenThen, buckets] = [hoursOfWeek.seen(hour), hoursOfWeek.expected(hour)];
    // At an hour of the week that nobody came at yet, nobody has to come.
    if (seenThen === 0 || !(expected > 0)) return 0;
    const prior = PRIOR_VISITS.ofWeek * VIEWS_A_VISIT;
    const asThen = Math.min(1, (seenThen + prior) / (buckets * expected + prior));
    const usual = (expected * asThen) / VIEWS_A_VISIT;
    const spread =
      1 / (PRIOR_VISITS.ofDay + seen / VIEWS_A_VISIT) + 1 / (PRIOR_VISITS.ofWeek + seenThen / VIEWS_A_VISIT);
    return (VIEWS_A_VISIT * Math.log1p(spread * usual)) / spread;
  };

  /** That nobody comes where so many are expected, over what is thought of how many come together. */
  const chance = (expected: number): number => {
    const logs = TOGETHER.map((together, place) => {
      let log = TOGETHER_BEFORE[place] as number;
      for (let bin = 0; bin < BINS; bin += 1) {
        if (at(all, bin) === 0) continue;
        const visits = middleOf(bin) / together;
        const none = at(empty, bin);
        log += TRUST * (-none * visits + (at(all, bin) - none) * Math.log(-Math.expm1(-visits)));
      }
      return log;
    });
    const largest = Math.max(...logs);
    const weights = logs.map((log) => Math.exp(log - largest));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    return TOGETHER.reduce(
      (sum, together, place) => sum + ((weights[place] as number) / whole) * none(expected / together),
      0,
    );
  };

  return {
    push: (bucket) => {
      const { t, middle, count, expected, least, seen, isTeaching } = bucket;
      const hour = Math.floor(wallClock(middle) / HOUR);
      const sure = surely(least, seen, hour);
      const bin = binOf(surely(expected, seen, hour));
      let gap: Gap | null = null;
      if (count > 0) {
        if (isTeaching) {
          for (let each = 0; each < BINS; each += 1) {
            // What a silence was made of says nothing about how often nobody comes.
            const gone = wasSilent ? 0 : at(pending, each);
            all[each] = KEPT * at(all, each) + gone;
            empty[each] = KEPT * at(empty, each) + gone;
          }
          if (bin !== null) all[bin] = at(all, bin) + 1;
        }
        pending.fill(0);
        [since, expectedSince, wasSilent] = [Number.NaN, 0, false];
      } else {
        if (sure > 0 && Number.isNaN(since)) since = t;
        expectedSince += sure;
        if (bin !== null) pending[bin] = at(pending, bin) + 1;
        if (expectedSince > 0) gap = { since, expected: expectedSince, p: chance(expectedSince) };
        if (gap !== null && gap.p < SILENT) wasSilent = true;
      }
      if (isTeaching && !wasSilent) hoursOfWeek.add(hour, count, 1);
      return gap;
    },
    save: (into) => {
      hoursOfWeek.save(into);
      into.push(...all, ...empty, ...pending);
      into.push(since, expectedSince, wasSilent ? 1 : 0);
    },
  };
}

/** That nobody comes of so many that are expected on average, of a crowd that is not always the same. */
function none(visits: number): number {
  return (1 + visits * DISPERSION) ** (-1 / DISPERSION);
}

function binOf(expected: number): number | null {
  if (expected < LEAST) return null;
  return Math.min(BINS - 1, Math.floor(2 * Math.log2(expected / LEAST)));
}

/** Views. */
function middleOf(bin: number): number {
  return LEAST * 2 ** ((bin + 0.5) / 2);
}
