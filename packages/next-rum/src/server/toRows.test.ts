import { newId, type RumEvent, type ViewDocument } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import { event, NOON, view } from '../testing/rumServer.js';
import type { Envelope } from './parseBatch.js';
import { clockCorrection, toRows } from './toRows.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const ORIGIN = {
  app: 'shop',
  receivedAt: NOON,
  visitor: 'visitor',
  country: 'AT',
  browser: 'Firefox',
  os: 'Linux',
  device: 'desktop',
  sample: false,
} as const;

function rowsOf(
  items: { views?: readonly ViewDocument[]; events?: readonly RumEvent[] },
  fields: Partial<Envelope> = {},
) {
  const envelope = { v: 1, app: 'default', sentAt: NOON, sessionId: newId(NOON), ...fields };
  const placed = <T>(values: readonly T[] = []) => values.map((value, index) => ({ index, value }));
  return toRows({ envelope, views: placed(items.views), events: placed(items.events), rejected: [] }, ORIGIN);
}

test('a view becomes one row with its vitals raw', () => {
  const document = view({
    duration: 12.25,
    vitals: { lcp: { value: 1234.5678, attribution: { target: 'img' } }, cls: { value: 0.0123 } },
  });
  const { views } = rowsOf(
    { views: [document] },
    { release: '1.0', context: { viewportWidth: 360, automated: true } },
  );
  expect(views).toEqual([
    {
      ...ORIGIN,
      id: document.id,
      revision: 1,
      startedAt: NOON - 1000,
      route: '/product/[id]',
      path: '/product/42',
      router: 'app',
      navigationType: 'navigate',
      previousViewId: null,
      referrer: null,
      release: '1.0',
      environment: null,
      connection: null,
      language: null,
      viewportWidth: 360,
      viewportHeight: null,
      automated: true,
      traceId: null,
      duration: 12.25,
      lcp: 1234.5678,
      inp: null,
      cls: 0.0123,
      fcp: null,
      ttfb: null,
      attribution: '{"lcp":{"target":"img"}}',
    },
  ]);
});

test('each type of event keeps what only it has', () => {
  const base = { id: newId(NOON), viewId: newId(NOON), at: NOON, route: '/' };
  const { events } = rowsOf({
    events: [
      event({ properties: { sku: 'a', nested: { list: ['x', 1, null] } } }),
      event(),
      { ...base, type: 'error', name: 'TypeError', message: 'm', stack: 's', source: 'window.error' },
      { ...base, type: 'loss', reason: 'queue_full', count: 7 },
    ],
  });
  expect(events.map(({ name, data }) => [name, data && JSON.parse(data)])).toEqual([
    ['add_to_cart', { properties: { sku: 'a', nested: { list: ['x', 1, null] } } }],
    ['add_to_cart', null],
    ['TypeError', { message: 'm', stack: 's', source: 'window.error' }],
    ['queue_full', { count: 7 }],
  ]);
});

test.each([
  ['a clock that is right', 0, NOON - 500, NOON - 500],
  ['a clock within two minutes', 2 * MINUTE, NOON - 500 - 2 * MINUTE, NOON - 500 - 2 * MINUTE],
  ['a clock an hour slow', 60 * MINUTE, NOON - 60 * MINUTE - 500, NOON - 500],
  ['a clock a year fast', -365 * DAY, NOON + 365 * DAY - 500, NOON - 500],
  ['an event from the future', 0, NOON + 5000, NOON],
  ['an event older than a week', 0, NOON - 8 * DAY, NOON - 7 * DAY],
  ['part of a millisecond', 0, NOON - 0.4, NOON],
])('%s: times are put on the clock of the server', (_name, behind, at, expected) => {
  expect(clockCorrection(NOON - behind, NOON)(at)).toBe(expected);
});

test('all items of a batch move by the same offset', () => {
  const sentAt = NOON - 30 * MINUTE;
  const { views, events } = rowsOf(
    { views: [view({ startedAt: sentAt - 9000 })], events: [event({ at: sentAt - 4000 })] },
    { sentAt },
  );
  expect(views[0]?.startedAt).toBe(NOON - 9000);
  expect(events[0]?.occurredAt).toBe(NOON - 4000);
});

test('queries and fragments go, referrers become origins', () => {
  const { views } = rowsOf({
    views: [
      view({
        path: '/a?token=1#x',
        route: '/b#c',
        referrer: 'https://user:pw@search.example/find?q=illness',
      }),
      view({ path: '?q', referrer: 'android-app://com.mail' }),
      view({ referrer: 'http://localhost:3000' }),
      view({
        vitals: {
          lcp: { value: 1, attribution: { url: 'https://cdn.example/a.jpg?sig=1', target: '#main>img' } },
        },
      }),
    ],
  });
  expect(views[0]).toMatchObject({ path: '/a', route: '/b', referrer: 'https://search.example' });
  expect(views[1]).toMatchObject({ path: '/', referrer: null });
  expect(views[2]).toMatchObject({ referrer: 'http://localhost:3000' });
  expect(JSON.parse(views[3]?.attribution ?? '')).toEqual({
    lcp: { url: 'https://cdn.example/a.jpg', target: '#main>img' },
  });
});

test('personal data is taken out of every free text', () => {
  const mail = 'jane@example.com';
  const rows = rowsOf({
    views: [
      view({
        route: `/u/${mail}`,
        path: `/u/${mail}`,
        vitals: { lcp: { value: 1, attribution: { a: mail } } },
      }),
    ],
    events: [
      event({ name: mail, route: `/${mail}`, properties: { [mail]: [{ a: mail }] } }),
      {
        ...event(),
        type: 'error',
        name: 'E',
        message: `no ${mail}`,
        stack: `E: ${mail}`,
        source: 'window.error',
      },
    ],
  });
  expect(JSON.stringify(rows)).not.toContain('jane');
  expect(rows.views[0]?.path).toBe('/u/[email]');
});
