import { describe, expect, test, vi } from 'vitest';
import type { RumStore } from '../store/store.js';
import { StoreError } from '../store/storeError.js';
import { batch, event, openTestStore, startServer } from '../testing/rumServer.js';
import type { RateLimits } from './config.js';
import { createRateLimit, networkOf } from './rateLimit.js';

const FEW = { perKey: 6, perAddress: 3, store: 'memory' } as const satisfies RateLimits;

/** How many of so many batches are let through. */
async function taken(
  limit: ReturnType<typeof createRateLimit>,
  store: RumStore,
  attempts: number,
  key: string,
  address: string,
): Promise<number> {
  let passed = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if ((await limit.take(store, key, address)) === 0) passed += 1;
  }
  return passed;
}

// In Redis: tests/redis.
describe.each([
  ['memory', false],
  ['database', true],
] as const)('counted in %s', (kind, isShared) => {
  test('an address has its share, a key the sum, and other keys their own', async () => {
    const store = await openTestStore();
    const limit = createRateLimit({ ...FEW, store: kind });
    expect(await taken(limit, store, 10, 'a', '198.51.100.1')).toBe(3);
    // Its refusals were given back to the key.
    expect(await taken(limit, store, 10, 'a', '198.51.100.2')).toBe(3);
    expect(await taken(limit, store, 10, 'a', '198.51.100.3')).toBe(0);
    expect(await taken(limit, store, 3, 'b', '198.51.100.1')).toBe(3);
    const wait = await limit.take(store, 'a', '198.51.100.1');
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  });

  test(`instances count ${isShared ? 'together' : 'each by itself'}`, async () => {
    const store = await openTestStore();
    const limits = [1, 2].map(() => createRateLimit({ ...FEW, store: kind }));
    const passed = await Promise.all(limits.map((limit) => taken(limit, store, 10, 'a', '198.51.100.1')));
    expect(passed[0] ?? 0).toBeLessThanOrEqual(3);
    expect(passed.reduce((sum, count) => sum + count, 0)).toBe(isShared ? 3 : 6);
  });
});

test.each([
  '',
  '127.0.0.1',
  '::1',
  '::ffff:127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  'fd00::1',
  'fe80::1',
])('an address that may be a proxy for all visitors (%j) has no limit of its own', async (address) => {
  const limit = createRateLimit(FEW);
  expect(await taken(limit, await openTestStore(), 10, 'a', address)).toBe(6);
});

test('what is no address is one sender, whatever it says', async () => {
  const limit = createRateLimit(FEW);
  const store = await openTestStore();
  expect(await taken(limit, store, 2, 'a', 'unknown')).toBe(2);
  expect(await taken(limit, store, 4, 'a', '6.6.6.666')).toBe(1);
  expect(await taken(limit, store, 4, 'a', '198.51.100.1')).toBe(3);
});

test('a store that fails leaves each process to count by itself', async () => {
  const store = await openTestStore();
  vi.spyOn(store, 'addPoints').mockRejectedValue(new StoreError('unavailable', 'gone'));
  const limit = createRateLimit({ ...FEW, store: 'database' });
  expect(await taken(limit, store, 10, 'a', '198.51.100.1')).toBe(3);
});

test('windows that have run out are swept from the database', async () => {
  const store = await openTestStore();
  await store.addPoints('old', 1, { now: 0, windowMs: 1000, restart: false });
  await createRateLimit({ ...FEW, store: 'database' }).take(store, 'a', '');
  expect(await store.points('old', 0)).toBeNull();
});

test('without limits, and without an address, nothing is counted by address', async () => {
  const store = await openTestStore();
  expect(await taken(createRateLimit(null), store, 100, 'a', '198.51.100.1')).toBe(100);
  expect(await taken(createRateLimit(FEW), store, 100, 'a', '')).toBe(6);
});

test.each([
  ['198.51.100.7', '198.51.100.7'],
  ['2001:db8:0:1:aaaa:bbbb:cccc:dddd', '2001:db8:0:1'],
  ['2001:0DB8:0000:0001::1', '2001:db8:0:1'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['nonsense', 'no address'],
  ['2001:db8::nonsense', 'no address'],
  ['', ''],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('a flood of one key is told when to come again, is counted, and does not touch another key', async () => {
  const keys = ['rum_loud_key_000001', 'rum_calm_key_000002'].map((key) => ({ key }));
  const [loud, calm] = keys.map(({ key }) => ({ 'x-rum-key': key, 'x-forwarded-for': '198.51.100.1' }));
  const { post, send, count } = await startServer({
    config: { keys, rateLimit: { perKey: 20, perAddress: 20, store: 'memory' } },
  });
  const statuses: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const flood = Array.from({ length: 10 }, () => post(batch({ events: [event()] }), loud));
    await Promise.all(flood);
    statuses.push((await post(batch({ events: [event()] }), calm)).status);
  }
  expect(statuses).toEqual(Array(20).fill(202));
  const refused = await post(batch(), loud);
  expect([refused.status, (await refused.json()).error]).toEqual([429, 'rate_limited']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await count()).toEqual({ views: 0, events: 40 });
  const { process: counted } = await (await send('/health?details')).json();
  expect(counted.batches).toMatchObject({ received: 221, accepted: 40, deferred: { rate_limited: 181 } });
});
