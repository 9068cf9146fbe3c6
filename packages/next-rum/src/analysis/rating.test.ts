import { expect, test } from 'vitest';
import { CLSThresholds, FCPThresholds, INPThresholds, LCPThresholds, TTFBThresholds } from 'web-vitals';
import { rateVital, VITAL_THRESHOLDS } from './rating.js';

test('the thresholds are those of web-vitals', () => {
  const ofWebVitals = {
    lcp: LCPThresholds,
    inp: INPThresholds,
    cls: CLSThresholds,
    fcp: FCPThresholds,
    ttfb: TTFBThresholds,
  };

  expect(
    Object.fromEntries(
      Object.entries(VITAL_THRESHOLDS).map(([name, { good, poor }]) => [name, [good, poor]]),
    ),
  ).toEqual(ofWebVitals);
});

test('a value on a threshold gets the better rating', () => {
  expect(rateVital('cls', 0.1)).toBe('good');
  expect(rateVital('cls', 0.1000001)).toBe('needsImprovement');
  expect(rateVital('cls', 0.25)).toBe('needsImprovement');
  expect(rateVital('cls', 0.2500001)).toBe('poor');
  expect(rateVital('ttfb', 0)).toBe('good');
});
