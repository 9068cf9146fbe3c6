import type { NextNumber } from './stateNumbers.js';

/** The last values of a series. */
export interface RecentValues {
  readonly isFull: () => boolean;
  /** Of those that there are. Summed anew each time: a running sum would keep what one monstrous value rounded away. */
  readonly mean: () => number;
  readonly add: (value: number) => void;
  readonly clear: () => void;
  readonly save: (into: number[]) => void;
}

/**
 * @param length How many values are kept.
 * @param saved What `save` put down.
 */
export function createRecentValues(length: number, saved?: NextNumber): RecentValues {
  const values = new Float64Array(length);
  let count = 0;
  let next = 0;
  if (saved) {
    count = saved();
    next = saved();
    for (let index = 0; index < length; index += 1) values[index] = saved();
  }

  return {
    isFull: () => count === length,
    mean: () => {
      let sum = 0;
      for (let index = 0; index < count; index += 1) sum += values[index] as number;
      return sum / count;
    },
    add: (value) => {
      values[next] = value;
      next = (next + 1) % length;
      count = Math.min(length, count + 1);
    },
    clear: () => {
      count = 0;
      next = 0;
    },
    save: (into) => {
      into.push(count, next, ...values);
    },
  };
}
