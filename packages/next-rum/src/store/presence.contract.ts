import { describe, expect, test } from 'vitest';
import { holdsFor } from '../testing/countByHand.js';
import { NOON, variedViews } from '../testing/rows.js';
import type { RumStore, ViewRange } from './store.js';

const MINUTE = 60_000;

export function describePresence(current: () => RumStore): void {
  describe('presence', () => {
    test.each<[string, Pick<ViewRange, 'where'>]>([
      ['of everyone', {}],
      ['of one country', { where: [{ dimension: 'country', keep: true, values: ['DE'] }] }],
      ['of all but some devices', { where: [{ dimension: 'device', keep: false, values: ['mobile', ''] }] }],
    ])('counts views by second and country, and visitors once: %s', async (_whose, { where = [] }) => {
      const store = current();
      const range = { app: 'shop', from: NOON, to: NOON + 30 * MINUTE, where };
      const views = variedViews(11, 400).map((view, index) => ({
        ...view,
        startedAt: NOON - 5 * MINUTE + index * 5500,
      }));
      await store.insert({ views, events: [] });
      const there = views.filter(
        (view) =>
          view.app === range.app &&
          view.startedAt >= range.from &&
          view.startedAt < range.to &&
          holdsFor(view, where),
      );
      expect(there.length).toBeGreaterThan(20);
      const told = await store.presence(range);

      const seconds = new Map<number, number>();
      const countries = new Map<string, number>();
      for (const { startedAt, country } of there) {
        const second = startedAt - (startedAt % 1000);
        seconds.set(second, (seconds.get(second) ?? 0) + 1);
        countries.set(country ?? '', (countries.get(country ?? '') ?? 0) + 1);
      }
      expect(told.seconds).toEqual([...seconds].sort(([a], [b]) => a - b).map(([t, n]) => ({ t, views: n })));
      expect(told.visitors).toBe(new Set(there.map(({ visitor }) => visitor)).size);
      expect(new Map(told.countries.map(({ value, views: n }) => [value, n]))).toEqual(countries);
      const counts = told.countries.map(({ views: n }) => n);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    });

    test('of a moment without a view there is nobody', async () => {
      const range = { app: 'shop', from: NOON, to: NOON + MINUTE };
      expect(await current().presence(range)).toEqual({ seconds: [], visitors: 0, countries: [] });
    });
  });
}
