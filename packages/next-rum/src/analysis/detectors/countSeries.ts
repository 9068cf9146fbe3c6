import type { NextNumber } from '../anomaly/stateNumbers.js';
import type { WallClock } from '../anomaly/wallClock.js';
import { negativeBinomialLowerTail } from '../statistics/negativeBinomial.js';
import { createScatter } from './scatter.js';
import { createSeason } from './season.js';
import { createSilence, SILENT } from './silence.js';

interface CountVerdict {
  /** Begin of the first bucket that is meant, epoch ms. */
  readonly since: number;
  /** End of the first of them, epoch ms. */
  readonly begunBy: number;
  readonly count: number;
  /** How many are usual; NaN where it is not known yet. */
  readonly expected: number;
  /** The probability of at most so many where nothing has changed; 1 where it is not worth finding out. */
  readonly p: number;
  /** Nothing comes at all, and that is no chance. */
  readonly isSilent: boolean;
}

/**
 * Watches how many come: against what is usual at this hour of the week, as a negative binomial count, since the crowd itself
 * varies. A bucket in which nobody came must be pushed as 0. Silence is told by what would surely have come since the last view:
 * the probability that nobody does is below 1e-5.
 */
export interface CountSeries {
  /** @param t Begin of the bucket, epoch ms. @param step Its length, ms. */
  readonly push: (t: number, step: number, count: number, isTeaching: boolean) => CountVerdict;
  /** What would be usual in a bucket, by what is known now; null where nothing is. */
  readonly measure: (t: number, step: number) => Usual | null;
  /** Whether so many are not clearly too few for one bucket. */
  readonly isUsual: (t: number, step: number, count: number) => boolean;
  readonly calm: () => number;
  readonly doubt: () => void;
  /** The buckets so far are not to be judged again together with those to come. */
  readonly forget: () => void;
  readonly save: (into: number[]) => void;
}

/** What is usual, and between which counts 95 of 100 buckets lie. */
interface Usual {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** Standard deviations that hold 95 of 100. */
export const BAND = 1.96;
const DAY = 86_400_000;
/** Of what the level is made. */
const HALF_LIFE = 3 * DAY;
/** The level of a part of a day says nothing about the hours of a day. */
const SEASON_FROM = DAY;
const JUDGED_FROM = 4 * DAY;
/** By then every hour of the week came once. */
const SILENCE_FROM = 7 * DAY;
const DROPS_FROM = 8 * DAY;
/** Clocks of those who come may change when the site's do not, ms. */
const HOUR = 3_600_000;
const AROUND = [-HOUR, HOUR] as const;
/** Buckets are put together until so many are expected. */
const EXPECTED_TO_JUDGE = 10;
const WINDOWS = 3;
/** What is left of what is usual must be less than this to matter. */
const LEFT = 0.65;
const WORTH = 2.5;
const CALM = 1.5;
const HOT = 3.5;
/** What stays unusual for longer, and is no incident, is learnt, ms. */
const STAYS_HOT = 3 * DAY;
/** @param saved What `save` put down. */
export function createCountSeries(wallClock: WallClock, saved?: NextNumber): CountSeries {
  let first = saved ? saved() : Number.NaN;
  let seen = saved ? saved() : 0;
  let factors = saved ? saved() : 0;
  const pending = {
    since: saved ? saved() : Number.NaN,
    count: saved ? saved() : 0,
    expected: saved ? saved() : 0,
  };
  let calm = saved ? saved() : 0;
  /** Since when it is so unusual that it should teach nothing; NaN where it is not. */
  let hotSince = saved ? saved() : Number.NaN;
  const recent: Judged[] = [];
  if (saved)
    for (let left = saved(); left > 0; left -= 1)
      recent.push({ since: saved(), count: saved(), expected: saved() });
  const scatter = createScatter(saved);
  const season = createSeason(wallClock, 'counts', saved);
  const silence = createSilence(wallClock, saved);

  /** Of an hour where clocks are half an hour off, that of the hour there that it begins in: so it is of one hour, and each day of the same. */
  const middleOf = (t: number, step: number): number => {
    const middle = t + step / 2;
    return step < HOUR ? middle : middle - ((((wallClock(middle) - HOUR / 2) % HOUR) + HOUR) % HOUR);
  };

  /** @param until End of the last bucket, epoch ms. */
  const judge = (until: number): Judged & { begunBy: number; p: number } => {
    const total = { since: pending.since, begunBy: until, count: 0, expected: 0 };
    let best = { ...pending, begunBy: until, p: 1 };
    let nearest = 0;
    let farthest = 0;
    for (const each of recent) {
      // One that is not the last ends where the next one begins.
      total.begunBy = each === recent[0] ? until : total.since;
      total.since = each.since;
      total.count += each.count;
      total.expected += each.expected;
      const varies = Math.max(1e-9, scatter.dispersionAt(total.expected));
      const z = (total.count - total.expected) / Math.sqrt(total.expected * (1 + total.expected * varies));
      farthest = Math.min(farthest, z);
      nearest = Math.max(nearest, z);
      if (z > -WORTH || total.count > LEFT * total.expected) continue;
      const p = Math.min(
        1,
        WINDOWS * negativeBinomialLowerTail({ mean: total.expected, dispersion: 1 / varies }, total.count),
      );
      if (p < best.p) best = { ...total, p };
    }
    if (farthest > -HOT && nearest < HOT) hotSince = Number.NaN;
    else if (Number.isNaN(hotSince)) ({ since: hotSince } = pending);
    calm = farthest > -CALM ? calm + 1 : 0;
    return best;
  };

  const measure = (t: number, step: number): Usual | null => {
    if (!(factors > 0)) return null;
    const expected = (seen / factors) * season.factorAt(middleOf(t, step));
    const varies = expected > 0 ? scatter.dispersionAt(expected) : 0;
    const reach = BAND * Math.sqrt(expected * (1 + expected * varies));
    return { expected, low: Math.max(0, expected - reach), high: expected + reach };
  };

  return {
    push: (t, step, count, isTeaching) => {
      if (Number.isNaN(first)) first = t;
      const middle = middleOf(t, step);
      const factor = season.factorAt(middle);
      const expected = factors > 0 ? (seen / factors) * factor : Number.NaN;
      let verdict: CountVerdict = { since: t, begunBy: t + step, count, expected, p: 1, isSilent: false };
      const isJudged = t - first >= JUDGED_FROM && expected > 0;
      const level = isJudged ? seen / factors : Number.NaN;
      const gap = silence.push({
        t,
        middle,
        count,
        expected: level * factor,
        least: level * Math.min(factor, ...AROUND.map((away) => season.factorAt(middle + away))),
        seen: season.seenAt(middle),
        isTeaching,
      });
      if (isJudged) {
        if (gap !== null && gap.p < SILENT && t - first >= SILENCE_FROM)
          verdict = { ...gap, begunBy: gap.since + step, count: 0, isSilent: true };
        if (pending.expected === 0) pending.since = t;
        pending.count += count;
        pending.expected += expected;
        if (pending.expected >= EXPECTED_TO_JUDGE) {
          recent.unshift({ ...pending });
          recent.length = Math.min(recent.length, WINDOWS);
          const judged = judge(t + step);
          if (Number.isNaN(hotSince) || t - first < DROPS_FROM) scatter.add(pending.count, pending.expected);
          if (!verdict.isSilent && t - first >= DROPS_FROM) verdict = { ...judged, isSilent: false };
          pending.count = 0;
          pending.expected = 0;
        }
      }
      if (isTeaching && !verdict.isSilent && (!(t - hotSince < STAYS_HOT) || t - first < DROPS_FROM)) {
        const kept = 0.5 ** (step / HALF_LIFE);
        if (factors > 0 && t - first >= SEASON_FROM) season.learn(middle, count, seen / factors);
        seen = kept * seen + count;
        factors = kept * factors + factor;
      }
      return verdict;
    },
    measure,
    isUsual: (t, step, count) => count >= LEFT * (measure(t, step)?.expected ?? 0),
    calm: () => calm,
    doubt: () => {
      seen *= 0.1;
      factors *= 0.1;
    },
    forget: () => {
      recent.length = 0;
      pending.count = 0;
      pending.expected = 0;
      hotSince = Number.NaN;
    },
    save: (into) => {
      into.push(first, seen, factors, pending.since, pending.count, pending.expected);
      into.push(calm, hotSince, recent.length);
      for (const each of recent) into.push(each.since, each.count, each.expected);
      scatter.save(into);
      season.save(into);
      silence.save(into);
    },
  };
}

interface Judged {
  readonly since: number;
  readonly count: number;
  readonly expected: number;
}
