import { newId } from '@rumkit/react-rum/protocol';
import { blankView } from './adminData.js';
import { numbers } from './numbers.js';
import type { Shop, View } from './shop.js';

type Event = Awaited<ReturnType<Shop['events']>>[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Begin of today, in UTC. */
export const TODAY: number = Math.floor(Date.now() / DAY) * DAY;
export const DAYS = 42;
/** From this day on one route is painted later. FCP is not watched by the hour, so that it is no incident besides. */
export const SHIFTED: number = TODAY - 16 * DAY;
/** The last hour that may be watched by now ends here: ten minutes have passed since. */
export const WATCHED: number = Math.floor((Date.now() - 11 * MINUTE) / HOUR) * HOUR;

const ROUTES = ['/', '/shop', '/product/[id]'] as const;
const VIEWS_A_DAY = 75;
/** Of a view in ms, the day. */
const CREEP = 7;

/**
 * Six weeks of visits up to now: on /shop FCP jumps, on /product/[id] LCP creeps, and two days of each week are slower, the same
 * ones counted from today, so that whatever today is the numbers are the same.
 */
export const VIEWS: readonly View[] = (() => {
  const next = numbers(13);
  const around = (middle: number): number => Math.round(middle * Math.exp(0.5 * (next() + next() - 1)));
  const views: View[] = [];
  for (let day = -DAYS; day <= 0; day += 1)
    for (const route of ROUTES)
      for (let count = 0; count < VIEWS_A_DAY; count += 1) {
        const startedAt = TODAY + day * DAY + Math.floor(next() * DAY);
        const slow = (day + DAYS) % 7 < 2 ? 1.15 : 1;
        const creep = route === '/product/[id]' ? CREEP * (day + DAYS) : 0;
        const jump = route === '/shop' && startedAt >= SHIFTED ? 1.5 : 1;
        const view = blankView({
          startedAt,
          route,
          lcp: around((1400 + creep) * slow),
          fcp: around(310 * jump),
          ttfb: around(120),
          visitor: `visitor-${Math.floor(next() * 300)}`,
        });
        if (startedAt < Date.now()) views.push(view);
      }
  return views;
})();

/** What nobody has seen before the last hour that was watched: how often, and to how many. */
export const NEW_ERROR = { message: 'no <b>lamp</b> here', events: 24, visitors: 8 } as const;

const FAILED: readonly (readonly [view: View, message: string])[] = [
  ...Array.from({ length: DAYS }, (_, day) => failedAt(TODAY - (DAYS - day) * DAY + HOUR, 'usual', 1)),
  ...Array.from({ length: NEW_ERROR.events }, (_, index) =>
    failedAt(WATCHED - HOUR + (index + 1) * MINUTE, NEW_ERROR.message, index % NEW_ERROR.visitors),
  ),
];

/** Of a route of their own: one error a day for weeks, and the new one. */
export const FAILED_VIEWS: readonly View[] = FAILED.map(([view]) => view);
export const EVENTS: readonly Event[] = FAILED.map(([view, message]) => {
  const occurredAt = view.startedAt + 500;
  return {
    app: 'default',
    id: newId(occurredAt),
    viewId: view.id,
    type: 'error',
    name: 'TypeError',
    occurredAt,
    receivedAt: occurredAt + 500,
    visitor: view.visitor,
    route: view.route,
    data: JSON.stringify({ message }),
    sample: false,
    duration: null,
    sampleRate: null,
    clock: null,
  };
});

function failedAt(startedAt: number, message: string, visitor: number): readonly [View, string] {
  const view = blankView({ startedAt, route: '/lamps', lcp: null, ttfb: null, visitor: `failed-${visitor}` });
  return [view, message];
}
