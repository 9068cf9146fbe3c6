import { expect, test } from 'vitest';
import { standardNormalValues } from '../../testing/standardNormalValues.js';
import { varianceInflation } from './varianceInflation.js';

/** An autoregression of first order. */
function walk(count: number, r: number, seed: number): number[] {
  let last = 0;
  return standardNormalValues(count, seed).map((noise) => {
    last = r * last + Math.sqrt(1 - r * r) * noise;
    return last;
  });
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

test('is (1 + r) / (1 − r) of a long autoregression, and 1 of what swings to and fro', () => {
  expect(varianceInflation(walk(20_000, 0.5, 1))).toBeCloseTo(3, 0);
  expect(varianceInflation(walk(20_000, 0, 2))).toBeLessThan(1.05);
  expect(varianceInflation([1, -1, 1, -1, 1, -1, 1, -1])).toBe(1);
  expect(varianceInflation([0, 0, 0, 0, 0, 0])).toBe(1);
  expect(varianceInflation(walk(5000, 0.99, 3))).toBeCloseTo(19, 6);
});

test('of eight weeks it is right about how much the mean varies', () => {
  const runs = Array.from({ length: 2000 }, (_, seed) => walk(56, 0.4, seed + 10));
  const variance = meanOf(runs.map((run) => meanOf(run) ** 2)) * 56;
  const told = meanOf(runs.map((run) => varianceInflation(run.map((value) => value - meanOf(run)))));
  expect(variance).toBeCloseTo(1.4 / 0.6, 0);
  expect(told / variance).toBeGreaterThan(0.85);
  expect(told / variance).toBeLessThan(1.3);
});
