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

test('is the line of weighted least squares through what was seen', () => {
  const scatter = createScatter();
  const [visit, mood] = [3, 0.01];
  // Two prior points that count as four buckets each, and then what was seen; each counts 0.25 % less than the next.
  const points = [10, 100].map((mean) => ({ mean, ratio: 1 + 0.02 * mean, weight: 4 }));
  for (let index = 0; index < 600; index += 1) {
    const mean = [15, 60, 240][index % 3] ?? 1;
    const off = index % 2 === 0 ? 0.4 : 1.6;
    const ratio = off * (visit + mood * mean);
    for (const point of points) point.weight *= 0.9975;
    points.push({ mean, ratio, weight: 1 });
    scatter.add(mean + Math.sqrt(ratio * mean), mean);
  }
  const weightOf = ({ mean, weight }: (typeof points)[number]): number => weight / (1 + 0.02 * mean) ** 2;
  const total = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((sum, point) => sum + weightOf(point) * of(point), 0);
  const all = total(() => 1);
  const [middle, height] = [total(({ mean }) => mean) / all, total(({ ratio }) => ratio) / all];
  const slope =
    total(({ mean, ratio }) => (mean - middle) * (ratio - height)) /
    total(({ mean }) => (mean - middle) ** 2);
  for (const mean of [20, 100, 500])
    expect(1 + mean * scatter.dispersionAt(mean)).toBeCloseTo(height + slope * (mean - middle), 9);
});
