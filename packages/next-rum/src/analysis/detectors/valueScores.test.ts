import { expect, test } from 'vitest';
import { addValue, emptyHistogram, histogramBin, type LogHistogram } from '../logHistogram.js';
import { normalTail, normalUpperQuantile } from '../statistics/standardNormal.js';
import type { Where } from './segment.js';
import { likelierByScores, normalScores, scoresOf } from './valueScores.js';

/** Log-normal values at equal distances of their ranks: all that differs is what is said to. */
function logNormal(count: number, factor = 1, into: LogHistogram = emptyHistogram()): LogHistogram {
  for (let rank = 0; rank < count; rank += 1) {
    const value = 1000 * factor * Math.exp(-0.6 * normalUpperQuantile((rank + 0.5) / count));
    addValue(into, value, histogramBin(value));
  }
  return into;
}

interface PlaceValues {
  readonly where: Where;
  readonly values: LogHistogram;
}

function createScores(usually: readonly PlaceValues[]): (place: PlaceValues) => number {
  const site = usually.find(({ where }) => Object.keys(where).length === 0);
  const scoreOf = normalScores(site?.values ?? emptyHistogram());
  const likelier = likelierByScores(usually.map(({ where, values }) => scoresOf(where, values, scoreOf)));
  return ({ where, values }) => likelier(scoresOf(where, values, scoreOf));
}

const SAFARI = { browser: 'Safari' };
const USUALLY: readonly PlaceValues[] = [
  { where: {}, values: logNormal(4000) },
  { where: SAFARI, values: logNormal(2000) },
  { where: { browser: 'Chrome' }, values: logNormal(2000) },
];

test('what is as usual, or less, is no likelier to have risen', () => {
  const likelier = createScores(USUALLY);
  expect(likelier({ where: SAFARI, values: logNormal(500) })).toBeLessThan(0.1);
  expect(likelier({ where: SAFARI, values: logNormal(500, 0.7) })).toBe(0);
  expect(likelier({ where: SAFARI, values: emptyHistogram() })).toBe(0);
  expect(createScores([])({ where: SAFARI, values: logNormal(500) })).toBe(0);
});

test('what rose is as much likelier as the mean of normal values is', () => {
  const seen = createScores(USUALLY)({ where: SAFARI, values: logNormal(500, 1.35) });
  // By half a standard deviation, of 500 values against 2,010.
  const expected = (Math.log(1.35) / 0.6) ** 2 / (2 * (1 / 500 + 1 / 2010));
  expect(Math.abs(seen / expected - 1)).toBeLessThan(0.05);
});

test('a few enormous values make no rise', () => {
  const values = logNormal(500);
  for (let more = 0; more < 5; more += 1) addValue(values, 1e9, histogramBin(1e9));
  expect(createScores(USUALLY)({ where: SAFARI, values })).toBeLessThan(2);
});

test('what rose in half of the views is likelier there than in all of them, and a half of which little is known less', () => {
  const likelier = createScores(USUALLY);
  const slow = likelier({ where: SAFARI, values: logNormal(500, 1.35) });
  const all = likelier({ where: {}, values: logNormal(500, 1.35, logNormal(500)) });
  expect(slow).toBeGreaterThan(all + 20);
  const others = USUALLY.filter(({ where }) => where !== SAFARI);
  const few = createScores([...others, { where: SAFARI, values: logNormal(50) }]);
  expect(few({ where: SAFARI, values: logNormal(500, 1.35) })).toBeLessThan(slow / 4);
});

test('the score of the k-th of n values is that of van der Waerden, in the middle between ranks', () => {
  const values = [100, 200, 300, 400, 500];
  const usual = emptyHistogram();
  for (const value of values) addValue(usual, value, histogramBin(value));
  const scoreOf = normalScores(usual);
  for (const [place, value] of values.entries()) {
    const score = scoreOf(histogramBin(value));
    // So much of a normal distribution lies above it.
    expect(normalTail(score)).toBeCloseTo(1 - (place + 0.5) / 5, 10);
  }
});
