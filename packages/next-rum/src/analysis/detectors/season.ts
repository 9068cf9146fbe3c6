import type { NextNumber } from '../anomaly/stateNumbers.js';
import type { WallClock } from '../anomaly/wallClock.js';
import { createSlots, type SlotPrior } from './slots.js';

/**
 * By what a rate usually differs from its mean at a time of the week, as the clock on the wall there tells it: hours of the day
 * from the third day on, days of the week from the second week, hours of the week from the fourth. Each is drawn towards what is
 * known without it, the more the less of it was seen.
 */
export interface Season {
  /** 1 on average. @param t Middle of the bucket, epoch ms. */
  readonly factorAt: (t: number) => number;
  /** What was counted at this hour of other days. @param t Middle of the bucket, epoch ms. */
  readonly seenAt: (t: number) => number;
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
/** Of shares, which the time of day makes little difference to. */
const PRIOR: SlotPrior = { counts: 40, rounds: 0.5 };
/** Of how many come: a night is nothing like a day, nor a Sunday like a Monday. */
const PRIOR_OF_COUNTS: { readonly ofDay: SlotPrior; readonly ofWeekday: SlotPrior } = {
  ofDay: { counts: 4, rounds: 0 },
  ofWeekday: { counts: 10, rounds: 0.1 },
};

/** @param saved What `save` put down. */
export function createSeason(wallClock: WallClock, of: 'shares' | 'counts', saved?: NextNumber): Season {
  let first = saved ? saved() : Number.NaN;
  let last = saved ? saved() : Number.NaN;
  const { ofDay, ofWeekday } = of === 'counts' ? PRIOR_OF_COUNTS : { ofDay: PRIOR, ofWeekday: PRIOR };
  const hoursOfDay = createSlots({ count: 24, kept: KEPT.ofDay, prior: ofDay }, saved);
  const daysOfWeek = createSlots({ count: 7, kept: KEPT.ofWeek, prior: ofWeekday }, saved);
  const hoursOfWeek = createSlots({ count: 168, kept: KEPT.ofWeek, prior: PRIOR }, saved);

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
    seenAt: (t) => hoursOfDay.seen(Math.floor(wallClock(t) / HOUR)),
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
