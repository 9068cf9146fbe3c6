import { beforeEach, describe, expect, test } from 'vitest';
import { everythingIn } from '../testing/everythingIn.js';
import { makeEvent, makeView, randomFrom, randomViews, shuffled } from '../testing/rows.js';
import type { ViewRow } from './rows.js';
import type { RumStore, TimeRange } from './store.js';

const always: TimeRange = { app: 'shop', from: 0, to: 8.64e15 };

/**
 * Whatever is delivered, however often and in whatever order, each id is one row.
 *
 * @param current The store of the test.
 * @param openStore Opens another one of the same database.
 */
export function describeInsert(current: () => RumStore, openStore: () => Promise<RumStore>): void {
  describe('insert', () => {
    let store: RumStore;
    beforeEach(() => {
      store = current();
    });

    test('reports a second and a third delivery as duplicates and changes nothing', async () => {
      const rows = { views: [makeView(1), makeView(2)], events: [makeEvent(3), makeEvent(4)] };
      const ids = new Set([...rows.views, ...rows.events].map(({ id }) => id));

      expect(await store.insert(rows)).toEqual({ accepted: ids, duplicate: new Set() });
      const first = await everythingIn(store);
      const changed = {
        views: rows.views.map((view) => ({ ...view, route: '/changed' })),
        events: rows.events.map((event) => ({ ...event, name: 'changed' })),
      };
      expect(await store.insert(changed)).toEqual({ accepted: new Set(), duplicate: ids });
      expect(await store.insert(rows)).toEqual({ accepted: new Set(), duplicate: ids });

      expect(await everythingIn(store)).toEqual(first);
    });

    test('accepts what is new beside what is known', async () => {
      const [known, fresh] = [makeEvent(1), makeEvent(2)];
      await store.insert({ views: [], events: [known] });

      expect(await store.insert({ views: [], events: [known, fresh] })).toEqual({
        accepted: new Set([fresh.id]),
        duplicate: new Set([known.id]),
      });
    });

    test('replaces a view whole by a higher revision, and by no other', async () => {
      const first = makeView(1, { revision: 2, lcp: 1000, referrer: 'https://a.example' });
      const second = makeView(1, { revision: 3, lcp: null, inp: 80, referrer: null });
      const stale = makeView(1, { revision: 1, lcp: 1 });
      await store.insert({ views: [first], events: [] });

      expect((await store.insert({ views: [second], events: [] })).accepted).toEqual(new Set([first.id]));
      expect((await store.insert({ views: [stale], events: [] })).duplicate).toEqual(new Set([first.id]));
      expect((await store.insert({ views: [first], events: [] })).duplicate).toEqual(new Set([first.id]));

      expect(await store.views(always, 10)).toEqual([second]);
    });

    test('folds a view that comes several times in one call to its highest revision', async () => {
      const revisions = [2, 4, 1, 4, 3].map((revision) => makeView(1, { revision, lcp: revision * 100 }));
      const event = makeEvent(2);

      expect(await store.insert({ views: revisions, events: [event, event] })).toEqual({
        accepted: new Set([makeView(1).id, event.id]),
        duplicate: new Set(),
      });

      expect(await store.views(always, 10)).toEqual([makeView(1, { revision: 4, lcp: 400 })]);
      expect(await store.events(always, 10)).toEqual([event]);
    });

    test('ends in the same rows whatever the order, repetition and cut of deliveries', async () => {
      const documents = randomViews(11, 60).flatMap((view) =>
        [1, 2, 3].map((revision) => ({ ...view, revision, lcp: revision * 10, duration: revision * 1000 })),
      );
      const events = Array.from({ length: 60 }, (_, index) => makeEvent(index));
      const random = randomFrom(12);
      for (let round = 0; round < 3; round += 1) {
        const views = shuffled(documents, random);
        const shuffledEvents = shuffled(events, random);
        while (views.length + shuffledEvents.length > 0) {
          const size = Math.floor(random() * 40);
          await store.insert({ views: views.splice(0, size), events: shuffledEvents.splice(0, size) });
        }
      }

      const expected = documents.filter(({ revision }) => revision === 3);
      expect(byId(await store.views(always, 1000))).toEqual(byId(expected));
      expect(byId(await store.events(always, 1000))).toEqual(byId(events));
    });

    test('lets two stores of one database write at once', async () => {
      const other = await openStore();
      const views = randomViews(21, 600);
      const batches = Array.from({ length: 20 }, (_, index) => views.slice(index * 30, index * 30 + 60));

      const results = await Promise.all(
        batches.flatMap((batch) => [
          store.insert({ views: batch, events: [] }),
          other.insert({ views: [...batch].reverse(), events: [] }),
        ]),
      );

      expect(results.reduce((sum, { accepted }) => sum + accepted.size, 0)).toBe(600);
      expect(byId(await store.views(always, 1000))).toEqual(byId(views));
    });

    test('writes thousands of rows in one call, all or none', async () => {
      const views = randomViews(31, 5000);
      const poisoned: ViewRow = { ...makeView(9999), path: 'a\0b' };
      const asLast = { ...poisoned, id: 'ffffffff-ffff-7fff-bfff-ffffffffffff' };

      await expect(store.insert({ views: [...views, asLast], events: [] })).rejects.toMatchObject({
        name: 'StoreError',
        code: 'invalid_data',
      });
      expect(await store.views(always, 10)).toEqual([]);

      const { accepted } = await store.insert({ views, events: [] });
      expect(accepted.size).toBe(5000);
      expect((await store.totals(always)).views).toBe(5000);
    });

    test('takes nothing for an answer', async () => {
      expect(await store.insert({ views: [], events: [] })).toEqual({
        accepted: new Set(),
        duplicate: new Set(),
      });
    });
  });
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
}
