import type { NextNumber } from '../anomaly/stateNumbers.js';

/** By what a rate differs from its mean in each of some times that come round, such as the hours of a day. */
export interface Slots {
  /** @param round Which slot, and each time that it comes round another number. */
  readonly factor: (round: number) => number;
  /** What was counted in the slot so far, and what was expected; what is long ago counts less. */
  readonly seen: (round: number) => number;
  readonly expected: (round: number) => number;
  readonly add: (round: number, seen: number, expected: number) => void;
  readonly save: (into: number[]) => void;
}

/** What says nothing is different in a slot: counts, and rounds. */
export interface SlotPrior {
  readonly counts: number;
  readonly rounds: number;
}

export interface SlotOptions {
  readonly count: number;
  /** What is kept of a slot each time that it comes round. */
  readonly kept: number;
  readonly prior: SlotPrior;
}

/** @param saved What `save` put down. */
export function createSlots({ count, kept, prior }: SlotOptions, saved?: NextNumber): Slots {
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
      const drawn = prior.counts + (prior.rounds * at(expectedIn, slot)) / rounds;
      return (at(seenIn, slot) + drawn) / (at(expectedIn, slot) + drawn);
    },
    seen: (round) => at(seenIn, slotOf(round)),
    expected: (round) => at(expectedIn, slotOf(round)),
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
