import { newId } from '@rumkit/react-rum/protocol';
import { expect, test, vi } from 'vitest';
import { fingerprintOf } from '../../analysis/errors/fingerprintOf.js';
import type { EventRow } from '../../store/rows.js';
import { makeEvent } from '../../testing/rows.js';
import { batch, errorEvent, NOON, startServer, unavailableStore, view } from '../../testing/rumServer.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Lamps break twice on mobile, once today and once yesterday; carts three times today. */
async function startWithErrors() {
  const server = await startServer();
  const phone = view({ id: newId(NOON), route: '/cart' });
  const desk = view({ id: newId(NOON) });
  const headers = {
    'user-agent':
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  };
  const lamp = errorEvent({
    viewId: phone.id,
    route: '/cart',
    message: 'lamp 7 broke',
    stack: 'light@https://a/lamp.js:1:2',
  });
  await server.post(
    batch({ views: [phone], events: [lamp, { ...lamp, id: newId(NOON), at: NOON - DAY - MINUTE }] }),
    headers,
  );
  const cart = errorEvent({ viewId: desk.id, message: 'cart is empty', at: NOON - MINUTE });
  await server.post(batch({ views: [desk], events: [cart, { ...cart, id: newId(NOON), count: 2 }] }));
  return { ...server, lamp: fingerprintOf(lamp), cart: fingerprintOf(cart) };
}

test('groups come by how often they happened, with their share, their course and what was before', async () => {
  const { send, lamp, cart } = await startWithErrors();
  const response = await send('/admin/errors?compare=previous');
  const { events, groups, series, range, trend, told, truncated } = await response.json();
  expect(series).toHaveLength((range.to - range.from) / range.bucketMs);
  expect(series.filter(({ n }: { n: number }) => n > 0)).toEqual([{ t: NOON - 30 * MINUTE, n: 4 }]);
  expect([events, truncated, told.complete, told.events]).toEqual([4, false, true, 4]);
  expect(groups).toMatchObject([
    {
      fingerprint: cart,
      title: 'Error: cart is empty',
      name: 'Error',
      events: 3,
      share: 0.75,
      visitors: 1,
      routes: 1,
      isNew: true,
      firstSeen: NOON - MINUTE,
      lastSeen: NOON - MINUTE,
      compared: { events: 0 },
    },
    { fingerprint: lamp, title: 'Error: lamp … broke', events: 1, isNew: false, compared: { events: 1 } },
  ]);
  for (const group of groups) {
    expect(group.trend).toHaveLength(trend.buckets);
    expect(group.trend.reduce((sum: number, n: number) => sum + n, 0)).toBe(group.events);
  }
  const last = (NOON - MINUTE - trend.from) / trend.bucketMs;
  expect(groups[0].trend[Math.floor(last)]).toBe(3);
});

test('what a group was before is told, however rare it was', async () => {
  const { store, send } = await startServer();
  const error = (number: number, word: string, occurredAt: number): EventRow =>
    makeEvent(number, {
      app: 'default',
      type: 'error',
      name: 'Error',
      data: JSON.stringify({ message: `${word} broke`, count: word === 'rare' ? 1 : 2 }),
      occurredAt,
    });
  const word = (number: number): string => [...String(number)].map((digit) => 'klmnopqrst'[+digit]).join('');
  const before = NOON - 30 * 60 * MINUTE;
  const events = [
    ...Array.from({ length: 1100 }, (_, number) => error(number, word(number), before)),
    error(2000, 'rare', before),
    error(2001, 'rare', NOON - MINUTE),
  ];
  await store.insert({ views: [], events });
  for (const isRolledUp of [false, true]) {
    if (isRolledUp) await store.rollUp({ now: () => NOON });
    const { groups } = await (await send('/admin/errors?range=24h&compare=previous')).json();
    expect(groups).toMatchObject([{ events: 1, isNew: false, compared: { events: 1 } }]);
    const { fingerprint } = groups[0];
    const one = await send(`/admin/error?fingerprint=${fingerprint}&range=24h&compare=previous`);
    expect(await one.json()).toMatchObject({ events: 1, isNew: false, compared: { events: 1 } });
  }
});

test.each(['1h', '24h', '7d', '30d', 'from=1700000000000&to=1730000000000', 'from=0&to=34000000000'])(
  'the course of %s has few buckets and holds all of it',
  async (range) => {
    const { send } = await startServer();
    const search = range.includes('=') ? range : `range=${range}`;
    const { trend, range: resolved } = await (await send(`/admin/errors?${search}`)).json();
    expect(trend.buckets).toBeLessThanOrEqual(32);
    expect(trend.from).toBeLessThanOrEqual(resolved.from);
    expect(trend.from + trend.buckets * trend.bucketMs).toBeGreaterThanOrEqual(resolved.to);
  },
);

test('filters speak of the views that errors happened in', async () => {
  const { send, lamp, cart } = await startWithErrors();
  const { groups, events } = await (await send('/admin/errors?filter=device:mobile')).json();
  expect([events, groups.map(({ fingerprint }: { fingerprint: string }) => fingerprint)]).toEqual([
    1,
    [lamp],
  ]);
  expect((await send(`/admin/error?fingerprint=${cart}&filter=device:mobile`)).status).toBe(404);
});

test('a group is told in full', async () => {
  const { send, lamp } = await startWithErrors();
  const body = await (await send(`/admin/error?fingerprint=${lamp}&compare=previous`)).json();
  expect(body).toMatchObject({
    fingerprint: lamp,
    events: 1,
    compared: { events: 1 },
    visitors: 1,
    views: 1,
    latest: { message: 'lamp 7 broke', stack: 'light@https://a/lamp.js:1:2', source: 'window.error' },
    by: {
      route: [{ value: '/cart', events: 1, visitors: 1 }],
      device: [{ value: 'mobile', events: 1, visitors: 1 }],
    },
    occurrences: [{ route: '/cart', device: 'mobile', count: 1 }],
  });
  expect(body.series).toHaveLength(48);
});

test('files have a line a group, and no formula', async () => {
  const { post, send } = await startServer();
  await post(batch({ events: [errorEvent({ name: '=cmd|calc', message: '' })] }));
  const csv = await (await send('/admin/errors?format=csv')).text();
  const [head, line] = csv.split('\r\n');
  expect(head).toBe('fingerprint,title,name,events,share,visitors,routes,firstSeen,lastSeen,isNew,compared');
  expect(line).toContain("'=cmd|calc,'=cmd|calc,1,1,1,1,");
  const lines = (await (await send('/admin/errors?format=ndjson')).text()).trim().split('\n');
  expect(lines.map((text) => JSON.parse(text).name)).toEqual(['=cmd|calc']);
});

test.each([
  ['', 400, 'fingerprint'],
  ['?fingerprint=', 400, 'fingerprint'],
  ['?fingerprint=(other)', 400, 'fingerprint'],
  ['?fingerprint=0123456789ABCDEF', 400, 'fingerprint'],
  ["?fingerprint=0123456789abcde'", 400, 'fingerprint'],
  ['?fingerprint=0123456789abcdef&range=1y', 400, 'range'],
  ['?fingerprint=0123456789abcdef&filter=shoe:7', 400, 'filter'],
  ['?fingerprint=0123456789abcdef', 404, undefined],
])('/admin/error%s is answered with %i', async (search, status, parameter) => {
  const { send } = await startServer();
  const response = await send(`/admin/error${search}`);
  const body = await response.json();
  expect([response.status, body.parameter]).toEqual([status, parameter]);
  expect(body.error).toBe(status === 404 ? 'not_found' : 'invalid_parameter');
});

test('one group is for whoever may open the admin, and waits for the database', async () => {
  const path = '/admin/error?fingerprint=0123456789abcdef';
  const down = await startServer({ store: unavailableStore() });
  expect((await down.send(path)).status).toBe(503);
  vi.stubEnv('NODE_ENV', 'production');
  const closed = await startServer({ config: { authorize: null } });
  expect((await closed.send(path)).status).toBe(403);
});
