import type { ComparedChange } from '../server/api.js';
import { NOON } from './rumServer.js';

/** A release that slows a route, two hours before. */
export function makeComparison(part: Partial<ComparedChange> = {}): ComparedChange {
  return {
    kind: 'release',
    name: '1.4.0',
    variant: null,
    against: '1.3.0',
    since: NOON + 2 * 3_600_000,
    until: NOON + 8 * 3_600_000,
    views: { new: 9100, old: 1400, before: 12_000 },
    complete: false,
    tests: 40,
    site: [],
    findings: [
      {
        id: 'change-00000000000000ff',
        metric: 'lcp',
        route: '/product/[id]',
        basis: 'same time',
        without: { n: 1204, value: { value: 2100, low: 2000, high: 2200 } },
        with: { n: 8204, value: { value: 3400, low: 3200, high: 3600 } },
        difference: { value: 1300, low: 1080, high: 1520 },
        odds: { value: 3.1, low: 2.7, high: 3.6 },
        p: 1e-9,
        affected: 1510,
        causes: [{ places: [{ device: 'mobile' }], n: 5000, count: 2600, expected: 1300, share: 0.81 }],
        snoozedUntil: null,
      },
    ],
    ...part,
  };
}
