import { expect } from 'vitest';
import { HISTOGRAM_ERROR } from '../analysis/logHistogram.js';
import type { Interval, VitalSummaries, VitalSummary } from '../store/vitalStore.js';

/** As far as numbers of a database may be off that come through JSON. */
export const LAST_DIGIT = 1e-14;

/** Less counts as zero: a millionth of a millisecond, or of a layout shift. */
const AS_ZERO = 1e-6;

/**
 * Counts are the same, percentiles differ by so much at most, and intervals are those or up to twice as much wider at each end.
 *
 * @param tolerance As a share of each.
 */
export function expectSame(
  answer: VitalSummaries,
  expected: VitalSummaries,
  tolerance: number = HISTOGRAM_ERROR,
): void {
  for (const name of ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const) {
    expectSameSummary(answer[name], expected[name], tolerance);
  }
}

export function expectSameSummary(
  { p75: given, interval: givenInterval, ...givenCounts }: VitalSummary,
  { p75, interval, ...counts }: VitalSummary,
  tolerance: number = HISTOGRAM_ERROR,
): void {
  expect(givenCounts).toEqual(counts);
  expectNear(given, p75, tolerance);
  expectSameInterval(givenInterval, interval, tolerance);
}

/** That it is the same, or up to twice `tolerance` wider at each end. */
export function expectSameInterval(
  given: Interval | null,
  expected: Interval | null,
  tolerance: number = HISTOGRAM_ERROR,
): void {
  if (expected === null || given === null) {
    expect(given).toBe(expected);
    return;
  }
  const [[low, high], [givenLow, givenHigh]] = [expected, given];
  const room = 1 + 2 * tolerance + LAST_DIGIT;
  expect(givenLow).toBeLessThanOrEqual(low * (1 + LAST_DIGIT));
  expect(givenLow * room).toBeGreaterThanOrEqual(low);
  expect(givenHigh).toBeGreaterThanOrEqual(high * (1 - LAST_DIGIT));
  expect(givenHigh).toBeLessThanOrEqual(high * room + AS_ZERO);
}

export function expectNear(
  given: number | null,
  expected: number | null,
  tolerance: number = HISTOGRAM_ERROR,
): void {
  if (expected === null) expect(given).toBeNull();
  else expect(Math.abs((given ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance * expected + AS_ZERO);
}
