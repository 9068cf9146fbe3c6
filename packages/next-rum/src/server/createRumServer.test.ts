import { expect, test, vi } from 'vitest';
import { batch, CONFIG, event, HOST, NOON, openTestStore, startServer } from '../testing/rumServer.js';
import { createRumServer } from './createRumServer.js';

test.each([
  '',
  '/',
  '/nothing',
  '/batch/more',
  '/admin',
  '/admin/secret',
  '/../batch',
  '/__proto__',
  '/constructor',
])('there is nothing at %s', async (path) => {
  const { send } = await startServer();
  const response = await send(path, { method: 'POST', body: '{}' });
  expect([response.status, (await response.json()).error]).toEqual([404, 'not_found']);
});

test.each([
  ['GET', '/batch', 'POST, OPTIONS'],
  ['DELETE', '/batch', 'POST, OPTIONS'],
  ['POST', '/health', 'GET'],
  ['POST', '/admin/overview', 'GET'],
  ['GET', '/admin/sign-in', 'POST'],
  ['OPTIONS', '/admin/live', 'GET'],
])('%s %s is not a method of that path', async (method, path, allow) => {
  const { send } = await startServer();
  const response = await send(path, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  expect(await response.json()).toMatchObject({ error: 'method_not_allowed' });
});

test('a base path before the endpoint and a slash after the route are fine', async () => {
  const { handle } = await startServer();
  for (const url of [
    `${HOST}/shop/api/rum/health`,
    `${HOST}/api/rum/health/`,
    `${HOST}/api/rum/health?x=1`,
  ]) {
    expect([url, (await handle(new Request(url))).status]).toEqual([url, 200]);
  }
});

test('the endpoint is the one that was configured', async () => {
  const { handle } = await startServer({ config: { endpoint: '/telemetry' } });
  expect((await handle(new Request(`${HOST}/telemetry/health`))).status).toBe(200);
  expect((await handle(new Request(`${HOST}/api/rum/health`))).status).toBe(404);
});

test('sign-in is not there when authorize brings none', async () => {
  const { send } = await startServer();
  for (const path of ['/admin/sign-in', '/admin/sign-out']) {
    expect((await send(path, { method: 'POST' })).status).toBe(404);
  }
});

test('a store that cannot be opened is tried again at the next request', async () => {
  const store = await openTestStore();
  const open = vi.fn(() => Promise.resolve(store)).mockRejectedValueOnce(new Error('no such host'));
  const log = vi.fn();
  const server = createRumServer({ config: CONFIG, store: open, now: () => NOON, log });
  const send = () =>
    server.handle(
      new Request(`${HOST}/api/rum/batch`, {
        method: 'POST',
        body: JSON.stringify(batch({ events: [event()] })),
        headers: { 'content-type': 'application/json' },
      }),
    );
  expect((await send()).status).toBe(503);
  expect((await send()).status).toBe(202);
  expect(log).toHaveBeenCalledTimes(1);
});

test('whatever goes wrong, the answer is a response', async () => {
  const { handle, lines } = await startServer();
  const broken = new Proxy(new Request(`${HOST}/api/rum/batch`, { method: 'POST', body: '{}' }), {
    get: (target, name) => {
      if (name === 'headers') throw new Error('broken adapter');
      return Reflect.get(target, name, target);
    },
  });
  const response = await handle(broken);
  expect([response.status, (await response.json()).error]).toEqual([500, 'internal']);
  expect(lines).toHaveLength(1);
});

test('a password in a database URL does not reach the log', async () => {
  const lines: string[] = [];
  const server = createRumServer({
    config: CONFIG,
    store: () => Promise.reject(new Error('cannot reach postgresql://rum:hunter2@db:5432/rum')),
    now: () => NOON,
    log: (line) => lines.push(line),
  });
  await server.handle(new Request(`${HOST}/api/rum/health`));
  expect(lines[0]).toContain('db:5432');
  expect(lines[0]).not.toContain('hunter2');
});

test('close waits for what was taken on', async () => {
  const { post, close, count } = await startServer();
  const answers = Array.from({ length: 5 }, () => post(batch({ events: [event()] })));
  await Promise.all(answers);
  await close();
  expect(await count()).toEqual({ views: 0, events: 5 });
});
