import { expect, test } from 'vitest';
import { takeNumbers } from '../anomaly/stateNumbers.js';
import { createWallClock } from '../anomaly/wallClock.js';
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
