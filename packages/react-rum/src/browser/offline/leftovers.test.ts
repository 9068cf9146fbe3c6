// @vitest-environment jsdom
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { type BodyKey, type BodyStore, LEASE_MS, openBodyStore } from './bodyStore.js';
import { adoptLeftovers, forgetLeftovers, leaveBehind, takeBack } from './leftovers.js';

const NOON = 1_795_608_000_000;

let time: number;
let store: BodyStore;
const key = (id: string): BodyKey => [NOON, 100, 1, id];
const body = (text: string) => ({ url: '/api/rum/batch', text });

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  localStorage.clear();
  time = NOON;
  store = await openBodyStore(
    () => time,
    () => {},
  );
});

test('what a page left behind is sent by a later one, when the page has had its time', async () => {
  leaveBehind(key('a'), body('A'));
  leaveBehind(key('b'), body('B'));
  time += LEASE_MS - 1;
  await adoptLeftovers(store);
  expect(await store.claim(() => false)).toEqual({ dueAt: NOON + LEASE_MS });
  time += 1;
  expect(await store.claim(() => false)).toEqual({ key: key('a'), body: body('A') });
  expect(await store.claim(() => false)).toEqual({ key: key('b'), body: body('B') });
  expect(localStorage).toHaveLength(0);
});

test('what got into the database all the same is there once', async () => {
  await store.put(key('a'), body('A'));
  leaveBehind(key('a'), body('A'));
  await Promise.all([adoptLeftovers(store), adoptLeftovers(store)]);
  time += LEASE_MS;
  expect(await store.claim(() => false)).toMatchObject({ body: body('A') });
  expect(await store.claim(() => false)).not.toHaveProperty('body');
});

test('it stays where it is until it is in the database', async () => {
  leaveBehind(key('a'), body('A'));
  store.close();
  await expect(adoptLeftovers(store)).rejects.toMatchObject({ name: 'InvalidStateError' });
  expect(localStorage).toHaveLength(1);
});

test('what was answered for all the same is taken back', () => {
  leaveBehind(key('a'), body('A'));
  takeBack(key('a'));
  expect(localStorage).toHaveLength(0);
});

test('where storage is blocked there are none', async () => {
  vi.stubGlobal('localStorage', undefined);
  leaveBehind(key('a'), body('A'));
  takeBack(key('a'));
  forgetLeftovers();
  await adoptLeftovers(store);
  time += LEASE_MS;
  expect(await store.claim(() => false)).not.toHaveProperty('body');
});

test('what is no body goes', async () => {
  localStorage.setItem('rum.offline.broken', '[');
  leaveBehind(key('a'), body('A'));
  await adoptLeftovers(store);
  expect(localStorage).toHaveLength(0);
  time += LEASE_MS;
  expect(await store.claim(() => false)).toMatchObject({ body: body('A') });
});

test('all of it is forgotten on demand, and nothing else', () => {
  leaveBehind(key('a'), body('A'));
  localStorage.setItem('basket', 'lamp');
  forgetLeftovers();
  expect({ ...localStorage }).toEqual({ basket: 'lamp' });
});
