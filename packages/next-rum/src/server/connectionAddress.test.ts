import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@rumkit/react-rum/protocol';
import { expect, onTestFinished, test, vi } from 'vitest';
import { batch, NOON, startServer, view } from '../testing/rumServer.js';
import { serveHttp } from '../testing/serveHttp.js';
import { connectionAddress, watchConnections } from './connectionAddress.js';

/** Asks a server of Node's own for the address that it knows after a while, over one connection. */
async function ask(listenAt: string, from: readonly string[], times = 1): Promise<readonly string[]> {
  const server = createServer(async (_request, response) => {
    await sleep(1);
    response.end(connectionAddress());
  });
  server.listen(0, listenAt);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const one = async (localAddress: string): Promise<string> => {
    const asking = request({ host: listenAt, port, localAddress, agent: false }).end();
    const [response] = await once(asking, 'response');
    return Buffer.concat(await response.toArray()).toString();
  };
  return Promise.all(Array.from({ length: times }, () => from).flatMap((addresses) => addresses.map(one)));
}

test('each request is told where its connection comes from, however many are under way', async () => {
  watchConnections();
  expect(await ask('127.0.0.1', ['127.0.0.2', '127.0.0.3'], 20)).toEqual(
    Array.from({ length: 20 }, () => ['127.0.0.2', '127.0.0.3']).flat(),
  );
});

test('however often the module is bundled, servers are watched once and every copy knows', async () => {
  watchConnections();
  vi.resetModules();
  const copy: typeof import('./connectionAddress.js') = await import('./connectionAddress.js');
  expect(copy.connectionAddress).not.toBe(connectionAddress);
  const subscribe = vi.spyOn(process.getBuiltinModule('node:diagnostics_channel'), 'subscribe');
  copy.watchConnections();
  expect(subscribe).not.toHaveBeenCalled();
});

test('outside a request, and where there is no Node.js, it is not known', () => {
  expect(connectionAddress()).toBe('');
  const shared = globalThis as { [CONNECTIONS]?: unknown };
  const kept = shared[CONNECTIONS];
  onTestFinished(() => {
    shared[CONNECTIONS] = kept;
  });
  delete shared[CONNECTIONS];
  vi.stubGlobal('process', {});
  watchConnections();
  expect(connectionAddress()).toBe('');
});
const CONNECTIONS: unique symbol = Symbol.for('@rumkit/next-rum/connections');

test('who connects from the internet cannot write itself a way around the limit, nor further visitors', async () => {
  const rateLimit = { perKey: 100, perAddress: 3, store: 'memory' } as const;
  const { store, handle } = await startServer({ config: { rateLimit } });
  const post = await serveHttp({ handle });
  const send = async (client: number, forged: string) => {
    const sending = post(client, { 'x-forwarded-for': forged });
    sending.end(JSON.stringify(batch({ views: [view({ id: newId(NOON) })] })));
    return (await sending.answer).status;
  };
  const statuses: unknown[] = [];
  for (const forged of ['1.1.1.1', '2.2.2.2', '10.0.0.1', '127.0.0.1', 'unknown']) {
    statuses.push(await send(2, forged));
  }
  expect(statuses).toEqual([202, 202, 202, 429, 429]);
  expect(await send(3, '1.1.1.1')).toBe(202);
  const views = await store.views({ app: 'default', from: 0, to: 1e15 }, 10);
  expect(new Set(views.map(({ visitor }) => visitor)).size).toBe(2);
});
