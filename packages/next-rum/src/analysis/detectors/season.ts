import type { NextNumber } from '../anomaly/stateNumbers.js';
import type { WallClock } from '../anomaly/wallClock.js';

/**
 * By what a rate usually differs from its mean at a time of the week, as the clock on the wall there tells it: hours of the day
 * from the third day on, days of the week from the second week, hours of the week from the fourth. Each is drawn towards what is
 * known without it, the more the less of it was seen.
 */
export interface Season {
  /** 1 on average. @param t Middle of the bucket, epoch ms. */
  readonly factorAt: (t: number) => number;
  /**
   * @param t Middle of the bucket, epoch ms.
   * @param seen What was counted.
   * @param expected What would have been counted without a season.
   */
  readonly learn: (t: number, seen: number, expected: number) => void;
  readonly save: (into: number[]) => void;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOURS_OF_DAY_FROM = 3 * DAY;
const DAYS_OF_WEEK_FROM = 7 * DAY;
const HOURS_OF_WEEK_FROM = 21 * DAY;
/** What is kept of a slot each time that it comes round. */
const KEPT = { ofDay: 0.95, ofWeek: 0.85 };
/** Counts, and rounds, that say nothing is different in a slot. */
const PRIOR_COUNT = 40;
const PRIOR_ROUNDS = 0.5;

/** @param saved What `save` put down. */
export function createSeason(wallClock: WallClock, saved?: NextNumber): Season {
  let first = saved ? saved() : Number.NaN;
  let last = saved ? saved() : Number.NaN;
  const hoursOfDay = createSlots(24, KEPT.ofDay, saved);
  const daysOfWeek = createSlots(7, KEPT.ofWeek, saved);
  const hoursOfWeek = createSlots(168, KEPT.ofWeek, saved);

  const factors = (hour: number): { ofDay: number; ofWeekday: number; all: number } => {
    const age = last - first;
    const ofDay = age >= HOURS_OF_DAY_FROM ? hoursOfDay.factor(hour) : 1;
    const ofWeekday = age >= DAYS_OF_WEEK_FROM ? daysOfWeek.factor(Math.floor(hour / 24)) : 1;
    const ofWeek = age >= HOURS_OF_WEEK_FROM ? hoursOfWeek.factor(hour) : 1;
    return { ofDay, ofWeekday, all: ofDay * ofWeekday * ofWeek };
  };

  return {
    factorAt: (t) => {
      const { hour, part } = hourAt(wallClock(t));
      const now = factors(hour).all;
      return part === 0 ? now : (1 - part) * now + part * factors(hour + 1).all;
    },
    learn: (t, seen, expected) => {
      if (Number.isNaN(first)) first = t;
      last = Math.max(t, Number.isNaN(last) ? t : last);
      if (!(expected > 0)) return;
      const { hour, part } = hourAt(wallClock(t));
      for (const [slot, weight] of [
        [hour, 1 - part],
        [hour + 1, part],
      ] as const) {
        if (weight === 0) continue;
        const { ofDay, ofWeekday } = factors(slot);
        hoursOfDay.add(slot, weight * seen, weight * expected);
        // A part is only learnt on top of those that are known.
        if (t - first >= HOURS_OF_DAY_FROM)
          daysOfWeek.add(Math.floor(slot / 24), weight * seen, weight * expected * ofDay);
        if (t - first >= DAYS_OF_WEEK_FROM)
          hoursOfWeek.add(slot, weight * seen, weight * expected * ofDay * ofWeekday);
      }
    },
    save: (into) => {
      into.push(first, last);
      for (const slots of [hoursOfDay, daysOfWeek, hoursOfWeek]) slots.save(into);
    },
  };
}

/** The hour whose middle lies before, counted from 1970, and what part of the way to the next one's it is. */
function hourAt(wall: number): { hour: number; part: number } {
  const since = wall / HOUR - 0.5;
  const hour = Math.floor(since);
  return { hour, part: since - hour };
}

interface Slots {
  /** @param round Which slot, and each time that it comes round another number. */
  readonly factor: (round: number) => number;
  readonly add: (round: number, seen: number, expected: number) => void;
  readonly save: (into: number[]) => void;
}

function createSlots(count: number, kept: number, saved?: NextNumber): Slots {
  const take = (initial: number): Float64Array =>
    Float64Array.from({ length: count }, () => (saved ? saved() : initial));
  const seenIn = take(0);
  const expectedIn = take(0);
  const roundsOf = take(0);
  const lastRound = take(Number.NaN);
  const at = (array: Float64Array, slot: number): number => array[slot] as number;
  const slotOf = (round: number): number => ((round % count) + count) % count;

  return {
    factor: (round) => {
      const slot = slotOf(round);
      const rounds = at(roundsOf, slot);
      if (rounds === 0) return 1;
      const prior = PRIOR_COUNT + (PRIOR_ROUNDS * at(expectedIn, slot)) / rounds;
      return (at(seenIn, slot) + prior) / (at(expectedIn, slot) + prior);
    },
    add: (round, seen, expected) => {
      const slot = slotOf(round);
      if (at(lastRound, slot) !== round) {
        for (const array of [seenIn, expectedIn, roundsOf]) array[slot] = kept * at(array, slot);
        roundsOf[slot] = at(roundsOf, slot) + 1;
        lastRound[slot] = round;
      }
      seenIn[slot] = at(seenIn, slot) + seen;
      expectedIn[slot] = at(expectedIn, slot) + expected;
    },
    save: (into) => {
      into.push(...seenIn, ...expectedIn, ...roundsOf, ...lastRound);
    },
  };
}
