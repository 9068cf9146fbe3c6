import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineRum } from '@rumkit/next-rum';
import { newId } from '@rumkit/react-rum/protocol';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { startRedis } from '../../scripts/lib/redis.mjs';

let server: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  server = await startRedis((line) => process.stderr.write(`${line}\n`));
}, 120_000);
afterAll(() => server.stop());

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rum-redis-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function ioredis() {
  const redis = new Redis(server.port, '127.0.0.1');
  onTestFinished(() => void redis.disconnect());
  await redis.flushall();
  return redis;
}

async function nodeRedis() {
  const redis = createClient({ url: `redis://127.0.0.1:${server.port}` });
  await redis.connect();
  onTestFinished(() => redis.close());
  await redis.flushAll();
  return redis;
}

/** An instance of its own, as far as a process can have two: with a database of its own. */
function instance(name: string, redis: object) {
  const rum = defineRum({
    database: `file:${join(folder, `${name}.db`)}`,
    rateLimit: { perKey: 6, perAddress: 3, store: { redis } },
  });
  onTestFinished(async () => (await rum.store()).close());
  return async (address: string) => {
    const now = Date.now();
    const batch = { v: 1, app: 'default', sentAt: now, sessionId: newId(now), views: [], events: [] };
    const request = new Request('https://shop.example/api/rum/batch', {
      method: 'POST',
      body: JSON.stringify(batch),
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    });
    return (await rum.handle(request)).status;
  };
}

async function times(count: number, post: () => Promise<number>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push(await post());
  return statuses;
}

test.each<[string, () => Promise<object>]>([
  ['ioredis', ioredis],
  ['redis', nodeRedis],
])('instances that share a Redis through %s keep to one limit', async (_name, connect) => {
  const redis = await connect();
  const [one, other] = [instance('one', redis), instance('other', redis)];
  expect(await times(2, () => one('198.51.100.1'))).toEqual([202, 202]);
  expect(await times(3, () => other('198.51.100.1'))).toEqual([202, 429, 429]);
  // What the address was refused was given back to the key.
  expect(await times(4, () => other('198.51.100.2'))).toEqual([202, 202, 202, 429]);
  expect(await times(1, () => one('198.51.100.3'))).toEqual([429]);
});

test('without its Redis an instance counts by itself, and keeps nobody waiting', async () => {
  const redis = new Redis(1, '127.0.0.1', { lazyConnect: true, maxRetriesPerRequest: 0 });
  onTestFinished(() => void redis.disconnect());
  const post = instance('alone', redis);
  expect(await times(4, () => post('198.51.100.1'))).toEqual([202, 202, 202, 429]);
});
