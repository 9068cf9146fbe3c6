import type { VitalName } from '../../protocol/index.js';

export type Rating = 'good' | 'needs improvement' | 'poor';

/**
 * Up to the first a value is good, above the second it is poor. ms, and a score for CLS.
 *
 * @see https://web.dev/articles/vitals
 */
const THRESHOLDS = {
  lcp: [2500, 4000],
  inp: [200, 500],
  cls: [0.1, 0.25],
  fcp: [1800, 3000],
  ttfb: [800, 1800],
} as const satisfies { readonly [name in VitalName]: readonly [good: number, poor: number] };

export function rate(name: VitalName, value: number): Rating {
  const [good, poor] = THRESHOLDS[name];
  return value <= good ? 'good' : value <= poor ? 'needs improvement' : 'poor';
}
