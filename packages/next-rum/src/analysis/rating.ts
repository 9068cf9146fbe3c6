import type { VitalName } from '@rumkit/react-rum/protocol';

/** How a vital feels to the visitor, in the words of https://web.dev/articles/vitals. */
export type Rating = 'good' | 'needsImprovement' | 'poor';

/** A value is good up to and including `good`, poor above `poor`. ms; CLS unitless. */
export interface VitalThresholds {
  readonly good: number;
  readonly poor: number;
}

/** The thresholds of https://web.dev/articles/defining-core-web-vitals-thresholds, as `web-vitals` exports them. */
export const VITAL_THRESHOLDS: { readonly [name in VitalName]: VitalThresholds } = {
  lcp: { good: 2500, poor: 4000 },
  inp: { good: 200, poor: 500 },
  cls: { good: 0.1, poor: 0.25 },
  fcp: { good: 1800, poor: 3000 },
  ttfb: { good: 800, poor: 1800 },
};

/**
 * Rates one raw value.
 *
 * @param value ms; CLS unitless.
 */
export function rateVital(name: VitalName, value: number): Rating {
  const { good, poor } = VITAL_THRESHOLDS[name];
  if (value <= good) return 'good';
  return value <= poor ? 'needsImprovement' : 'poor';
}
