import { expect, test } from 'vitest';
import { bestNabScore, NAB_PROFILES, type NabProfile, nabScoreAt, underNabRules } from './nabRules.js';
import type { Series } from './seriesFile.js';

const { standard, lowFP, lowFN } = NAB_PROFILES;
const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 26);

/** A row a minute. */
function seriesOf(rows: number): Series {
  const times = Float64Array.from({ length: rows }, (_, row) => START + row * MINUTE);
  return {
    name: 'group/series.csv',
    stamps: Array.from(times, stampOf),
    times,
    values: new Float64Array(rows),
    labels: null,
  };
}

/** As the label file of the benchmark writes it. */
function stampOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}.000000`;
}

function windowOf(first: number, last: number): readonly [string, string] {
  return [stampOf(START + first * MINUTE), stampOf(START + last * MINUTE)];
}

/** Scores of so many rows, 0 but for those given. */
function scoresOf(rows: number, given: Readonly<Record<number, number>>): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => given[row] ?? 0);
}

/** Of 24 rows the first 3 are for learning, and the window is of four. */
const one = underNabRules(seriesOf(24), [windowOf(10, 13)]);
/** With windows of one and of four rows. */
const two = underNabRules(seriesOf(24), [windowOf(15, 18), windowOf(6, 6)]);

function best(given: Readonly<Record<number, number>>, profile: NabProfile = standard, series = one) {
  return bestNabScore([series], [scoresOf(24, given)], profile);
}

test('a detection is worth 1 at the first row of a window, half of it at the last, and less than nothing behind it', () => {
  expect([one.windows, one.scoredFrom]).toEqual([1, 3]);
  expect(
    Array.from(one.windowOf, (window, row) => (window === 0 ? row : -1)).filter((row) => row >= 0),
  ).toEqual([10, 11, 12, 13]);
  // σ(y) = 2 / (1 + e^5y) − 1 is −tanh(2.5 y); in the window at y = −1, −¾, −½, −¼, over σ(−1).
  const within = [1, 0.966989, 0.859793, 0.562124];
  for (const [index, worth] of within.entries()) expect(one.worth[10 + index]).toBeCloseTo(worth, 5);
  // Behind it at y = ⅓, 1 and 3; then, as before the first window, all of the weight.
  for (const [row, worth] of [
    [14, -0.682262],
    [16, -0.986614],
    [22, -0.999999],
    [23, -1],
    [9, -1],
  ] as const) {
    expect(one.worth[row]).toBeCloseTo(worth, 5);
  }
});

test('a window holds the rows from its first to its last time, and windows may come in any order', () => {
  const between = underNabRules(seriesOf(24), [
    [stampOf(START + 9.5 * MINUTE), stampOf(START + 13.5 * MINUTE)],
  ]);
  expect(between.windowOf).toEqual(one.windowOf);
  expect(between.worth).toEqual(one.worth);
  expect([two.windowOf[6], two.windowOf[15]]).toEqual([0, 1]);
  // Behind a window of one row a row is as far as that window is long.
  expect(two.worth[7]).toBeCloseTo(-0.986614, 5);
});

test('at most 750 rows are for learning', () => {
  expect(underNabRules(seriesOf(4999), []).scoredFrom).toBe(749);
  expect(underNabRules(seriesOf(6000), []).scoredFrom).toBe(750);
});

test.each<readonly [string, Readonly<Record<number, number>>, number]>([
  ['nothing detected', {}, 0],
  ['the first row of the window', { 10: 0.5 }, 100],
  // (0.562124 + 1) / 2
  ['its last row', { 13: 0.5 }, 78.1062],
  ['both, of which the earlier counts', { 10: 0.5, 13: 0.9 }, 100],
  ['an alarm while learning, which is none', { 2: 0.9, 10: 0.5 }, 100],
  // (1 − 0.11 + 1) / 2
  ['an alarm before it that scores higher', { 5: 0.9, 10: 0.5 }, 94.5],
  ['an alarm before it that scores as high', { 5: 0.5, 10: 0.5 }, 94.5],
  ['an alarm before it that scores less', { 5: 0.4, 10: 0.5 }, 100],
  // (1 − 0.11 × 0.682262 + 1) / 2
  ['an alarm right behind it', { 10: 0.5, 14: 0.6 }, 96.2475],
])('the score of %s', (_name, given, expected) => {
  expect(best(given).score).toBeCloseTo(expected, 3);
});

test('the profiles weigh a false alarm and a missed window', () => {
  const given = { 5: 0.9, 10: 0.5 };
  // (1 − 0.22 + 1) / 2, and (1 − 0.11 + 2) / 3
  expect(best(given, lowFP).score).toBeCloseTo(89, 6);
  expect(best(given, lowFN).score).toBeCloseTo(96.3333, 3);
  // Of two windows one is missed: (1 − 1 + 2) / 4, and (1 − 2 + 4) / 6.
  expect(best({ 6: 0.5 }, standard, two).score).toBeCloseTo(50, 6);
  expect(best({ 6: 0.5 }, lowFN, two).score).toBeCloseTo(50, 6);
});

test('where every threshold costs more than it brings, there is none', () => {
  // 19 false alarms of 0.11 each outweigh the 2 between a window that is found and one that is missed.
  const long = underNabRules(seriesOf(40), [windowOf(30, 33)]);
  const given = Object.fromEntries(Array.from({ length: 19 }, (_, index) => [8 + index, 0.9]));
  const scores = scoresOf(40, { ...given, 30: 0.9 });

  expect(bestNabScore([long], [scores], standard)).toEqual({ score: 0, threshold: Number.POSITIVE_INFINITY });
  expect(nabScoreAt([long], [scores], standard, 0.9)).toBeCloseTo((100 * (2 - 19 * 0.11)) / 2, 6);
});

test('one threshold holds for all series, and gives at each what it gave to choose it', () => {
  const all = [one, two];
  const scores = [scoresOf(24, { 5: 0.3, 10: 0.7 }), scoresOf(24, { 6: 0.2, 9: 0.9, 17: 0.8 })];
  for (const profile of [standard, lowFP, lowFN]) {
    const { score, threshold } = bestNabScore(all, scores, profile);
    expect(threshold).toBe(0.2);
    expect(nabScoreAt(all, scores, profile, threshold)).toBeCloseTo(score, 9);
    for (const other of [0.3, 0.7, 0.8, 0.9]) {
      expect(nabScoreAt(all, scores, profile, other)).toBeLessThan(score);
    }
  }
  // 1 + 1 + 0.859793 for the windows, of which the last is found at its third row of four; − 0.11 × 2 for the alarms.
  expect(bestNabScore(all, scores, standard).score).toBeCloseTo((100 * (2.859793 - 0.22 + 3)) / 6, 3);
});
