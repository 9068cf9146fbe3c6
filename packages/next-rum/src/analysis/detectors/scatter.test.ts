import { expect, test } from 'vitest';
import { randomFrom } from '../../testing/rows.js';
import { takeNumbers } from '../anomaly/stateNumbers.js';
import { createScatter, type Scatter } from './scatter.js';

/** Counts whose variance is `visit · mean + mood · mean²`, normal ones, by day and by night. */
function fill(scatter: Scatter, visit: number, mood: number, means: readonly number[], count = 3000): void {
  const random = randomFrom(5);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (let index = 0; index < count; index += 1) {
    const mean = means[index % means.length] ?? 1;
    scatter.add(mean + normal() * Math.sqrt(mean * visit + mean * mean * mood), mean);
  }
}

test('tells what comes of visits from what comes of moods', () => {
  const scatter = createScatter();
  fill(scatter, 4, 0.01, [20, 500]);
  const varianceAt = (mean: number): number => mean * (1 + mean * scatter.dispersionAt(mean));
  expect(varianceAt(20) / (20 * 4 + 400 * 0.01)).toBeCloseTo(1, 0);
  expect(varianceAt(500) / (500 * 4 + 250_000 * 0.01)).toBeCloseTo(1, 0);
  // In between, where nothing was seen, it is as the two say.
  expect(varianceAt(100) / (100 * 4 + 10_000 * 0.01)).toBeGreaterThan(0.7);
  expect(varianceAt(100) / (100 * 4 + 10_000 * 0.01)).toBeLessThan(1.4);
});

test('counts that scatter less than chance lets them are taken for chance', () => {
  const scatter = createScatter();
  for (let index = 0; index < 2000; index += 1) scatter.add(50, 50);
  expect(scatter.dispersionAt(50)).toBeGreaterThanOrEqual(0);
  expect(scatter.dispersionAt(50)).toBeLessThan(0.002);
});

test('before anything was seen, crowds vary by a tenth and a bit', () => {
  expect(createScatter().dispersionAt(100)).toBeCloseTo(0.02, 9);
});

test('one wild bucket is cut off, and a restart changes nothing', () => {
  const scatter = createScatter();
  fill(scatter, 1, 0.02, [50], 500);
  const before = scatter.dispersionAt(50);
  scatter.add(100_000, 50);
  expect(scatter.dispersionAt(50)).toBeLessThan(2 * before);
  const into: number[] = [];
  scatter.save(into);
  const again = createScatter(takeNumbers(Float64Array.from(into)));
  for (const each of [scatter, again]) fill(each, 2, 0.01, [30, 90], 50);
  expect(again.dispersionAt(70)).toBe(scatter.dispersionAt(70));
});
