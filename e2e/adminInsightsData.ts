import { blankView } from './adminData.js';
import { numbers } from './numbers.js';
import type { View } from './shop.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The last hour that may be judged by now ends here: ten minutes have passed since. */
export const NOW: number = Math.floor((Date.now() - 11 * MINUTE) / HOUR) * HOUR;
/** A release slows one route down in one browser. */
export const DEPLOYED: number = NOW - 9 * HOUR;
/** The fix comes now, and a day of hours after it. */
export const LATER: number = NOW + DAY;

export const RELEASES = { before: '1.3.0', slow: '1.4.0', fixed: '1.4.1' } as const;
const SLOW = { route: '/product/[id]', browser: 'Safari' } as const;

const VIEWS_AN_HOUR = 80;
const WEEKS = 3 * 7 * DAY;

/** Three weeks of visits up to now, the last hours of them after the deploy. */
export const HISTORY: readonly View[] = visits(NOW - WEEKS, NOW, 42);
/** What came after the fix. */
export const AFTERWARDS: readonly View[] = visits(NOW, LATER, 43);

function visits(from: number, to: number, seed: number): View[] {
  const next = numbers(seed);
  const one = <T>(...items: readonly [T, ...T[]]): T => items[Math.floor(next() * items.length)] ?? items[0];
  return Array.from({ length: ((to - from) / HOUR) * VIEWS_AN_HOUR }, (_view, index) => {
    const startedAt = from + Math.floor(((index + next()) * HOUR) / VIEWS_AN_HOUR);
    const route = one<string>('/', SLOW.route, '/cart');
    const browser = one<string>('Chrome', SLOW.browser, 'Firefox');
    const isSlow =
      startedAt >= DEPLOYED && startedAt < NOW && route === SLOW.route && browser === SLOW.browser;
    return blankView({
      startedAt,
      route,
      browser,
      country: one('DE', 'FR', 'PL'),
      device: one('desktop', 'mobile'),
      release: startedAt < DEPLOYED ? RELEASES.before : startedAt < NOW ? RELEASES.slow : RELEASES.fixed,
      lcp: Math.round(900 * Math.exp(next() + next() - 0.5) * (isSlow ? 3 : 1)),
      ttfb: 80 + Math.round(200 * next()),
      visitor: `visitor-${Math.floor(next() * 300)}`,
    });
  });
}
