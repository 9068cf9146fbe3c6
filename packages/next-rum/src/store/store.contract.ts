import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOON, randomViews } from '../testing/rows.js';
import { describeActivity } from './activity.contract.js';
import { describeComparisons } from './comparisons.contract.js';
import { describeErase } from './erase.contract.js';
import { describeErrorRules } from './errorRules.contract.js';
import { describeErrors } from './errors.contract.js';
import { describeFilters } from './filter.contract.js';
import { describeFindings } from './findings.contract.js';
import { describeFolded } from './folded.contract.js';
import { describeImpact } from './impact.contract.js';
import { describeIngestStore } from './ingestStore.contract.js';
import { describeInsert } from './insert.contract.js';
import { describeLatest } from './latest.contract.js';
import { describeOutages } from './outages.contract.js';
import { describePaths } from './paths.contract.js';
import { describePresence } from './presence.contract.js';
import { describeReading } from './reading.contract.js';
import { describeReleases } from './releases.contract.js';
import { describeRequests } from './requests.contract.js';
import { describeRetention } from './retention.contract.js';
import { describeRollups } from './rollup.contract.js';
import { describeRollupMemory } from './rollupMemory.contract.js';
import { describeSaid } from './said.contract.js';
import { describeSaved } from './saved.contract.js';
import { describeSlowed } from './slowed.contract.js';
import type { RumStore, TimeRange } from './store.js';
import { describeTrends } from './trends.contract.js';
import { describeValues } from './values.contract.js';
import { describeVisitors } from './visitors.contract.js';
import { describeWalks } from './walks.contract.js';
import { describeWatch } from './watch.contract.js';

const DAY = 86_400_000;
const always: TimeRange = { app: 'shop', from: 0, to: 8.64e15 };

/**
 * What every {@link RumStore} does, whichever database is behind it.
 *
 * @param open Opens a store of one database that is empty at the beginning of each test; called twice in a test, the second
 *   store is another one of the same database.
 */
export function describeStoreContract(name: string, open: () => Promise<RumStore>): void {
  describe(`${name} store`, () => {
    const opened: RumStore[] = [];
    const openStore = async (): Promise<RumStore> => {
      const store = await open();
      opened.push(store);
      return store;
    };
    let store: RumStore;
    beforeEach(async () => {
      store = await openStore();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((each) => each.close()));
    });

    describeValues(() => store);
    describeInsert(() => store, openStore);
    describeReading(() => store);
    describeRollups(() => store, openStore);
    describeRollupMemory(() => store, openStore);
    describeSlowed(() => store);
    describeVisitors(() => store);
    describeRetention(() => store, openStore);
    describeErrors(() => store, openStore);
    describeLatest(() => store);
    describeRequests(() => store);
    describePresence(() => store);
    describeActivity(() => store);
    describeFilters(() => store);
    describeSaid(() => store);
    describePaths(() => store);
    describeWalks(() => store);
    describeIngestStore(() => store, openStore);
    describeSaved(() => store, openStore);
    describeReleases(() => store);
    describeWatch(() => store, openStore);
    describeOutages(() => store);
    describeComparisons(() => store);
    describeTrends(() => store);
    describeFindings(() => store);
    describeErase(() => store);
    describeErrorRules(() => store, openStore);
    describeImpact(() => store);
    describeFolded(() => store);

    describe('dailySalt', () => {
      const day = '2026-11-23';

      test('is 32 bytes, one for a day, and the same for every store', async () => {
        const other = await openStore();
        const salts = await Promise.all(
          [store, other, store, other].map((each) => each.dailySalt(day, NOON)),
        );

        expect(salts[0]).toMatch(/^[0-9a-f]{64}$/);
        expect(new Set(salts).size).toBe(1);
        expect(await store.dailySalt(day, NOON + 3_600_000)).toBe(salts[0]);
        expect(await store.dailySalt('2026-11-24', NOON + DAY)).not.toBe(salts[0]);
      });

      test('is forgotten once its day ended over 24 hours ago, and not before', async () => {
        const midnight = Date.UTC(2026, 10, 24);
        const salt = await store.dailySalt(day, midnight - 1);

        expect(await store.dailySalt(day, midnight + DAY)).toBe(salt);
        await store.dailySalt('2026-11-25', midnight + DAY + 1);
        expect(await store.dailySalt(day, midnight + DAY)).not.toBe(salt);
      });

      test('of a day that is over is not kept', async () => {
        const salt = await store.dailySalt('2026-11-20', NOON);

        expect(await store.dailySalt('2026-11-20', NOON)).not.toBe(salt);
      });
    });

    describe('close', () => {
      test('finishes what is under way and refuses what comes after', async () => {
        const other = await openStore();
        const insert = store.insert({ views: randomViews(81, 500), events: [] });
        await store.ping();
        await Promise.all([store.close(), store.close()]);

        expect((await insert).accepted.size).toBe(500);
        await expect(store.ping()).rejects.toMatchObject({ name: 'StoreError', code: 'unavailable' });
        expect((await other.totals(always)).views).toBe(500);
      });
    });
  });
}
