import { newId } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import {
  batch,
  errorEvent,
  event,
  NOON,
  startServer,
  unavailableStore,
  view,
} from '../../testing/rumServer.js';

const MINUTE = 60_000;

/** A visit that went wrong, of three pages, and one that did not. */
async function startWithVisits(privacy: 'strict' | 'consent' = 'strict') {
  const server = await startServer({ config: { privacy } });
  const made = ['/', '/cart', '/pay'].map((route, index) =>
    view({
      id: newId(NOON + index),
      route,
      path: route,
      startedAt: NOON - (10 - index) * MINUTE,
      duration: MINUTE,
      vitals: { lcp: { value: index === 1 ? 5000 : 900 } },
    }),
  );
  const [first, cart] = made;
  const events = [
    errorEvent({ viewId: cart?.id, at: NOON - 9 * MINUTE + 10 }),
    event({ viewId: first?.id, at: NOON - 10 * MINUTE + 20, properties: { sku: '7' } }),
  ];
  const user = { id: 'u-7', traits: { plan: 'pro' } };
  const sessionId = newId(NOON);
  await server.post(batch({ views: made, events, user, sessionId }));
  const other = view({ id: newId(NOON + 9), startedAt: NOON - MINUTE });
  await server.post(batch({ views: [other] }), {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0',
  });
  return { ...server, first: first?.id ?? '', last: made.at(-1)?.id ?? '', other: other.id };
}

test('the latest sessions come first, each with what it was like', async () => {
  const { send, first, other } = await startWithVisits();
  const { sessions, seen, truncated, range } = await (await send('/admin/sessions')).json();
  expect([range.name, truncated, seen.views, seen.complete]).toEqual(['24h', false, 4, true]);
  expect(sessions).toMatchObject([
    { id: other, views: 1, errors: 0 },
    {
      id: first,
      startedAt: NOON - 10 * MINUTE,
      duration: 3 * MINUTE,
      views: 3,
      entry: '/',
      exit: '/pay',
      errors: 1,
      frustrations: 0,
      worst: { name: 'lcp', value: 5000, rating: 'poor' },
      userId: null,
    },
  ]);
});

test.each([
  ['with=errors', 1],
  ['with=slow&with=errors&views=3', 1],
  ['with=frustrations', 0],
  ['views=2', 1],
  ['filter=!route:/cart', 1],
  ['filter=browser:Firefox&with=slow', 0],
])('%s leaves %i', async (search, left) => {
  const { send } = await startWithVisits();
  const { sessions } = await (await send(`/admin/sessions?${search}`)).json();
  expect(sessions).toHaveLength(left);
});

test('files have a line a session', async () => {
  const { send } = await startWithVisits();
  const csv = await (await send('/admin/sessions?format=csv')).text();
  const [head, ...lines] = csv.trimEnd().split('\r\n');
  expect(head).toBe(
    'id,startedAt,duration,views,entry,exit,country,device,browser,os,errors,frustrations,worst.name,worst.value,worst.rating,userId,sample',
  );
  expect(lines).toHaveLength(2);
});

test('one is told in full, by any view of it, without who it was', async () => {
  const { send, first, last } = await startWithVisits();
  for (const id of [first, last]) {
    const response = await send(`/admin/session?id=${id}`);
    const body = await response.json();
    expect(body).toMatchObject({
      id: first,
      privacy: 'strict',
      keptDays: 30,
      userId: null,
      userTraits: null,
      errors: 1,
      complete: true,
      viewList: [{ route: '/' }, { route: '/cart' }, { route: '/pay' }],
      events: [
        { type: 'custom', data: { properties: { sku: '7' } } },
        { type: 'error', data: { message: 'no lamp' } },
      ],
    });
    expect(Object.keys(body)).not.toContain('visitor');
  }
});

test('under consent who the application says it was is told', async () => {
  const { send, first } = await startWithVisits('consent');
  const { userId, userTraits } = await (await send(`/admin/session?id=${first}`)).json();
  expect([userId, userTraits]).toEqual(['u-7', { plan: 'pro' }]);
  const { sessions } = await (await send('/admin/sessions?with=errors')).json();
  expect(sessions).toMatchObject([{ userId: 'u-7' }]);
});

test.each([
  ['sessions?with=shoes', 400, 'with'],
  ['sessions?with=', 400, 'with'],
  ['sessions?views=0', 400, 'views'],
  ['sessions?views=1e2', 400, 'views'],
  ['sessions?views=101', 400, 'views'],
  ['sessions?filter=shoe:7', 400, 'filter'],
  ['sessions?format=xml', 400, 'format'],
  ['session', 400, 'id'],
  ['session?id=abc', 400, 'id'],
  ["session?id=0199f3c2-7a51-7000-8000-00000000000'", 400, 'id'],
  ['session?id=0199f3c2-7a51-7000-8000-000000000000&audience=all', 400, 'audience'],
  ['session?id=0199f3c2-7a51-7000-8000-000000000000', 404, undefined],
])('/admin/%s is answered with %i', async (path, status, parameter) => {
  const { send } = await startServer();
  const response = await send(`/admin/${path}`);
  const body = await response.json();
  expect([response.status, body.parameter]).toEqual([status, parameter]);
});

test('without a database neither is there', async () => {
  const { send } = await startServer({ store: unavailableStore() });
  expect((await send('/admin/sessions')).status).toBe(503);
  expect((await send('/admin/session?id=0199f3c2-7a51-7000-8000-000000000000')).status).toBe(503);
});
