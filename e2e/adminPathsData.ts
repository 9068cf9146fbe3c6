import { defineRum } from '@rumkit/next-rum';
import { newId } from '@rumkit/react-rum/protocol';
import { blankView } from './adminData.js';
import { numbers } from './numbers.js';
import type { Shop, View } from './shop.js';

type Event = Awaited<ReturnType<Shop['events']>>[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The last whole hours before now, and as many before them. */
export const TO: number = Math.floor(Date.now() / HOUR) * HOUR;
export const FROM: number = TO - 12 * HOUR;

/** What somebody could have stored to harm whoever looks at it. */
export const HOSTILE: readonly string[] = [
  '/<script>window.hacked=1</script>',
  '/\u202Egnp.exe',
  '=cmd|calc',
];

export interface Visit {
  readonly views: readonly View[];
  readonly events: readonly Event[];
}

const REQUEST = JSON.stringify({ initiator: 'fetch', method: 'GET', status: 502 });
const ACTION = JSON.stringify({ kind: 'click', target: 'a.look' });
const RAGE = JSON.stringify({ kind: 'click', target: 'button.buy', frustrations: ['rage'] });
const ERROR = JSON.stringify({
  message: 'Lamp is broken',
  source: 'window.error',
  stack: 'light@app.js:1:2',
});

/** Visits of the shop: some look around, some go on to the cart and pay, fewer of them where the cart was slow. */
export const VISITS: readonly Visit[] = (() => {
  const next = numbers(7);
  return Array.from({ length: 240 }, (_, index): Visit => {
    const startedAt = Math.floor(FROM + 5 * MINUTE + next() * (11 * HOUR));
    const slow = next() < 0.4;
    const routes = ['/', '/product/[id]'];
    if (next() < 0.3) routes.push('/', '/product/[id]');
    if (index < HOSTILE.length) routes.push(HOSTILE[index] ?? '/');
    const goesOn = next() < 0.7;
    const pays = next() < (slow ? 0.3 : 0.8);
    if (goesOn) routes.push('/cart');
    if (goesOn && pays) routes.push('/checkout', '/thanks');
    const device = next() < 0.5 ? 'mobile' : 'desktop';
    const views = routes.map((route, place) =>
      blankView({
        startedAt: startedAt + place * MINUTE,
        route,
        device,
        browser: device === 'mobile' ? 'Safari' : 'Firefox',
        country: ['DE', 'FR', null][index % 3] ?? null,
        visitor: `visitor-${index}`,
        navigationType: place === 0 ? 'navigate' : 'client',
        duration: MINUTE - 1000,
        lcp: slow && route === '/cart' ? 5200 : 900 + next() * 800,
        ttfb: place === 0 ? (slow ? 900 : 200) : 0,
      }),
    );
    const cart = views.find(({ route }) => route === '/cart');
    const events = views.flatMap((view, place) => [
      event(view, 300, { type: 'resource', name: '/api/cart', duration: 120, data: REQUEST }),
      ...(place === 1
        ? [event(view, 900, { type: 'action', name: 'Look', data: ACTION, duration: 80 })]
        : []),
      ...(view === cart
        ? [event(view, 2000, { name: 'add_to_cart', data: '{"properties":{"sku":"7"}}' })]
        : []),
      ...(place === 0 && index % 8 === 0
        ? [event(view, 5000, { type: 'error', name: 'TypeError', data: ERROR })]
        : []),
      ...(place === 1 && index % 12 === 0
        ? [event(view, 6000, { type: 'action', name: 'Buy', data: RAGE, duration: 90 })]
        : []),
    ]);
    return { views, events };
  });
})();

function event(view: View, after: number, part: Partial<Event>): Event {
  const occurredAt = view.startedAt + after;
  return {
    app: 'default',
    id: newId(occurredAt),
    viewId: view.id,
    type: 'custom',
    name: 'custom',
    occurredAt,
    receivedAt: occurredAt + 500,
    visitor: view.visitor,
    route: view.route,
    data: null,
    sample: false,
    duration: null,
    sampleRate: null,
    clock: null,
    ...part,
  };
}

/** Stores {@link VISITS}. */
export async function fillVisits(database: string): Promise<void> {
  const store = await defineRum({ database }).store();
  await store.insert({
    views: VISITS.flatMap(({ views }) => views),
    events: VISITS.flatMap(({ events }) => events),
  });
  await store.close();
}
