import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@rumkit/react-rum/protocol';
import { expect, openShop, type Shop, test } from './shop.js';

/** No test can connect from the internet: the server is made to take who connects from 127.0.0.2 to 127.0.0.9 for 198.51.100.n. */
const FROM_THE_INTERNET = `data:text/javascript,${encodeURIComponent(`
  import { subscribe } from 'node:diagnostics_channel';
  subscribe('net.server.socket', ({ socket }) => {
    const value = socket.remoteAddress?.replace(/^127\\.0\\.0\\.([2-9])$/, '198.51.100.$1');
    Object.defineProperty(socket, 'remoteAddress', { value });
  });
`)}`;

test('Next.js tells the collector who connects, whatever the headers of a client without a proxy say', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rum-address-'));
  const { shop, close } = await openShop(`file:${join(folder, 'rum.db')}`, {
    NODE_OPTIONS: `--import ${FROM_THE_INTERNET}`,
  });
  try {
    const one = [await visit(shop, 2, '6.6.6.6'), await visit(shop, 2, '7.7.7.7'), await visit(shop, 2)];
    const other = [await visit(shop, 3, '6.6.6.6')];
    const behindProxy = [await visit(shop, 1, '6.6.6.6'), await visit(shop, 1, '9.9.9.9, 6.6.6.6')];
    const behindProxyToo = [await visit(shop, 1, '7.7.7.7')];

    const views = await shop.views();
    const visitors = [one, other, behindProxy, behindProxyToo].map(
      (ids) => new Set(views.filter(({ id }) => ids.includes(id)).map(({ visitor }) => visitor)),
    );
    expect(visitors.map(({ size }) => size)).toEqual([1, 1, 1, 1]);
    expect(new Set(visitors.flatMap((each) => [...each])).size).toBe(4);
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
});

/** Posts a view from 127.0.0.n; gives its id. */
async function visit(shop: Shop, n: number, forwardedFor?: string): Promise<string> {
  const now = Date.now();
  const id = newId(now);
  const view = {
    id,
    revision: 1,
    startedAt: now,
    route: '/',
    path: '/',
    router: 'app',
    navigationType: 'navigate',
    vitals: {},
  };
  const sending = request(`${shop.url}/api/rum/batch`, {
    method: 'POST',
    localAddress: `127.0.0.${n}`,
    headers: {
      'content-type': 'application/json',
      ...(forwardedFor !== undefined && { 'x-forwarded-for': forwardedFor }),
    },
    agent: false,
  });
  sending.end(
    JSON.stringify({ v: 1, app: 'default', sentAt: now, sessionId: newId(now), views: [view], events: [] }),
  );
  const [response] = await once(sending, 'response');
  response.resume();
  expect(response.statusCode).toBe(202);
  return id;
}
