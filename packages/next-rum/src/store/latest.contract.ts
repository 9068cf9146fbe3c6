import { describe, expect, test } from 'vitest';
import { holdsFor } from '../testing/countByHand.js';
import { makeEvent, NOON, randomFrom, variedViews } from '../testing/rows.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore, ViewRange } from './store.js';

const HOUR = 3_600_000;
const DAY = 86_400_000;
const always: ViewRange = { app: 'shop', from: 0, to: 8.64e15 };
const TYPES = ['resource', 'action', 'timing', 'custom'] as const;

export function describeLatest(current: () => RumStore): void {
  const idsOf = (events: readonly { readonly id: string }[]): readonly string[] => events.map(({ id }) => id);

  describe('latestEvents', () => {
    test('are those of the raw rows, rolled up or not, with filters and without', async () => {
      const store = current();
      const { views, events } = scattered(7, 900);
      await store.insert({ views, events });
      const ranges: readonly ViewRange[] = [
        always,
        { ...always, from: NOON - 2 * DAY, to: NOON + 0.5 },
        { ...always, where: [{ dimension: 'device', keep: true, values: ['mobile', 'tablet'] }] },
        {
          ...always,
          to: NOON - DAY,
          where: [
            { dimension: 'country', keep: false, values: ['PT'] },
            { dimension: 'browser', keep: true, values: ['Firefox', ''] },
          ],
        },
      ];
      for (const now of [null, NOON - DAY, NOON + HOUR, NOON + 3 * DAY]) {
        if (now !== null) await store.rollUp({ now: () => now });
        for (const range of ranges) {
          for (const types of [['resource'], ['action', 'timing'], ['flag']] as const) {
            const expected = matching({ views, events }, range, types);
            const all = await store.latestEvents(range, types, 10_000);
            expect(idsOf(all.events)).toEqual(idsOf(expected));
            expect(all.told).toEqual({ events: expected.length, since: range.from, complete: true });
            const some = await store.latestEvents(range, types, 20);
            expect(idsOf(some.events)).toEqual(idsOf(expected.slice(0, 20)));
            if (expected.length > 20) expect(some.told.complete).toBe(false);
          }
        }
      }
    });

    test('say all that an event has', async () => {
      const store = current();
      const event = makeEvent(1, { type: 'resource', duration: 12.25, data: '{"status":200}', name: '/a' });
      await store.insert({ views: [], events: [event] });
      const { id, viewId, type, occurredAt, visitor, route, name, duration, data } = event;
      expect((await store.latestEvents(always, ['resource'], 5)).events).toEqual([
        { id, viewId, type, occurredAt, visitor, route, name, duration, data },
      ]);
    });

    test('say from when on they are all there were', async () => {
      const store = current();
      const events = Array.from({ length: 2500 }, (_, index) =>
        makeEvent(index, { type: 'resource', occurredAt: NOON + index * 10 }),
      );
      await store.insert({ views: [], events });
      for (const now of [null, NOON + 3 * DAY]) {
        if (now !== null) await store.rollUp({ now: () => now });
        const { told } = await store.latestEvents(always, ['resource'], 1500);
        expect(told).toEqual({ events: 1500, since: NOON + 10_000, complete: false });
        const last = await store.latestEvents({ ...always, from: NOON + 10_000 }, ['resource'], 1500);
        expect(last.told).toEqual({ events: 1500, since: NOON + 10_000, complete: true });
      }
    });

    test('of one moment come in the order of their ids, none left out nor twice', async () => {
      const store = current();
      const events = Array.from({ length: 2300 }, (_, index) =>
        makeEvent(index, { type: 'action', occurredAt: NOON }),
      );
      await store.insert({ views: [], events });
      const given = await store.latestEvents(always, ['action'], 10_000);
      expect(idsOf(given.events)).toEqual(idsOf(events).toReversed());
    });

    test('are what is left of a range whose begin is no longer kept', async () => {
      const store = current();
      await store.insert({
        views: [],
        events: [0, 20, 40].map((days) => makeEvent(days, { type: 'timing', occurredAt: NOON + days * DAY })),
      });
      await store.rollUp({ now: () => NOON + 45 * DAY });
      await store.retain({ now: () => NOON + 45 * DAY });
      const { events, told } = await store.latestEvents({ ...always, to: NOON + 50 * DAY }, ['timing'], 10);
      expect(events.map(({ occurredAt }) => occurredAt)).toEqual([NOON + 40 * DAY, NOON + 20 * DAY]);
      expect(told).toMatchObject({ events: 2, complete: false });
      expect(told.since).toBeGreaterThan(NOON);
      expect(
        await store.latestEvents({ app: 'shop', from: NOON, to: NOON + DAY }, ['timing'], 10),
      ).toMatchObject({ events: [], told: { events: 0, complete: false } });
    });
  });
}

/** By definition. */
function matching(
  { views, events }: { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] },
  { from, to, where = [] }: ViewRange,
  types: readonly EventRow['type'][],
): readonly EventRow[] {
  const byId = new Map(views.map((view) => [view.id, view]));
  return events
    .filter(({ type, occurredAt, viewId }) => {
      const view = byId.get(viewId);
      const fits = where.length === 0 || (view !== undefined && holdsFor(view, where));
      return types.includes(type) && occurredAt >= from && occurredAt < to && fits;
    })
    .sort((a, b) => b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1));
}

/** Events of a week, most of them of views that differ in everything. */
function scattered(
  seed: number,
  count: number,
): { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] } {
  const random = randomFrom(seed);
  const views = variedViews(seed, 80);
  const events = Array.from({ length: count }, (_, index) => {
    const view = views[Math.floor(random() * views.length)];
    return makeEvent(1000 + index, {
      type: TYPES[Math.floor(random() ** 2 * TYPES.length)] ?? 'custom',
      occurredAt: Math.floor(NOON - 7 * DAY * random() ** 3),
      ...(random() < 0.9 && view !== undefined && { viewId: view.id, route: view.route }),
    });
  });
  return { views, events };
}
