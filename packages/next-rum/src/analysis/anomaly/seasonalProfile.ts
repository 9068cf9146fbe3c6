import { medianOf } from './medianOf.js';
import type { NextNumber } from './stateNumbers.js';

/**
 * What is usual in each slot of a season, such as an hour of the day: the median over the last times that the slot came
 * round, of the mean of its values each time. One odd day changes nothing; a new habit is taken up within half the depth.
 */
export interface SeasonalProfile {
  /** NaN until the slot has come round often enough. The time that is under way does not count. */
  readonly usual: (slot: number) => number;
  /** @param round A number of its own for each time that the slot comes round. */
  readonly add: (slot: number, round: number, value: number) => void;
  readonly save: (into: number[]) => void;
}

export interface SeasonalProfileOptions {
  readonly slots: number;
  /** Times that a slot looks back. */
  readonly depth: number;
  /** Times that a slot must have come round to say anything. */
  readonly fewest: number;
}

/** @param saved What `save` put down. */
export function createSeasonalProfile(
  { slots, depth, fewest }: SeasonalProfileOptions,
  saved?: NextNumber,
): SeasonalProfile {
  // Newest first, NaN where there is none yet.
  const history = new Float64Array(slots * depth).fill(Number.NaN);
  const scratch = new Float64Array(depth);
  let slotNow = -1;
  let roundNow = Number.NaN;
  let sum = 0;
  let count = 0;
  if (saved) {
    slotNow = saved();
    roundNow = saved();
    sum = saved();
    count = saved();
    for (let index = 0; index < history.length; index += 1) history[index] = saved();
  }

  return {
    usual: (slot) => {
      let known = 0;
      for (let back = 0; back < depth; back += 1) {
        const value = history[slot * depth + back] as number;
        if (Number.isNaN(value)) break;
        scratch[known] = value;
        known += 1;
      }
      return known < fewest ? Number.NaN : medianOf(scratch, known);
    },
    add: (slot, round, value) => {
      if (slot !== slotNow || round !== roundNow) {
        if (count > 0) {
          const start = slotNow * depth;
          history.copyWithin(start + 1, start, start + depth - 1);
          history[start] = sum / count;
        }
        slotNow = slot;
        roundNow = round;
        sum = 0;
        count = 0;
      }
      sum += value;
      count += 1;
    },
    save: (into) => {
      into.push(slotNow, roundNow, sum, count);
      for (const value of history) into.push(value);
    },
  };
}
