import { describe, expect, test } from 'vitest';
import { holdsFor } from '../testing/countByHand.js';
import { expectAnswers } from '../testing/expectAnswers.js';
import { makeEvent, makeView, NOON, variedViews } from '../testing/rows.js';
import { COLUMN_DIMENSIONS, type Filter, type FilterDimension } from './filters.js';
import type { RumStore, ViewRange } from './store.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const always = { app: 'shop', from: 0, to: 8.64e15 };

/** @param current The store of the test. */
export function describeFilters(current: () => RumStore): void {
  describe('filters', () => {
    test.each<readonly [string, readonly Filter[]]>([
      ['one kept', [keeping('device', 'mobile')]],
      ['one left out', [leavingOut('browser', 'Firefox', 'Edge')]],
      ['one kept that some lack', [keeping('country', 'PT', '')]],
      ['one left out that some lack', [leavingOut('country', 'PT', '')]],
      ['kept and left out of one dimension', [keeping('os', 'Linux', 'Windows'), leavingOut('os', 'Linux')]],
      ['two kept', [keeping('route', '/cart', '/'), keeping('browser', 'Firefox')]],
      ['one kept, one left out', [keeping('device', 'desktop'), leavingOut('language', 'de-DE')]],
      ['two that some lack', [keeping('referrer', ''), leavingOut('connection', '')]],
      [
        'three',
        [keeping('device', 'mobile'), keeping('environment', 'preview'), leavingOut('release', '1.0.0')],
      ],
      ['none that is there', [keeping('route', '/no-such-route'), keeping('os', 'Linux')]],
      ['what cannot be stored', [keeping('route', 'a\0b'), leavingOut('os', 'a\0b')]],
    ])('%s: every answer is that of the views that are meant', async (_name, where) => {
      const store = current();
      const views = variedViews(1, 300);
      const events = views.slice(0, 150).map((view, index) =>
        makeEvent(index, {
          viewId: view.id,
          occurredAt: view.startedAt + 500,
          ...(index % 3 === 0 && { type: index % 2 === 0 ? 'error' : 'loss' }),
        }),
      );
      await store.insert({ views, events });
      const check = async (span: { readonly from: number; readonly to: number }): Promise<void> => {
        const asked: ViewRange = { app: 'shop', ...span, where };
        for (let turn = 0; turn < 10; turn += 3) await expectAnswers(store, asked, { views, events }, turn);
        const within = views.filter(
          (view) => holdsFor(view, where) && view.startedAt >= span.from && view.startedAt < span.to,
        );
        const visitors = new Set(within.map(({ visitor }) => visitor)).size;
        expect(await store.visitors(asked, 'lasting')).toEqual({ n: visitors, exact: true });
        expect((await store.views(asked, 1000)).map(({ id }) => id).sort()).toEqual(
          within.map(({ id }) => id).sort(),
        );
      };
      await check(always);
      await check({ from: NOON + HOUR, to: NOON + 4 * HOUR + 1 });
      await store.rollUp({ now: () => NOON + 3 * DAY });
      await check(always);
    });

    test('each dimension is one, and a view without a value is found by the empty one', async () => {
      const store = current();
      for (const [index, dimension] of COLUMN_DIMENSIONS.entries()) {
        const value = dimension === 'device' ? 'tv' : `this ${dimension}`;
        await store.insert({ views: [makeView(index, { [dimension]: value })], events: [] });
        const where = [keeping(dimension, value)];
        expect(await store.totals({ ...always, where })).toMatchObject({ views: 1 });
        expect(await store.breakdown({ ...always, where }, dimension, 9)).toMatchObject([
          { value, views: 1 },
        ]);
      }
      const hostile = [keeping('os', "' OR '1' = '1")];
      expect(await store.totals({ ...always, where: hostile })).toMatchObject({ views: 0 });
      const all = COLUMN_DIMENSIONS.length;
      expect(await store.totals({ ...always, where: [] })).toMatchObject({ views: all });
      const without = [keeping('os', '')];
      expect(await store.totals({ ...always, where: without })).toMatchObject({ views: all - 1 });
      expect((await store.vitals({ ...always, where: without })).lcp.n).toBe(all - 1);
    });

    test('a visitor of two days counts twice where pseudonyms are daily', async () => {
      const store = current();
      const again = { visitor: 'somebody', device: 'tv' } as const;
      await store.insert({
        views: [makeView(1, again), makeView(2, { ...again, startedAt: NOON + DAY })],
        events: [],
      });

      expect((await store.visitors({ ...always, where: [keeping('device', 'tv')] }, 'daily')).n).toBe(2);
      expect((await store.visitors({ ...always, where: [keeping('device', 'tv')] }, 'lasting')).n).toBe(1);
    });

    test('what is past its time is asked for in vain', async () => {
      const store = current();
      const onTv = { device: 'tv', os: 'webOS' } as const;
      const late = NOON + 40 * DAY;
      await store.insert({
        views: [makeView(1, onTv), makeView(2, { ...onTv, startedAt: late })],
        events: [],
      });
      const now = () => NOON + 41 * DAY;
      await store.rollUp({ now });
      await store.retain({ now });
      const one = [keeping('device', 'tv')];
      const two = [...one, keeping('os', 'webOS')];

      const kept = { ...always, from: late - DAY };
      expect(await store.totals({ ...kept, where: two })).toMatchObject({ views: 1 });
      for (const read of [
        () => store.totals({ ...always, where: one }),
        () => store.traffic({ ...always, where: one }, DAY),
        () => store.vitals({ ...always, where: two }),
        () => store.vital({ ...always, where: two }, 'lcp', DAY),
        () => store.breakdown({ ...always, where: one }, 'os', 9),
      ]) {
        await expect(read()).rejects.toMatchObject({
          code: 'not_kept',
          message: expect.stringMatching(/kept since 2026-12-0\d.* only/),
        });
      }
      // Rollups are kept longer.
      const wholeDays = { ...always, from: NOON - 12 * HOUR, to: NOON + 50.5 * DAY };
      expect((await store.vitals({ ...wholeDays, where: one })).lcp.n).toBe(2);
      expect(await store.breakdown({ ...wholeDays, where: one }, 'device', 9)).toMatchObject([{ views: 2 }]);
      // What helps to type does not fail.
      expect(await store.values({ ...always, where: two }, 'route', '', 9)).toMatchObject({
        values: [{ views: 1 }],
        told: { since: expect.any(Number), complete: false },
      });
    });
  });

  describe('causes', () => {
    test('are those of the latest views that say something', async () => {
      const store = current();
      const views = Array.from({ length: 30 }, (_, index) =>
        makeView(index, {
          startedAt: NOON + index * 3 * HOUR,
          lcp: index === 29 ? null : 1000 + index,
          device: index % 2 === 0 ? 'mobile' : 'desktop',
          attribution: JSON.stringify({
            lcp: { element: `#${index % 3}`, timeToFirstByte: index, elementRenderDelay: 2 * index },
            inp: { target: 'button' },
          }),
        }),
      );
      const odd = [
        'no JSON',
        '[]',
        '1',
        'null',
        '{"lcp":null}',
        '{"lcp":{"element":7,"__proto__":{"url":"x"}}}',
      ];
      const without = odd.map((attribution, index) =>
        makeView(100 + index, { startedAt: NOON + 80 * HOUR, attribution }),
      );
      await store.insert({
        views: [...views, ...without, makeView(200, { startedAt: NOON + HOUR })],
        events: [],
      });

      const all = await store.causes(always, 'lcp', 1000);
      expect(all).toMatchObject({ n: 29, since: 0 });
      expect(all.parts).toMatchObject([
        { name: 'timeToFirstByte', p75: 21, interval: [16, 26], mean: 14, n: 29 },
        { name: 'elementRenderDelay', p75: 42, interval: [32, 52], mean: 28, n: 29 },
      ]);
      expect(all.causes).toMatchObject([
        { kind: 'element', value: '#0', views: 10, p75: 1021, interval: null },
        { kind: 'element', value: '#1', views: 10, p75: 1022 },
        { kind: 'element', value: '#2', views: 9, p75: 1020 },
      ]);
      const some = await store.causes({ ...always, where: [keeping('device', 'mobile')] }, 'lcp', 4);
      expect(some).toMatchObject({ n: 4, since: NOON + 22 * 3 * HOUR });
      const range = { ...always, from: NOON + HOUR, to: NOON + 9 * HOUR };
      expect(await store.causes(range, 'inp', 9)).toEqual({
        n: 2,
        since: NOON + HOUR,
        parts: [],
        causes: [{ kind: 'target', value: 'button', views: 2, p75: 40, interval: null }],
      });
      const none = { n: 0, parts: [], causes: [] };
      expect(await store.causes({ ...always, app: 'other' }, 'cls', 9)).toEqual({ since: 0, ...none });
    });

    test('of the first paint are the first byte and what comes after it', async () => {
      const store = current();
      const views = [
        makeView(1, { fcp: 900, ttfb: 100 }),
        makeView(2, { fcp: 500, ttfb: null }),
        makeView(3, { fcp: 300, ttfb: 0, navigationType: 'client' }),
      ];
      await store.insert({ views, events: [] });

      expect(await store.causes(always, 'fcp', 9)).toMatchObject({
        n: 1,
        parts: [
          { name: 'timeToFirstByte', mean: 100 },
          { name: 'firstByteToFCP', mean: 800 },
        ],
      });
    });
  });
}

function keeping(dimension: FilterDimension, ...values: readonly string[]): Filter {
  return { dimension, keep: true, values };
}

function leavingOut(dimension: FilterDimension, ...values: readonly string[]): Filter {
  return { dimension, keep: false, values };
}
