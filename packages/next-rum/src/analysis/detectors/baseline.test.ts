import { expect, test } from 'vitest';
import { takeNumbers } from '../anomaly/stateNumbers.js';
import {
  addValue,
  emptyHistogram,
  histogramBin,
  histogramPercentile,
  type LogHistogram,
} from '../logHistogram.js';
import { type Baseline, createErrorBaseline, createPercentileBaseline } from './baseline.js';
import type { SegmentCounts } from './segment.js';

function histogramOf(values: readonly number[]): LogHistogram {
  const histogram = emptyHistogram();
  for (const value of values) addValue(histogram, value, histogramBin(value));
  return histogram;
}

function segment(values: readonly number[], views = values.length, errorViews = 0): SegmentCounts {
  return { key: '', where: {}, views, errorViews, vitals: { lcp: histogramOf(values) } };
}

function learn(baseline: Baseline, seen: SegmentCounts): void {
  baseline.hold(seen);
  baseline.settle(true);
}

const spread = (from: number): number[] => Array.from({ length: 1000 }, (_, index) => from + 2 * index);

test('samples are counted above the p75 that was usual', () => {
  const baseline = createPercentileBaseline('lcp');
  const values = spread(1000);
  learn(baseline, segment(values));
  expect(baseline.share()).toBeNaN();
  baseline.turn(Number.NaN);
  const p75 = histogramPercentile(histogramOf(values), 0.75) ?? 0;
  const threshold = baseline.threshold() ?? 0;
  expect(Math.abs(threshold / p75 - 1)).toBeLessThan(0.02);
  // Of the very same samples the share is exact.
  const above = values.filter((value) => value > threshold).length;
  expect(baseline.share()).toBe(above / 1000);
  expect(baseline.above(segment(values))).toEqual({ n: 1000, count: above });
  expect(baseline.above(segment(spread(9000)))).toEqual({ n: 1000, count: 1000 });
});

test('few samples make no baseline, and other vitals are no samples', () => {
  const baseline = createPercentileBaseline('lcp');
  learn(baseline, segment(spread(1000).slice(0, 100)));
  learn(baseline, { ...segment([]), vitals: { inp: histogramOf(spread(10)) } });
  baseline.turn(Number.NaN);
  expect(baseline.share()).toBeNaN();
  expect(baseline.threshold()).toBeNull();
  expect(baseline.above(segment(spread(1000)))).toEqual({ n: 0, count: 0 });
});

test('what was seen ten days ago counts half', () => {
  const baseline = createPercentileBaseline('lcp');
  learn(baseline, segment(spread(1000)));
  for (let day = 0; day < 10; day += 1) baseline.turn(Number.NaN);
  expect(baseline.known()).toBeCloseTo(500, 6);
  learn(baseline, segment(spread(8000)));
  baseline.turn(Number.NaN);
  // Two thirds are of now: three quarters of all lie among them.
  expect(baseline.threshold()).toBeGreaterThan(8000);
});

test('after years the weights are still finite', () => {
  const baseline = createPercentileBaseline('lcp');
  for (let day = 0; day < 2000; day += 1) {
    learn(baseline, segment(spread(1000)));
    baseline.turn(Number.NaN);
  }
  expect(baseline.known()).toBeGreaterThan(10_000);
  expect(baseline.known()).toBeLessThan(20_000);
});

test('errors of a small segment are drawn towards those of the site', () => {
  const baseline = createErrorBaseline();
  learn(baseline, segment([], 2000, 0));
  baseline.turn(0.01);
  const seen = 2000 / 2 ** 0.1;
  expect(baseline.share()).toBeCloseTo(2 / (seen + 200), 12);
  expect(baseline.above(segment([], 50, 3))).toEqual({ n: 50, count: 3 });
});

test('a restart changes nothing', () => {
  const baseline = createPercentileBaseline('lcp');
  learn(baseline, segment([0, ...spread(1000)]));
  baseline.turn(Number.NaN);
  const into: number[] = [];
  baseline.save(into);
  const again = createPercentileBaseline('lcp', takeNumbers(Float64Array.from(into)));
  for (const each of [baseline, again]) {
    learn(each, segment(spread(1500)));
    each.turn(Number.NaN);
  }
  expect(again.threshold()).toBe(baseline.threshold());
  expect(again.share()).toBe(baseline.share());
});

test('what waits to be judged teaches nothing, through a restart, and may be forgotten', () => {
  const restarted = (
    baseline: Baseline,
    create: (next: ReturnType<typeof takeNumbers>) => Baseline,
  ): Baseline => {
    const into: number[] = [];
    baseline.save(into);
    return create(takeNumbers(Float64Array.from(into)));
  };
  const created: readonly (readonly [Baseline, Parameters<typeof restarted>[1]])[] = [
    [createPercentileBaseline('lcp'), (next) => createPercentileBaseline('lcp', next)],
    [createErrorBaseline(), createErrorBaseline],
  ];
  for (const [baseline, create] of created) {
    learn(baseline, segment(spread(1000), 1000, 10));
    baseline.hold(segment(spread(9000), 1000, 900));
    expect(baseline.known()).toBe(1000);
    const again = restarted(baseline, create);
    expect(again.known()).toBe(1000);
    again.settle(true);
    expect(again.known()).toBe(2000);
    baseline.settle(false);
    baseline.settle(true);
    expect(baseline.known()).toBe(1000);
  }
});
