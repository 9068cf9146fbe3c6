import { expect, test } from 'vitest';
import { mantelHaenszel, type Stratum } from './mantelHaenszel.js';

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

/** Twice the smaller tail of the new hits, exactly: each stratum is hypergeometric where there is no difference. */
function exactProbability(strata: readonly Stratum[]): number {
  let sums = [1];
  for (const { oldHits, oldN, newHits, newN } of strata) {
    const hits = oldHits + newHits;
    const next = Array.from({ length: sums.length + hits }, () => 0);
    for (const [before, p] of sums.entries())
      for (let own = Math.max(0, hits - oldN); own <= Math.min(hits, newN); own += 1)
        next[before + own] = (next[before + own] ?? 0) + p * waysOf(own, newN, hits, oldN);
    sums = next;
  }
  const seen = strata.reduce((sum, { newHits }) => sum + newHits, 0);
  const below = sums.slice(0, seen + 1).reduce((sum, p) => sum + p, 0);
  const above = sums.slice(seen).reduce((sum, p) => sum + p, 0);
  return Math.min(1, 2 * Math.min(below, above));
}

/** How likely it is that so many of the hits are new ones. */
function waysOf(own: number, newN: number, hits: number, oldN: number): number {
  const choose = (n: number, k: number): number => {
    let log = 0;
    for (let each = 1; each <= k; each += 1) log += Math.log((n - k + each) / each);
    return log;
  };
  return Math.exp(choose(newN, own) + choose(oldN, hits - own) - choose(newN + oldN, hits));
}

test.each([
  ["Agresti's centers", CENTERS],
  ['few', [{ newHits: 7, newN: 120, oldHits: 1, oldN: 140 }]],
  ['none with the old', [{ newHits: 9, newN: 400, oldHits: 0, oldN: 500 }]],
  ['everybody with the new', [{ newHits: 40, newN: 40, oldHits: 200, oldN: 240 }]],
  [
    'of hours',
    [
      { newHits: 8, newN: 100, oldHits: 9, oldN: 200 },
      { newHits: 6, newN: 50, oldHits: 12, oldN: 220 },
    ],
  ],
])('the probability is near the exact one, and rather too large: %s', (_, strata) => {
  const [p, exact] = [mantelHaenszel(strata)?.p ?? 0, exactProbability(strata)];
  expect(p / exact).toBeGreaterThan(0.8);
  expect(p / exact).toBeLessThan(5);
});

test('an error that only the new one has is told, as of half a hit more in each cell', () => {
  const odds = mantelHaenszel([{ newHits: 20, newN: 1000, oldHits: 0, oldN: 1000 }]);
  expect(odds?.ratio).toBeCloseTo((20.5 * 1000.5) / (980.5 * 0.5), 10);
  expect(odds?.low).toBeGreaterThan(1);
  expect(odds?.p).toBeLessThan(1e-4);
  const inverse = mantelHaenszel([{ newHits: 0, newN: 1000, oldHits: 20, oldN: 1000 }]);
  expect((inverse?.ratio ?? 0) * (odds?.ratio ?? 0)).toBeCloseTo(1, 10);
  expect(inverse?.p).toBe(odds?.p);
});

test('of strata without hits on one side, all are in the same ratio however they are cut', () => {
  const whole = mantelHaenszel([{ newHits: 40, newN: 400, oldHits: 0, oldN: 800 }]);
  const cut = mantelHaenszel(
    Array.from({ length: 4 }, () => ({ newHits: 10, newN: 100, oldHits: 0, oldN: 200 })),
  );
  expect(cut?.ratio).toBeCloseTo(whole?.ratio ?? 0, 6);
  expect(mantelHaenszel([{ newHits: 0, newN: 50, oldHits: 0, oldN: 90 }])).toBeNull();
  expect(mantelHaenszel([{ newHits: 50, newN: 50, oldHits: 90, oldN: 90 }])).toBeNull();
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
