import { medianOf } from './medianOf.js';
import type { NextNumber } from './stateNumbers.js';

/** How far apart the points of a series usually are, ms: the median of the last distances, which gaps do not disturb. */
export interface SamplingStep {
  /** NaN until there were two points. */
  readonly now: () => number;
  /** @param distance From the point before, ms, more than 0. */
  readonly add: (distance: number) => void;
  readonly save: (into: number[]) => void;
}

const DISTANCES = 15;

/** @param saved What `save` put down. */
export function createSamplingStep(saved?: NextNumber): SamplingStep {
  const distances = new Float64Array(DISTANCES);
  const scratch = new Float64Array(DISTANCES);
  let count = 0;
  let next = 0;
  if (saved) {
    count = saved();
    next = saved();
    for (let index = 0; index < DISTANCES; index += 1) distances[index] = saved();
  }
  const measure = (): number => {
    scratch.set(distances);
    return count === 0 ? Number.NaN : medianOf(scratch, count);
  };
  let step = measure();

  return {
    now: () => step,
    add: (distance) => {
      const replaced = distances[next];
      distances[next] = distance;
      next = (next + 1) % DISTANCES;
      count = Math.min(DISTANCES, count + 1);
      if (replaced !== distance) step = measure();
    },
    save: (into) => {
      into.push(count, next, ...distances);
    },
  };
}
