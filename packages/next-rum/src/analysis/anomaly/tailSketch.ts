import { excessDecades, fitGeneralizedPareto, shrinkShape } from './generalizedPareto.js';
import type { NextNumber } from './stateNumbers.js';

/**
 * The values that a series has shown, in bounded space and most exactly at the upper end: the largest are kept one by one,
 * those below in groups of at most {@link TAIL_ERROR} of the values above them. The share of values above any point is
 * therefore right to that share of itself, however small it is — the bound of the REQ sketch
 * (https://arxiv.org/abs/2004.01668), reached here by merging neighbours as the t-digest does
 * (https://arxiv.org/abs/1902.04023).
 */
export interface TailSketch {
  /** How many values it holds; forgotten ones count less. */
  readonly total: () => number;
  readonly largest: () => number;
  readonly median: () => number;
  /** How many of the values are at least this. */
  readonly countFrom: (value: number) => number;
  /** The value that this share of all values, 0–1, is at least. */
  readonly upper: (share: number) => number;
  /** How improbable it is, going by what was seen so far, to meet at least this value: -log10 of it, in decades. */
  readonly decades: (value: number) => number;
  readonly add: (value: number) => void;
  readonly save: (into: number[]) => void;
}

/** A group holds at most this share of the values above it. */
export const TAIL_ERROR = 0.1;
/** Groups. With {@link TAIL_ERROR}, {@link FORGET_AT} values take about 75. */
const CAPACITY = 160;
/** Values at which all that was seen counts half, so that a series may change its ways: two weeks of five minutes, six months of hours. */
const FORGET_AT = 4096;
/** Fewer values, two days of hours, say nothing. */
const FEWEST = 48;
/** The share of the values that the tail is fitted to, and the least number of them. */
const TAIL_SHARE = 0.01;
const TAIL_FEWEST = 10;
/** Excesses that the exponential tail counts as. */
const SHAPE_PRIOR = 10;
/** What a value is worth that lies above others that were all the same. */
const UNHEARD_OF = 20;

/** @param saved What `save` put down. */
export function createTailSketch(saved?: NextNumber): TailSketch {
  // Ascending.
  const values = new Float64Array(CAPACITY);
  const counts = new Float64Array(CAPACITY);
  let size = 0;
  let total = 0;
  if (saved) {
    size = saved();
    if (!(size >= 0 && size <= CAPACITY)) throw new RangeError('RUM: the saved state is not of this version');
    for (let index = 0; index < size; index += 1) {
      values[index] = saved();
      const count = saved();
      counts[index] = count;
      total += count;
    }
  }

  const at = (array: Float64Array, index: number): number => array[index] as number;

  /** The first group that is at least this. */
  const find = (value: number): number => {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(values, middle) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const countFrom = (value: number): number => {
    const index = find(value);
    let count = 0;
    for (let group = index; group < size; group += 1) count += at(counts, group);
    return count;
  };

  const decades = (value: number): number => {
    if (total < FEWEST) return 0;
    const ranked = Math.log10((total + 1) / (countFrom(value) + 1));
    const wanted = Math.max(TAIL_FEWEST, Math.floor(total * TAIL_SHARE));
    let first = size;
    let count = 0;
    while (first > 1 && count < wanted) {
      first -= 1;
      count += at(counts, first);
    }
    const threshold = at(values, first - 1);
    if (value <= threshold) return ranked;
    let sum = 0;
    let weightedSum = 0;
    let below = 0;
    for (let group = first; group < size; group += 1) {
      const here = at(counts, group);
      const excess = at(values, group) - threshold;
      sum += here * excess;
      // The plotting position (j - 0.35) / n that Hosking and Wallis advise.
      weightedSum += here * excess * (1 - (below + here / 2 + 0.15) / count);
      below += here;
    }
    const mean = sum / count;
    const fit = fitGeneralizedPareto(mean, weightedSum / count);
    const beyond = fit
      ? excessDecades(shrinkShape(fit, mean, count, SHAPE_PRIOR), value - threshold)
      : UNHEARD_OF;
    // A fit that one monstrous value has spoilt would call the next one common; its rank is known in any case.
    return Math.max(ranked, beyond + Math.log10((total + 1) / (count + 1)));
  };

  /** Merges neighbours, from above, as far as the bound lets. */
  const compress = (error: number): void => {
    let above = 0;
    let kept = size - 1;
    for (let index = size - 2; index >= 0; index -= 1) {
      const count = at(counts, index);
      const joined = at(counts, kept) + count;
      if (joined <= Math.max(1, error * above)) {
        const share = count / joined;
        values[kept] = at(values, kept) * (1 - share) + at(values, index) * share;
        counts[kept] = joined;
      } else {
        above += at(counts, kept);
        kept -= 1;
        values[kept] = at(values, index);
        counts[kept] = count;
      }
    }
    values.copyWithin(0, kept, size);
    counts.copyWithin(0, kept, size);
    size -= kept;
  };

  const makeRoom = (): void => {
    if (size < CAPACITY) return;
    for (let error = TAIL_ERROR; size > 0.8 * CAPACITY; error *= 1.5) compress(error);
  };

  const forget = (): void => {
    total = 0;
    for (let index = 0; index < size; index += 1) {
      counts[index] = at(counts, index) / 2;
      total += at(counts, index);
    }
  };

  return {
    total: () => total,
    largest: () => (size === 0 ? Number.NaN : at(values, size - 1)),
    median: () => {
      if (size === 0) return Number.NaN;
      let index = size - 1;
      let above = at(counts, index) / 2;
      // Between the middles of two groups, in proportion.
      while (index > 0) {
        const next = above + (at(counts, index) + at(counts, index - 1)) / 2;
        if (next >= total / 2) {
          const share = Math.max(0, total / 2 - above) / (next - above);
          return at(values, index) * (1 - share) + at(values, index - 1) * share;
        }
        above = next;
        index -= 1;
      }
      return at(values, 0);
    },
    countFrom,
    upper: (share) => {
      let count = 0;
      for (let index = size - 1; index >= 0; index -= 1) {
        count += at(counts, index);
        if (count >= share * total) return at(values, index);
      }
      return size === 0 ? Number.NaN : at(values, 0);
    },
    decades,
    add: (value) => {
      const index = find(value);
      if (index < size && at(values, index) === value) {
        counts[index] = at(counts, index) + 1;
      } else {
        values.copyWithin(index + 1, index, size);
        counts.copyWithin(index + 1, index, size);
        values[index] = value;
        counts[index] = 1;
        size += 1;
      }
      total += 1;
      if (total >= FORGET_AT) forget();
      makeRoom();
    },
    save: (into) => {
      into.push(size);
      for (let index = 0; index < size; index += 1) into.push(at(values, index), at(counts, index));
    },
  };
}
