import { describe, expect, test } from 'vitest';
import { makeView, NOON, randomFrom } from '../testing/rows.js';
import { COMPARED_SPAN, type KeptFindings, TREND_SPAN } from './findingStore.js';
import type { ViewRow } from './rows.js';
import type { RumStore } from './store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TODAY = NOON - (NOON % DAY);
const RELEASED = NOON - 20 * HOUR;

/** Four weeks of an app, in the last day of which a release makes it slower. */
function site(app: string): ViewRow[] {
  const random = randomFrom(31);
  return Array.from({ length: 2800 }, (_, index) => {
    const startedAt = NOON - Math.floor(random() ** 2 * 28 * DAY);
    const isNew = startedAt >= RELEASED;
    const lcp = Math.round(1000 * Math.exp(random() + random() - 1) * (isNew ? 2.5 : 1));
    return makeView(index, {
      app,
      startedAt,
      receivedAt: startedAt + 1000,
      release: isNew ? '2.0' : '1.0',
      route: '/shop',
      lcp,
    });
  });
}

function momentOf(kept: KeptFindings | null): number {
  return kept?.madeAt ?? Number.NaN;
}

/** In a thread of its own a clock goes on from the moment that it is given. */
function expectSoonAfter(moment: number, given: number): void {
  expect(moment).toBeGreaterThanOrEqual(given);
  expect(moment).toBeLessThan(given + HOUR);
}

/** The part of the store's contract that keeps what was found. */
export function describeFindings(store: () => RumStore): void {
  describe('findings', () => {
    const now = (): number => NOON;

    test('are those of the latest time, of each app, and are gone with the app’s rows', async () => {
      expect(await store().findings('shop')).toBeNull();
      await store().insert({ views: [...site('shop'), makeView(1, { app: 'shop~bots' })], events: [] });
      expect(await store().keepFindings({ now })).toEqual({ kind: 'done', apps: 1 });

      const kept = await store().findings('shop');
      const madeAt = momentOf(kept);
      expectSoonAfter(madeAt, NOON);
      const range = { app: 'shop', from: madeAt - COMPARED_SPAN, to: madeAt };
      const comparisons = await store().comparisons(range);
      expect(comparisons[0]?.findings.map(({ metric }) => metric)).toContain('lcp');
      expect(kept).toEqual({
        madeAt,
        from: range.from,
        comparisons,
        trends: await store().trends({ app: 'shop', from: TODAY - TREND_SPAN, to: TODAY }),
      });
      expect(await store().findings('shop~bots')).toBeNull();
      expect((await store().jobs(NOON)).find(({ name }) => name === 'findings')).toMatchObject({
        state: 'ok',
        lastRunAt: expect.any(Number),
      });

      await store().erase({ app: 'shop', before: NOON });
      expect(await store().findings('shop')).toBeNull();
    });

    test('are replaced by what is found later, and forgotten once nothing was found for long', async () => {
      await store().insert({ views: site('shop'), events: [] });
      await store().keepFindings({ now });
      await store().insert({ views: [makeView(9000, { app: 'other' })], events: [] });
      const later = NOON + DAY;
      expect(await store().keepFindings({ now: () => later })).toEqual({ kind: 'done', apps: 2 });
      const kept = await store().findings('shop');
      expectSoonAfter(momentOf(kept), later);
      expect(kept?.trends.until).toBe(TODAY + DAY);

      const after = NOON + 100 * DAY;
      await store().rollUp({ now: () => later });
      await store().retain({ now: () => after });
      expect(await store().keepFindings({ now: () => after })).toEqual({ kind: 'done', apps: 0 });
      expect(await store().findings('shop')).toBeNull();
    });

    test('of one time are looked for by one of several instances', async () => {
      await store().insert({ views: site('shop'), events: [] });
      const results = await Promise.all([1, 2, 3].map(() => store().keepFindings({ now })));
      expect(results.filter(({ kind }) => kind === 'done').length).toBeGreaterThan(0);
      expectSoonAfter(momentOf(await store().findings('shop')), NOON);
    });
  });
}
