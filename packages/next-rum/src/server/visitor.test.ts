import { newId } from '@rumkit/react-rum/protocol';
import { expect, test, vi } from 'vitest';
import { NOON, openTestStore } from '../testing/rumServer.js';
import { createVisitorHash } from './visitor.js';

const SENDER = { app: 'shop', sessionId: newId(NOON), address: '198.51.100.7', userAgent: 'Firefox' };
const DAY = 24 * 3_600_000;

test('strict: the same visitor all day, another the next day', async () => {
  const store = await openTestStore();
  const visitorOf = named('strict');
  const first = await visitorOf(store, SENDER, NOON);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(await visitorOf(store, { ...SENDER, sessionId: newId(NOON) }, NOON + DAY / 2 - 1)).toBe(first);
  expect(await visitorOf(store, SENDER, NOON + DAY / 2)).not.toBe(first);
  expect(await visitorOf(store, SENDER, NOON)).toBe(first);
});

test('strict: what comes after midnight of the day before is of the same visitor as what came then', async () => {
  const store = await openTestStore();
  const first = await named('strict')(store, SENDER, NOON);
  // Of another process, too, which has not seen that day.
  const nextDay = await createVisitorHash('strict')(store, SENDER, NOON + DAY / 2);
  expect(nextDay(NOON + DAY / 2 - 1)).toBe(first);
  expect(nextDay(NOON - DAY / 2)).toBe(first);
  expect(nextDay(NOON + DAY / 2)).not.toBe(first);
  // Older rows get the name of the day on which they came.
  expect(nextDay(NOON - DAY / 2 - 1)).toBe(nextDay(NOON + DAY / 2));
});

test('strict: app, address and browser tell visitors apart', async () => {
  const store = await openTestStore();
  const visitorOf = named('strict');
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
  const visitorOf = named('strict');
  const here = await visitorOf(await openTestStore(), SENDER, NOON);
  expect(await visitorOf(await openTestStore(), SENDER, NOON)).not.toBe(here);
});

test('strict: salts are read once a day, and again after a failure', async () => {
  const store = await openTestStore();
  const salt = vi.spyOn(store, 'dailySalt').mockRejectedValueOnce(new Error('down'));
  const visitorOf = named('strict');
  await expect(visitorOf(store, SENDER, NOON)).rejects.toThrow('down');
  await visitorOf(store, SENDER, NOON);
  await visitorOf(store, SENDER, NOON + 1);
  expect(salt.mock.calls.map(([day]) => day)).toEqual(['2026-11-23', '2026-11-22', '2026-11-23']);
  await visitorOf(store, SENDER, NOON + DAY);
  expect(salt.mock.calls.slice(3).map(([day]) => day)).toEqual(['2026-11-24']);
});

test('consent: the session decides, and its id is not kept', async () => {
  const store = await openTestStore();
  const visitorOf = named('consent');
  const visitor = await visitorOf(store, SENDER, NOON);
  expect(await visitorOf(store, { ...SENDER, address: '203.0.113.1' }, NOON + DAY)).toBe(visitor);
  expect(await visitorOf(store, { ...SENDER, sessionId: newId(NOON) }, NOON)).not.toBe(visitor);
  expect(visitor).toMatch(/^[0-9a-f]{32}$/);
});

/** Names the visitor of a row that came as it began. */
function named(privacy: 'strict' | 'consent') {
  const visitors = createVisitorHash(privacy);
  return async (...[store, sender, at]: Parameters<typeof visitors>) =>
    (await visitors(store, sender, at))(at);
}
