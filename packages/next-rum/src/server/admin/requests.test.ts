import { newId } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import { batch, NOON, resourceEvent, startServer, view } from '../../testing/rumServer.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** A cart that got slower since yesterday, and a picture of another origin. */
async function startWithRequests() {
  const server = await startServer();
  const made = view({ id: newId(NOON) });
  const cart = (at: number, duration: number) =>
    resourceEvent({ id: newId(at), at, viewId: made.id, duration });
  const events = [
    ...Array.from({ length: 20 }, (_, index) => cart(NOON - (index + 1) * MINUTE, 500 + index)),
    ...Array.from({ length: 20 }, (_, index) => cart(NOON - DAY - (index + 1) * MINUTE, 100 + index)),
    resourceEvent({
      id: newId(NOON),
      viewId: made.id,
      method: undefined,
      name: '=cmd|calc',
      initiator: 'img',
    }),
  ];
  await server.post(batch({ views: [made], events }));
  return server;
}

test('requests are set against those before, each by its template', async () => {
  const { send } = await startWithRequests();
  const { rows, told, hosts, others } = await (await send('/admin/requests?compare=previous')).json();
  expect(told).toMatchObject({ events: 21, complete: true });
  expect(rows).toMatchObject([
    {
      name: '/api/cart/:id',
      method: 'POST',
      n: 20,
      duration: { p75: 514, n: 20 },
      compared: { n: 20, duration: { p75: 114 } },
    },
    { initiator: 'img', n: 1, compared: null },
  ]);
  expect(hosts[0]).toMatchObject({ host: '(own)', n: 20 });
  expect(others).toMatchObject({ hosts: 1, n: 1 });
  const one = await (await send(`/admin/request?key=${rows[0].key}&compare=previous`)).json();
  expect(one).toMatchObject({ name: '/api/cart/:id', compared: { duration: { p75: 114 } } });
  expect(one.occurrences[0]).toMatchObject({ at: NOON - MINUTE, status: '200', duration: 500 });
});

test('they come as files whose cells are no formulas', async () => {
  const { send } = await startWithRequests();
  const csv = await (await send('/admin/requests?kind=files&format=csv')).text();
  const [head, ...lines] = csv.trim().split('\r\n');
  expect(head?.split(',').slice(0, 4)).toEqual(['key', 'name', 'host', 'kind']);
  expect(lines).toEqual([expect.stringContaining("'=cmd|calc")]);
});

test.each([
  ['requests?kind=everything', 'kind'],
  [`requests?host=${'x'.repeat(600)}`, 'host'],
  [`requests?initiator=${'x'.repeat(600)}`, 'initiator'],
  ['request?key=nonsense', 'key'],
  ['request', 'key'],
])('%s names what is wrong', async (path, parameter) => {
  const { send } = await startServer();
  const response = await send(`/admin/${path}`);
  expect([response.status, (await response.json()).parameter]).toEqual([400, parameter]);
});

test('a template that nobody asked for is not found', async () => {
  const { send } = await startWithRequests();
  expect((await send('/admin/request?key=0123456789abcdef')).status).toBe(404);
});
