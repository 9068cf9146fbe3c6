import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { type BodyKey, type BodyStore, deleteBodyStore, LEASE_MS, openBodyStore } from './bodyStore.js';

const NOON = 1_795_608_000_000;
const DAY = 86_400_000;
const MIB = 1024 * 1024;

let time: number;
const open = (onClosed: () => void = () => {}): Promise<BodyStore> => openBodyStore(() => time, onClosed);
const key = (id: string, bytes = 100, items = 1): BodyKey => [time, bytes, items, id];
const body = (text: string) => ({ url: '/api/rum/batch', text });

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  time = NOON;
});

test('a body is kept for later pages, once its own page has had the time to send it', async () => {
  const first = await open();
  await first.put(key('a'), body('A'));
  first.close();

  const later = await open();
  expect(await later.claim(() => false)).toEqual({ dueAt: NOON + LEASE_MS });
  time += LEASE_MS;
  expect(await later.claim(() => false)).toEqual({ key: [NOON, 100, 1, 'a'], body: body('A') });
  expect(await later.claim(() => false)).toEqual({ dueAt: time + LEASE_MS });
});

test('no two tabs take the same body, and one that was given back is taken at once', async () => {
  const [one, other] = [await open(), await open()];
  await one.put(key('a'), body('A'));
  await one.put(key('b'), body('B'));
  time += LEASE_MS;
  const claims = await Promise.all([one, other, one].map(({ claim }) => claim(() => false)));
  expect(claims.map((claim) => claim.key?.[3])).toEqual(['a', 'b', undefined]);

  await other.release(key('b'), body('B'));
  expect((await one.claim(() => false)).key).toEqual(key('b'));
});

test('what is exempt is neither taken nor waited for', async () => {
  const store = await open();
  await store.put(key('own'), body('A'));
  expect(await store.claim(([, , , id]) => id === 'own')).toEqual({ dueAt: undefined });
  time += LEASE_MS;
  expect(await store.claim(([, , , id]) => id === 'own')).toEqual({ dueAt: undefined });
});

test('a body takes the place of those that it makes needless', async () => {
  const store = await open();
  await store.put(key('a'), body('A'));
  await store.put(key('b'), body('B'));
  await store.put(key('ab'), body('AB'));
  expect(await store.tidy([key('a'), key('b')], () => false)).toBe(0);
  time += LEASE_MS;
  expect(await store.claim(() => false)).toMatchObject({ body: body('AB') });
  expect(await store.claim(() => false)).not.toHaveProperty('body');
});

test('what was kept while the clock was ahead does not wait for the clock', async () => {
  const store = await open();
  time += DAY;
  await store.put(key('a'), body('A'));
  time = NOON;
  expect(await store.claim(() => false)).toMatchObject({ body: body('A') });
});

test('beyond 5 MiB the oldest go, and their items are counted', async () => {
  const store = await open();
  for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
    time += 1;
    await store.put(key(id, 2 * MIB, index + 1), body(id));
  }
  expect(await store.tidy([], () => false)).toBe(1 + 2);
  expect(await store.tidy([], () => false)).toBe(0);
  time += LEASE_MS;
  expect(await store.claim(() => false)).toMatchObject({ body: body('c') });
});

test('of those that go, what the page itself still has is not lost', async () => {
  const store = await open();
  for (const [index, id] of ['a', 'own', 'c', 'd'].entries()) {
    time += 1;
    await store.put(key(id, 2 * MIB, index + 1), body(id));
  }
  expect(await store.tidy([], ([, , , id]) => id === 'own')).toBe(1);
});

test('after 7 days a body goes, and its items are counted', async () => {
  const store = await open();
  await store.put(key('old', 100, 3), body('old'));
  time += DAY;
  await store.put(key('younger'), body('younger'));
  time += 6 * DAY;
  expect(await store.tidy([], () => false)).toBe(0);
  time += 1;
  expect(await store.tidy([], () => false)).toBe(3);
  expect(await store.claim(() => false)).toMatchObject({ body: body('younger') });
});

test('when one tab deletes it, the others let go of it and are told', async () => {
  const onClosed = vi.fn();
  const other = await open(onClosed);
  await deleteBodyStore();
  expect(onClosed).toHaveBeenCalledOnce();
  await expect(other.put(key('a'), body('A'))).rejects.toMatchObject({ name: 'InvalidStateError' });
});
