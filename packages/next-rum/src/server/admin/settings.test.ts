import { expect, test } from 'vitest';
import {
  batch,
  event,
  NOON,
  receiptIn,
  startServer,
  type TestServer,
  view,
} from '../../testing/rumServer.js';
import { ADMIN_PATHS } from '../api.js';

const HOPS = { trustedProxyHops: 1 };

function change({ send }: TestServer, body: unknown): Promise<Response> {
  return send(ADMIN_PATHS.settings, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  });
}

test('what is in force is told, and no secret', async () => {
  const key = 'a-key-that-nobody-may-read';
  const config = {
    database: 'postgresql://rum:s3cret@db/rum',
    keys: [{ key, app: 'shop', name: 'Checkout', since: '2026-11-01' }, { key: `${key}-2` }],
    countryDatabase: '/secret/path.mmdb',
    rateLimit: { perKey: 5, perAddress: 2, store: { redis: { password: 's3cret' } } },
  };
  const { send } = await startServer({ config });
  const text = await (await send(ADMIN_PATHS.settings)).text();
  expect(JSON.parse(text)).toMatchObject({
    database: 'postgresql',
    privacy: 'strict',
    keys: [
      { name: 'Checkout', app: 'shop', since: '2026-11-01' },
      { name: 'Key 2', app: null, since: null },
    ],
    countryDatabase: true,
    rateLimit: { perKey: 5, perAddress: 2, store: 'redis' },
    signIn: 'own',
    ignored: { revision: 0, savedAt: null, addresses: [], paths: [] },
  });
  for (const secret of [key, 's3cret', 'path.mmdb', 'rum@db']) expect(text).not.toContain(secret);
});

test.each([
  ['203.0.113.7', ['203.0.113.7'], ['203.0.113.8']],
  ['203.0.113.0/24', ['203.0.113.0', '203.0.113.255'], ['203.0.112.255', '2001:db8::1']],
  ['0.0.0.0/0', ['1.2.3.4'], ['2001:db8::1', '']],
  ['2001:db8::/32', ['2001:db8:ffff::1'], ['2001:db9::1', '203.0.113.7']],
  ['2001:DB8::7', ['2001:db8:0:0::7'], ['2001:db8::8']],
  ['::1/128', ['::1'], ['127.0.0.1']],
])('%s leaves out what comes from there and nothing else', async (address, inside, outside) => {
  const server = await startServer({ config: HOPS });
  await change(server, { replaces: 0, addresses: [address], paths: [] });
  for (const from of inside) {
    const response = await server.post(batch({ views: [view()], events: [event()] }), {
      'x-forwarded-for': from,
    });
    expect([response.status, await receiptIn(response)]).toEqual([
      202,
      { accepted: 0, duplicate: 0, rejected: [], ignored: 2 },
    ]);
  }
  expect(await server.count()).toEqual({ views: 0, events: 0 });
  for (const from of outside) {
    const response = await server.post(batch({ views: [view()] }), { 'x-forwarded-for': from });
    expect(await receiptIn(response)).toEqual({ accepted: 1, duplicate: 0, rejected: [] });
  }
});

test('paths leave out the views of a page, by path or route, and what belongs to them', async () => {
  const server = await startServer();
  await change(server, { replaces: 0, addresses: [], paths: ['/internal/*', '/exact'] });
  const [inner, exact, other] = [
    view({ path: '/internal/a', route: '/internal/[id]' }),
    view({ path: '/exact', route: '/exact' }),
    view({ path: '/exact/more', route: '/exact/more' }),
  ];
  const events = [
    event({ viewId: inner.id, route: '/internal/[id]' }),
    event({ route: '/internal/[id]' }),
    event({ viewId: exact.id, route: '/elsewhere' }),
    event({ viewId: other.id, route: '/exact/more' }),
  ];
  const receipt = await receiptIn(await server.post(batch({ views: [inner, exact, other], events })));
  expect(receipt).toEqual({ accepted: 2, duplicate: 0, rejected: [], ignored: 5 });
  const stored = await server.store.views({ app: 'default', from: 0, to: 1e15 }, 10);
  expect(stored.map(({ path }) => path)).toEqual(['/exact/more']);
  const { process } = await (await server.send(`${ADMIN_PATHS.health}?details`)).json();
  expect(process.items).toMatchObject({ received: 7, accepted: 2, rejected: { ignored: 5 } });
});

test('a change takes effect within 10 s, and no batch of a busy collector asks the database for it', async () => {
  const clock = { time: NOON };
  const server = await startServer({ config: HOPS, now: () => clock.time });
  const send = async () => {
    const response = await server.post(batch({ views: [view()] }), { 'x-forwarded-for': '203.0.113.7' });
    return (await receiptIn(response)).ignored ?? 0;
  };
  let reads = 0;
  const { savedOne } = server.store;
  Object.assign(server.store, {
    savedOne: (...of: Parameters<typeof savedOne>) => {
      reads += 1;
      return savedOne(...of);
    },
  });
  expect(await send()).toBe(0);
  for (let index = 0; index < 20; index += 1) await send();
  expect(reads).toBe(1);
  await change(server, { replaces: 0, addresses: ['203.0.113.7'], paths: [] });
  // One that was idle does not begin with what it knew.
  clock.time += 10_000;
  expect(await send()).toBe(1);
  await change(server, { replaces: 1, addresses: [], paths: [] });
  clock.time += 5000;
  await send();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await send()).toBe(0);
});

test('of two who change the settings at once the second is told to look again', async () => {
  const server = await startServer();
  const rules = { replaces: 0, addresses: ['203.0.113.7', '203.0.113.7'], paths: ['/health'] };
  expect(await (await change(server, rules)).json()).toEqual({ id: 'ignored', revision: 1 });
  expect((await change(server, { ...rules, addresses: [] })).status).toBe(409);
  const { ignored } = await (await server.send(ADMIN_PATHS.settings)).json();
  expect(ignored).toEqual({ revision: 1, savedAt: NOON, addresses: ['203.0.113.7'], paths: ['/health'] });
  const [line] = await server.store.changes('default', 1);
  expect(line).toMatchObject({ action: 'setting.save', subject: 'ignored: 203.0.113.7, /health' });
});

test.each([
  ['addresses', ['203.0.113.0/33']],
  ['addresses', ['203.0.113']],
  ['addresses', ['shop.example']],
  ['addresses', ['2001:db8::/129']],
  ['addresses', ['fe80::1%eth0']],
  ['addresses', ['203.0.113.7/']],
  ['addresses', ['203.0.113.7/-1']],
  ['addresses', ['203.0.113.7/8/8']],
  ['addresses', ['']],
  ['addresses', Array.from({ length: 201 }, () => '::1')],
  ['paths', ['health']],
  ['paths', ['']],
  ['paths', ['/a*b']],
  ['paths', ['/a b']],
  ['paths', ['/a?b']],
  ['paths', [`/${'x'.repeat(512)}`]],
])('rules with wrong %s are refused: %o', async (field, list) => {
  const server = await startServer();
  const refused = await change(server, { replaces: 0, addresses: [], paths: [], [field]: list });
  const { parameter } = await refused.json();
  expect([refused.status, parameter.split('.')[0]]).toEqual([400, field]);
});
