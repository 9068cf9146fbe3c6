import { newId } from '@rumkit/react-rum/protocol';
import { expect, test, vi } from 'vitest';
import { NOON, openTestStore } from '../testing/rumServer.js';
import { createVisitorHash } from './visitor.js';

const SENDER = { app: 'shop', sessionId: newId(NOON), address: '198.51.100.7', userAgent: 'Firefox' };
const DAY = 24 * 3_600_000;

test('strict: the same visitor all day, another the next day', async () => {
  const store = await openTestStore();
  const visitorOf = createVisitorHash('strict');
  const first = await visitorOf(store, SENDER, NOON);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(await visitorOf(store, { ...SENDER, sessionId: newId(NOON) }, NOON + DAY / 2 - 1)).toBe(first);
  expect(await visitorOf(store, SENDER, NOON + DAY / 2)).not.toBe(first);
  expect(await visitorOf(store, SENDER, NOON)).toBe(first);
});

test('strict: app, address and browser tell visitors apart', async () => {
  const store = await openTestStore();
  const visitorOf = createVisitorHash('strict');
  const visitors = await Promise.all(
    [
      SENDER,
      { ...SENDER, app: 'blog' },
      { ...SENDER, address: '198.51.100.8' },
      { ...SENDER, userAgent: 'Edge' },
    ].map((sender) => visitorOf(store, sender, NOON)),
  );
  expect(new Set(visitors).size).toBe(4);
});

test('strict: another database gives other hashes, so nobody can compute them without the salt', async () => {
  const visitorOf = createVisitorHash('strict');
  const here = await visitorOf(await openTestStore(), SENDER, NOON);
  expect(await visitorOf(await openTestStore(), SENDER, NOON)).not.toBe(here);
});

test('strict: the salt is read once a day, and again after a failure', async () => {
  const store = await openTestStore();
  const salt = vi.spyOn(store, 'dailySalt').mockRejectedValueOnce(new Error('down'));
  const visitorOf = createVisitorHash('strict');
  await expect(visitorOf(store, SENDER, NOON)).rejects.toThrow('down');
  await visitorOf(store, SENDER, NOON);
  await visitorOf(store, SENDER, NOON + 1);
  expect(salt).toHaveBeenCalledTimes(2);
});

test('consent: the session decides, and its id is not kept', async () => {
  const store = await openTestStore();
  const visitorOf = createVisitorHash('consent');
  const visitor = await visitorOf(store, SENDER, NOON);
  expect(await visitorOf(store, { ...SENDER, address: '203.0.113.1' }, NOON + DAY)).toBe(visitor);
  expect(await visitorOf(store, { ...SENDER, sessionId: newId(NOON) }, NOON)).not.toBe(visitor);
  expect(visitor).toMatch(/^[0-9a-f]{32}$/);
});
