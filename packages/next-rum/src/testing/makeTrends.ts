import type { DayValue } from '../analysis/comparison/daySeries.js';
import type { DayShift, DayTrend } from '../analysis/comparison/testDays.js';
import type { FoundTrend, TrendsResponse } from '../server/api.js';

const DAY = 86_400_000;
const SINCE = Date.UTC(2026, 9, 1);

function days(valueAt: (day: number) => number): DayValue[] {
  return Array.from({ length: 56 }, (_, day) => ({ t: SINCE + day * DAY, value: valueAt(day), n: 1000 }));
}

const TOLD = { p: 1e-9, alike: [], snoozedUntil: null } as const;

/** LCP of a route that rises for eight weeks. */
export function makeTrend(part: Partial<DayTrend> = {}): FoundTrend & DayTrend {
  return {
    ...TOLD,
    id: 'trend-00000000000000aa',
    kind: 'trend',
    metric: 'lcp',
    route: '/product/[id]',
    days: days((day) => 2100 + (300 * day) / 55),
    n: 56_000,
    slope: { value: 38, low: 22, high: 51 },
    first: 2100,
    last: 2400,
    affected: 110,
    ...part,
  };
}

/** TTFB of a route that is another one since two weeks. */
export function makeShift(part: Partial<FoundTrend & DayShift> = {}): FoundTrend & DayShift {
  const at = SINCE + 42 * DAY;
  return {
    ...TOLD,
    id: 'trend-00000000000000bb',
    kind: 'shift',
    metric: 'ttfb',
    route: '/shop',
    days: days((day) => (day < 42 ? 310 : 480)),
    n: 29_204,
    at,
    from: at,
    to: at,
    before: { n: 21_000, value: { value: 310, low: 300, high: 320 } },
    after: { n: 8204, value: { value: 480, low: 470, high: 490 } },
    affected: 140,
    ...part,
  };
}

/** What was looked at to find some of them, or none. */
export function makeTrends(
  findings: readonly FoundTrend[],
  given: Partial<TrendsResponse> = {},
): TrendsResponse {
  const until = SINCE + 56 * DAY;
  const range = { name: '24h', from: until - DAY, to: until, bucketMs: 1_800_000 } as const;
  return { range, madeAt: until, since: SINCE, until, days: 56, routes: 3, tests: 50, findings, ...given };
}
