import { expect, test } from 'vitest';
import { kendallVariance, mannKendall } from './mannKendall.js';

function* orders(values: readonly number[]): Generator<readonly number[]> {
  if (values.length === 0) yield [];
  for (const [index, value] of values.entries())
    for (const rest of orders([...values.slice(0, index), ...values.slice(index + 1)]))
      yield [value, ...rest];
}

test.each([4, 5, 6, 7])('of all orders of %d values as many are as extreme as it says', (count) => {
  const scores = [...orders(Array.from({ length: count }, (_, index) => index))].map(mannKendall);
  for (const { s, p } of scores) {
    const extreme = scores.filter((other) => Math.abs(other.s) >= Math.abs(s)).length;
    expect(p).toBeCloseTo(extreme / scores.length, 12);
  }
});

test('the tables of Kendall: ten values with an s of 21', () => {
  // P(S >= 21) = 0.036 for n = 10.
  const { s, p } = mannKendall([5, 4, 3, 2, 1, 7, 6, 9, 8, 10]);
  expect(s).toBe(21);
  expect(p / 2).toBeCloseTo(0.036, 3);
});

test('without a single fall tau is 1', () => {
  expect(mannKendall([1, 2, 3, 4, 10, 12, 18])).toMatchObject({ s: 21, tau: 1 });
  expect(mannKendall([9, 5, 2])).toMatchObject({ s: -3, tau: -1 });
});

test('equal values lessen the variance', () => {
  expect(kendallVariance([1, 2, 3, 4])).toBeCloseTo((4 * 3 * 13) / 18, 12);
  // 5·4·15 less 2·1·9 and 3·2·11.
  expect(kendallVariance([1, 1, 2, 2, 2])).toBeCloseTo((300 - 18 - 66) / 18, 12);
});

test('with equal values the probability is near that of all orders', () => {
  const scores = [...orders([1, 1, 2, 3, 3, 4, 5, 6])].map(mannKendall);
  for (const s of [6, 10, 14, 18]) {
    const extreme = scores.filter((other) => Math.abs(other.s) >= s).length / scores.length;
    const p = scores.find((other) => other.s === s)?.p ?? Number.NaN;
    expect(Math.abs(p - extreme)).toBeLessThan(0.015);
  }
});

test('nothing that moves has no trend', () => {
  expect(mannKendall([3, 3, 3, 3])).toEqual({ s: 0, tau: 0, p: 1 });
  expect(mannKendall([1, 2, 2, 1])).toMatchObject({ s: 0, p: 1 });
});

test('a long series is judged by the normal distribution, which agrees with the count', () => {
  const wave = Array.from({ length: 61 }, (_, index) => Math.sin(index * 12.9898) * 100 + index);
  const long = mannKendall(wave).p;
  const short = mannKendall(wave.slice(0, 60)).p;
  expect(Math.abs(Math.log10(long / short))).toBeLessThan(0.7);
});
