import { expect, test } from 'vitest';
import { mantelHaenszel } from './mantelHaenszel.js';

/** Agresti, Categorical Data Analysis, table 6.9: a cream against an infection in eight centers, successes and failures. */
const CENTERS = [
  [11, 25, 10, 27],
  [16, 4, 22, 10],
  [14, 5, 7, 12],
  [2, 14, 1, 16],
  [6, 11, 0, 12],
  [1, 10, 0, 10],
  [1, 4, 1, 8],
  [4, 2, 6, 1],
].map(([hits = 0, misses = 0, oldHits = 0, oldMisses = 0]) => ({
  newHits: hits,
  newN: hits + misses,
  oldHits,
  oldN: oldHits + oldMisses,
}));

test("Agresti's eight centers: an odds ratio of 2.13", () => {
  const odds = mantelHaenszel(CENTERS);
  expect(odds?.ratio).toBeCloseTo(2.13, 2);
  // The standard error of its logarithm is 0.303.
  expect(odds?.low).toBeCloseTo(2.1345 * Math.exp(-1.96 * 0.303), 2);
  expect(odds?.high).toBeCloseTo(2.1345 * Math.exp(1.96 * 0.303), 1);
});

test('of one stratum it is the odds ratio, with the interval of Woolf', () => {
  const odds = mantelHaenszel([{ newHits: 30, newN: 100, oldHits: 20, oldN: 120 }]);
  expect(odds?.ratio).toBeCloseTo((30 * 100) / (20 * 70), 12);
  const deviation = Math.sqrt(1 / 30 + 1 / 70 + 1 / 20 + 1 / 100);
  expect(Math.log((odds?.high ?? 0) / (odds?.ratio ?? 1))).toBeCloseTo(1.959964 * deviation, 5);
});

test('an hour that only one of them has seen says nothing', () => {
  const busy = { newHits: 0, newN: 0, oldHits: 400, oldN: 500 };
  expect(mantelHaenszel([...CENTERS, busy])).toEqual(mantelHaenszel(CENTERS));
  expect(mantelHaenszel([busy])).toBeNull();
});

test('what is mixed over time is told apart', () => {
  // By night all is slow and the new one is on; within each hour there is no difference.
  const odds = mantelHaenszel([
    { newHits: 10, newN: 100, oldHits: 90, oldN: 900 },
    { newHits: 450, newN: 900, oldHits: 50, oldN: 100 },
  ]);
  expect(odds?.ratio).toBeCloseTo(1, 12);
  expect(odds?.p).toBeCloseTo(1, 12);
});
