import type { EventRow, ViewRow } from '../store/rows.js';
import { makeEvent, makeView, randomFrom } from './rows.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** 2026-11-02 00:00 UTC, a Monday. */
export const OPENED: number = Date.UTC(2026, 10, 2);
/** From when on what a product costs is told late, and the cart's picture is heavy; both with a new release, which two in three have. */
export const SLOWED: number = OPENED + 4 * DAY + 6 * HOUR;
export const CLOSED: number = SLOWED + 14 * HOUR;

export const PRICES = 'https://api.example.com/prices/:id';
export const PRODUCT = '/product/[id]';
const VIEWS_AN_HOUR = 70;
type Other = readonly [name: string, initiator: string, partOfLcp: number];
/** What else the page asks for, which is not waited for, or is fast. */
const OTHERS: readonly [Other, ...Other[]] = [
  ['/api/session', 'fetch', 0.05],
  ['https://stats.example/collect', 'fetch', 4],
  ['https://cdn.example/hero.png', 'img', 0.6],
  ['https://stats.example/beacon', 'beacon', 0.6],
];

/**
 * A shop whose products wait for a call. The front page makes the same call, and waits for nothing. Everywhere some files, and calls
 * that are not waited for, take as long.
 *
 * @param slows What is slow from `SLOWED` on, for those who have the new release.
 */
export function slowedSite(slows: 'call' | 'picture'): {
  readonly views: ViewRow[];
  readonly events: EventRow[];
} {
  const random = randomFrom(23);
  const one = <T>(...items: readonly [T, ...T[]]): T =>
    items[Math.floor(random() * items.length)] ?? items[0];
  const views: ViewRow[] = [];
  const events: EventRow[] = [];
  for (let t = OPENED; t < CLOSED; t += HOUR) {
    for (let index = 0; index < VIEWS_AN_HOUR; index += 1) {
      const startedAt = t + Math.floor(random() * HOUR);
      const isNew = startedAt >= SLOWED && random() < 0.67;
      const route = one('/', PRODUCT, '/cart');
      const isPicture = route === '/cart' && random() < 0.4;
      const price =
        80 + Math.round(120 * random()) + (slows === 'call' && isNew ? Math.round(3000 * random()) : 0);
      // Whole, since a decimal of SQLite's may lose its last digit on its way.
      const own = Math.round(900 * Math.exp(random() + random() - 1));
      const late = isPicture && slows === 'picture' && isNew ? Math.round(3000 * random()) : 0;
      const lcp = own + late + (route === PRODUCT ? price : 0);
      const view = makeView(views.length, {
        startedAt,
        receivedAt: startedAt + 5000,
        route,
        browser: one('Chrome', 'Safari'),
        country: one('DE', 'FR', 'PL'),
        device: one('desktop', 'mobile'),
        release: isNew ? '2.0' : '1.0',
        lcp,
        inp: null,
        cls: 0,
        ttfb: Math.round(80 + 60 * random()),
        visitor: `visitor ${Math.floor(random() * 400)}`,
        attribution: JSON.stringify({
          lcp: isPicture ? { element: 'img.hero', url: 'https://cdn.example/hero.png' } : { element: 'h1' },
        }),
      });
      views.push(view);
      const request = (name: string, initiator: string, after: number, duration: number): void => {
        const data = { initiator, ...(initiator === 'fetch' && { method: 'GET', status: 200 }) };
        const part = { viewId: view.id, occurredAt: startedAt + after, receivedAt: startedAt + 5000, route };
        events.push(
          makeEvent(events.length, {
            ...part,
            type: 'resource',
            name,
            visitor: view.visitor,
            duration,
            data: JSON.stringify(data),
          }),
        );
      };
      if (route === PRODUCT) request(PRICES, 'fetch', Math.floor(own / 2), price);
      if (route === '/') request(PRICES, 'fetch', own + 200, price);
      const [name, initiator, part] = one(...OTHERS);
      request(name, initiator, 20, Math.round(part * lcp));
    }
  }
  return { views, events };
}
