import { expect, test, vi } from 'vitest';
import type { KeptFindings } from '../../store/findingStore.js';
import type { RumStore, ViewRange } from '../../store/store.js';
import { makeComparison } from '../../testing/makeComparison.js';
import { makeTrends } from '../../testing/makeTrends.js';
import { NOON, openTestStore } from '../../testing/rumServer.js';
import { foundComparisons, foundTrends } from './keptFindings.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const TODAY = NOON - (NOON % DAY);
const WEEK: ViewRange = { app: 'shop', from: NOON - 7 * DAY, to: NOON + 60 * MINUTE, where: [] };

const release = makeComparison({ kind: 'release', name: '2.0', since: NOON - 2 * DAY });
const flag = makeComparison({ kind: 'flag', name: 'new help', variant: 'on', since: NOON - 20 * DAY });
const live = makeComparison({ kind: 'release', name: 'live' });
const trends = { ...makeTrends([]), until: TODAY };

/** A store that keeps what was found a while ago, and finds something else now. */
async function storeWith(part: Partial<KeptFindings> = {}): Promise<RumStore> {
  const kept: KeptFindings = {
    madeAt: NOON - 14 * MINUTE,
    from: NOON - 30 * DAY - 14 * MINUTE,
    comparisons: [release, flag],
    trends,
    ...part,
  };
  const store = await openTestStore();
  vi.spyOn(store, 'findings').mockImplementation(async (app) => (app === 'shop' ? kept : null));
  vi.spyOn(store, 'comparisons').mockResolvedValue([live]);
  vi.spyOn(store, 'trends').mockResolvedValue({ ...trends, days: 3 });
  return store;
}

async function namesIn(store: RumStore, range: ViewRange): Promise<readonly string[]> {
  return (await foundComparisons(store, range, NOON)).found.map(({ name }) => name);
}

test('what is kept answers for a time that is not over, without filters', async () => {
  const store = await storeWith();
  expect(await foundComparisons(store, WEEK, NOON)).toEqual({
    found: [release, flag],
    madeAt: NOON - 14 * MINUTE,
  });
  expect(await namesIn(store, { ...WEEK, from: NOON - 30 * DAY })).toEqual(['2.0', 'new help']);
  // Of a release that came up before the range nothing is told there.
  expect(await namesIn(store, { ...WEEK, from: NOON - DAY })).toEqual(['new help']);
});

const of = { dimension: 'country', keep: true, values: ['DE'] } as const;
test.each([
  ['is filtered', { where: [of] }],
  ['is over', { to: NOON - MINUTE }],
  ['begins before', { from: NOON - 31 * DAY }],
  ['is of another app', { app: 'shop~bots' }],
] as const)('what %s is looked for', async (_, part) => {
  const range = { ...WEEK, ...part };
  expect(await foundComparisons(await storeWith(), range, NOON)).toEqual({ found: [live], madeAt: NOON });
});

test('what is older than an hour is looked for again', async () => {
  expect(await namesIn(await storeWith({ madeAt: NOON - 61 * MINUTE }), WEEK)).toEqual(['live']);
});

test('trends are those that are kept, if they are of the same days', async () => {
  const days = { app: 'shop', from: TODAY - 56 * DAY, to: TODAY };
  expect(await foundTrends(await storeWith(), days, NOON)).toEqual({
    found: trends,
    madeAt: NOON - 14 * MINUTE,
  });
  const before = { ...days, to: TODAY - DAY };
  expect(await foundTrends(await storeWith(), before, NOON)).toMatchObject({
    found: { days: 3 },
    madeAt: NOON,
  });
});
