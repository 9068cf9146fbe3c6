import { newId } from '@rumkit/react-rum/protocol';
import { blankView } from './adminData.js';
import type { Shop, View } from './shop.js';

type Event = Awaited<ReturnType<Shop['events']>>[number];

const HOUR = 3_600_000;

/** The last whole hours before now. */
export const TO: number = Math.floor(Date.now() / HOUR) * HOUR;
export const FROM: number = TO - 6 * HOUR;

/** A name that means something in an address, in SQL and in JSON. */
export const ODD_NAME = `size:a"b.c%3A' <b>`;

interface Told {
  /** As an address has it. */
  readonly dimension: string;
  /** What the admin calls it. */
  readonly label: string;
  /** As it is stored. */
  readonly value: string;
  /** As it is shown. */
  readonly shown?: string;
  readonly of: (view: View) => string;
}

/** Everything that views can be filtered by, and a value that some of them have. */
export const DIMENSIONS: readonly Told[] = [
  { dimension: 'route', label: 'Route', value: '/cart', of: ({ route }) => route },
  {
    dimension: 'country',
    label: 'Country',
    value: 'DE',
    shown: 'Germany',
    of: ({ country }) => country ?? '',
  },
  { dimension: 'device', label: 'Device', value: 'mobile', of: ({ device }) => device },
  { dimension: 'browser', label: 'Browser', value: 'Firefox', of: ({ browser }) => browser ?? '' },
  { dimension: 'os', label: 'Operating system', value: 'Linux', of: ({ os }) => os ?? '' },
  { dimension: 'connection', label: 'Connection', value: '3g', of: ({ connection }) => connection ?? '' },
  { dimension: 'language', label: 'Language', value: 'de-DE', of: ({ language }) => language ?? '' },
  {
    dimension: 'referrer',
    label: 'Referrer',
    value: 'https://search.example',
    of: ({ referrer }) => referrer ?? '',
  },
  { dimension: 'release', label: 'Release', value: '2.0', of: ({ release }) => release ?? '' },
  {
    dimension: 'environment',
    label: 'Environment',
    value: 'preview',
    of: ({ environment }) => environment ?? '',
  },
  ...['source', 'medium', 'campaign', 'term', 'content'].map((name) => ({
    dimension: `utm_${name}`,
    label: `UTM ${name}`,
    value: `${name} 1`,
    of: ({ utm }: View) => memberOf(utm, name),
  })),
  { dimension: 'user', label: 'User', value: 'u-1', of: ({ userId }) => userId ?? '' },
  {
    dimension: 'property.plan',
    label: 'plan',
    value: 'pro',
    of: ({ attributes }) => memberOf(attributes, 'plan'),
  },
  {
    dimension: 'property.isMember',
    label: 'isMember',
    value: 'true',
    of: ({ attributes }) => memberOf(attributes, 'isMember'),
  },
  {
    dimension: `property.size%3Aa"b.c%253A' <b>`,
    label: ODD_NAME,
    value: '2.5',
    of: ({ attributes }) => memberOf(attributes, ODD_NAME),
  },
];

function memberOf(json: string | null, name: string): string {
  const said: Record<string, unknown> = JSON.parse(json ?? '{}');
  return String(said[name] ?? '');
}

/** Mulberry32: numbers in [0, 1) that are always the same ones, and of which none tells the next. */
function numbers(): () => number {
  let state = 11;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Views that have each value or not, independently of all others. */
export const VIEWS: readonly View[] = (() => {
  const next = numbers();
  const one = <T>(...items: readonly [T, ...T[]]): T => {
    const item = items[Math.floor(next() * items.length)];
    return item === undefined ? items[0] : item;
  };
  return Array.from({ length: 400 }, (_view, index) => {
    const startedAt = Math.floor(FROM + next() * 5.8 * HOUR);
    const utm = Object.fromEntries(
      ['source', 'medium', 'campaign', 'term', 'content'].map((name) => [name, `${name} ${one(1, 2, 3)}`]),
    );
    const attributes = { plan: one('free', 'pro'), isMember: one(true, false), [ODD_NAME]: one(1, 2.5) };
    return blankView({
      startedAt,
      route: one('/', '/cart', '/product/[id]'),
      visitor: `visitor-${index % 90}`,
      country: one('DE', 'FR', null),
      device: one('mobile', 'desktop'),
      browser: one('Firefox', 'Chrome'),
      os: one('Linux', 'Windows', null),
      connection: one('4g', '3g', null),
      language: one('de-DE', 'en-GB'),
      referrer: one('https://search.example', null),
      release: one('1.0', '2.0'),
      environment: one('production', 'preview'),
      userId: one('u-1', 'u-2', null),
      utm: one(JSON.stringify(utm), null),
      attributes: one(JSON.stringify(attributes), JSON.stringify(attributes), null),
      lcp: 800 + next() * 4000,
      ttfb: 100,
    });
  });
})();

/** Two errors of every third view, and one request of each. */
export const EVENTS: readonly Event[] = VIEWS.flatMap((view, index) => [
  event(view, 1, 'resource', '/api/cart', { initiator: 'fetch', method: 'GET', status: 200 }),
  ...(index % 3 === 0
    ? [1, 2].map((nth) =>
        event(view, nth, 'error', 'Error', { message: 'Lamp is broken', source: 'window.error' }),
      )
    : []),
]);

function event(view: View, nth: number, type: Event['type'], name: string, said: object): Event {
  const occurredAt = view.startedAt + nth * 100;
  return {
    app: 'default',
    id: newId(occurredAt),
    viewId: view.id,
    type,
    name,
    occurredAt,
    receivedAt: occurredAt + 100,
    visitor: view.visitor,
    route: view.route,
    data: JSON.stringify(said),
    duration: type === 'resource' ? 120 : null,
    sample: false,
    sampleRate: null,
    clock: null,
  };
}
