import { expect, test } from 'vitest';
import { takeNumbers } from '../anomaly/stateNumbers.js';
import { createWallClock } from '../anomaly/wallClock.js';
import { negativeBinomialLowerTail } from '../statistics/negativeBinomial.js';
import { createSilence, SILENT, type Silence, type SilenceBucket } from './silence.js';

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const MONDAY = Date.parse('2026-03-02T00:00:00Z');

function bucket(t: number, count: number, given: Partial<SilenceBucket> = {}): SilenceBucket {
  return { t, middle: t + HOUR / 2, count, expected: 8, least: 8, seen: 200, isTeaching: true, ...given };
}

/** Weeks in which eight come every hour, but for every so manieth in which nobody does. */
function learn(silence: Silence, weeks: number, emptyEvery = Number.POSITIVE_INFINITY): number {
  const end = MONDAY + weeks * WEEK;
  for (let t = MONDAY; t < end; t += HOUR) silence.push(bucket(t, (t / HOUR) % emptyEvery === 0 ? 0 : 8));
  return end;
}

/** Hours until it is told; null: not within a day. */
function hoursOf(silence: Silence, from: number, given: Partial<SilenceBucket> = {}): number | null {
  for (let hour = 1; hour <= 24; hour += 1) {
    const gap = silence.push(bucket(from + (hour - 1) * HOUR, 0, given));
    if (gap !== null && gap.p < SILENT) return hour;
  }
  return null;
}

test('nothing is sure at an hour of the week that never came before', () => {
  const silence = createSilence(createWallClock('UTC'));
  for (let hour = 0; hour < 24; hour += 1) expect(silence.push(bucket(MONDAY + hour * HOUR, 0))).toBeNull();
});

test('where somebody came every hour, three hours of eight are enough, and less is sure at first', () => {
  const known = createSilence(createWallClock('UTC'));
  expect(hoursOf(known, learn(known, 4))).toBe(3);
  const young = createSilence(createWallClock('UTC'));
  expect(hoursOf(young, learn(young, 1)) ?? 99).toBeGreaterThan(3);
});

test('the more often nobody came, the longer it takes', () => {
  const seldom = createSilence(createWallClock('UTC'));
  const often = createSilence(createWallClock('UTC'));
  const [one, other] = [learn(seldom, 4, 40), learn(often, 4, 5)];
  expect(hoursOf(often, other) ?? 99).toBeGreaterThan(hoursOf(seldom, one) ?? 99);
});

test('what an hour later or earlier would be usual is what counts', () => {
  const silence = createSilence(createWallClock('UTC'));
  expect(hoursOf(silence, learn(silence, 4), { least: 0.1 })).toBeNull();
});

test('a silence does not teach that nobody comes', () => {
  const silence = createSilence(createWallClock('UTC'));
  const end = learn(silence, 3);
  const first = hoursOf(silence, end);
  for (let hour = 24; hour < 168; hour += 1) silence.push(bucket(end + hour * HOUR, 8));
  expect(hoursOf(silence, end + WEEK + 24 * HOUR)).toBeLessThanOrEqual(first ?? 0);
});

test('a restart changes nothing', () => {
  const silence = createSilence(createWallClock('Europe/Berlin'));
  const end = learn(silence, 2, 7);
  silence.push(bucket(end, 0));
  const into: number[] = [];
  silence.save(into);
  const again = createSilence(createWallClock('Europe/Berlin'), takeNumbers(Float64Array.from(into)));
  for (let hour = 1; hour < 50; hour += 1) {
    const next = bucket(end + hour * HOUR, hour % 9 === 0 ? 3 : 0);
    expect(again.push(next)).toEqual(silence.push(next));
  }
});

const VIEWS_A_VISIT = 3;

/** What would surely have come in an hour of eight views, of which `seen` were counted at this hour of days and `seenThen` of weeks. */
function surelyByIntegral(seen: number, seenThen: number): number {
  const spread = 1 / (0.5 + seen / VIEWS_A_VISIT) + 1 / (0.5 + seenThen / VIEWS_A_VISIT);
  const [mean, shape] = [8 / VIEWS_A_VISIT, 1 / spread];
  // Simpson's rule over a gamma variable: E[exp(-λ)] against E[1], so that its constant is not needed.
  const [steps, end] = [200_000, 40 * mean];
  const width = end / steps;
  let [gone, all] = [0, 0];
  for (let step = 1; step <= steps; step += 1) {
    const rate = step * width;
    const density = Math.exp((shape - 1) * Math.log(rate) - (rate * shape) / mean);
    const weight = step === steps ? 1 : step % 2 === 0 ? 2 : 4;
    all += weight * density;
    gone += weight * density * Math.exp(-rate);
  }
  return -VIEWS_A_VISIT * Math.log(gone / all);
}

/** How likely nobody comes of `expected` views, by how often nobody came in buckets of which so many were expected. */
function chanceByProducts(
  expected: number,
  buckets: readonly { readonly expected: number; readonly isEmpty: boolean; readonly weight: number }[],
): number {
  let [sum, whole] = [0, 0];
  for (let step = 0; step < 20; step += 1) {
    const together = 1.2 ** step;
    // Log-normal around two views, by 0.6.
    let weight = Math.exp(-0.5 * (Math.log(together / 2) / 0.6) ** 2);
    for (const bucket of buckets) {
      const nobody = Math.exp(-bucket.expected / together);
      // What neighbouring hours say together counts half.
      weight *= (bucket.isEmpty ? nobody : 1 - nobody) ** (0.5 * bucket.weight);
    }
    whole += weight;
    sum += weight * negativeBinomialLowerTail({ mean: expected / together, dispersion: 50 }, 0);
  }
  return sum / whole;
}

test('what would surely have come is −ln E[exp(−λ)] of a gamma variable, and nobody’s chance that of views in visits', () => {
  const silence = createSilence(createWallClock('UTC'));
  // Too few are expected to learn from how often nobody comes.
  for (let t = MONDAY; t < MONDAY + WEEK; t += HOUR) silence.push(bucket(t, 8, { expected: 0.1 }));
  const gap = silence.push(bucket(MONDAY + WEEK, 0));
  expect(gap?.expected).toBeCloseTo(surelyByIntegral(200, 8), 4);
  expect(gap?.p).toBeCloseTo(chanceByProducts(gap?.expected ?? 0, []), 12);
  const next = silence.push(bucket(MONDAY + WEEK + HOUR, 0));
  expect(next?.expected).toBeCloseTo(2 * surelyByIntegral(200, 8), 4);
});

test('how many views come together is learnt by the product of what every bucket says', () => {
  const silence = createSilence(createWallClock('UTC'));
  for (let t = MONDAY; t < MONDAY + WEEK; t += HOUR) silence.push(bucket(t, 8, { expected: 0.1 }));
  let t = MONDAY + WEEK;
  const buckets: { expected: number; isEmpty: boolean; weight: number }[] = [];
  for (let hour = 0; hour < 36; hour += 1, t += HOUR) {
    const isEmpty = hour % 6 === 3;
    silence.push(bucket(t, isEmpty ? 0 : 8));
    // What would surely come lies between 4 √2 and 8, of which the middle stands for all.
    buckets.push({ expected: 4 * 2 ** 0.75, isEmpty, weight: 1 });
  }
  const gap = silence.push(bucket(t, 0));
  const told = chanceByProducts(gap?.expected ?? 0, buckets);
  // Of 36 buckets the first count at most 3.6 % less than the last.
  expect((gap?.p ?? 0) / told).toBeGreaterThan(0.97);
  expect((gap?.p ?? 0) / told).toBeLessThan(1.03);
});
