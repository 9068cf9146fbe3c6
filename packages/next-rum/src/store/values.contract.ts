import { beforeEach, describe, expect, test } from 'vitest';
import { makeEvent, makeView, NOON, randomFrom } from '../testing/rows.js';
import type { RumStore, TimeRange } from './store.js';

const always: TimeRange = { app: 'shop', from: 0, to: 8.64e15 };

/**
 * What is written comes back as it was.
 *
 * @param current The store of the test.
 */
export function describeValues(current: () => RumStore): void {
  describe('insert', () => {
    let store: RumStore;
    beforeEach(() => {
      store = current();
    });

    test('gives every column back as it was written', async () => {
      const full = makeView(1, {
        previousViewId: makeView(2).id,
        referrer: 'https://search.example',
        release: 'v1.2.3',
        environment: 'production',
        country: 'PT',
        browser: 'Firefox 144',
        os: 'Linux',
        connection: '4g',
        language: 'pt-PT',
        viewportWidth: 1280,
        viewportHeight: 720,
        automated: true,
        traceId: '0af7651916cd43dd8448eb211c80319c',
        duration: 1234.5678901234567,
        attribution: '{"lcp":{"element":"#hero"}}',
        sample: true,
        visibleDuration: 1000.1234567890123,
        loadingTime: 812.5,
        routeChangeTime: 70.1,
        blockedTime: 0,
        scrollDepth: 0.3333333333333333,
        redirectedFrom: '/account',
        redirectCount: 2,
        deviceMemory: 0.25,
        cores: 12,
        reducedMotion: true,
        darkMode: false,
        sampleRate: 0.1,
        kept: true,
        userId: 'u-7',
        userTraits: '{"plan":"pro"}',
        utm: '{"source":"newsletter"}',
        counts: '{"resource":214}',
        attributes: '{"tenant":"acme"}',
        clock: 'corrected',
      });
      const bare = makeView(3, { lcp: null, inp: null, cls: null, fcp: null, ttfb: null });
      const event = makeEvent(4, {
        data: '{"properties":{"sku":"a"}}',
        sample: true,
        duration: 120.1234567890123,
        sampleRate: 0.1,
        clock: 'clamped',
      });
      const bareEvent = makeEvent(5, { data: null });

      await store.insert({ views: [full, bare], events: [event, bareEvent] });

      expect(await store.views(always, 10)).toEqual([bare, full]);
      expect(await store.events(always, 10)).toEqual([bareEvent, event]);
    });

    test('keeps every number to the last bit', async () => {
      const random = randomFrom(7);
      const views = Array.from({ length: 3000 }, (_, index) =>
        makeView(index, {
          lcp: random() * 5000,
          cls: random() / 10 ** (index % 8),
          ttfb: random() * 1e-7,
          visibleDuration: Math.floor(random() * 1e12) / 10,
          loadingTime: random() * 1e10,
          blockedTime: Math.floor(random() * 1e10),
          scrollDepth: random(),
          deviceMemory: 2 ** ((index % 12) - 2),
          sampleRate: 1 / (index + 1),
        }),
      );
      const events = Array.from({ length: 3000 }, (_, index) =>
        makeEvent(index, { duration: random() * 10 ** (index % 11), sampleRate: random() }),
      );

      await store.insert({ views, events });

      expect(differing(views, await store.views(always, 5000))).toEqual([]);
      expect(differing(events, await store.events(always, 5000))).toEqual([]);
    });

    test('cuts times to whole milliseconds', async () => {
      await store.insert({ views: [makeView(1, { startedAt: NOON + 0.75 })], events: [] });

      expect((await store.views(always, 1))[0]?.startedAt).toBe(NOON);
    });

    test.each([
      ['an emoji', '🛒👩‍👩‍👧'],
      ['right-to-left text', 'مرحبا שלום \u202eabc'],
      ['quotes', `"double" 'single' \`back\` \\ \\' \\"`],
      ['SQL', `'); DROP TABLE rum_view; --`],
      ['placeholders', '$1 ? :name %s {{x}}'],
      ['JSON escapes', '\\u0000 \\ud800 {"a":[1]}'],
      ['control characters', '\u0001\t\r\n\u007f\u2028'],
      ['100 KB', 'ü'.repeat(100_000)],
      ['nothing', ''],
    ])('stores %s as it is', async (_name, text) => {
      const view = makeView(1, { path: text, route: text.slice(0, 500), attribution: text });
      const event = makeEvent(2, { name: text, data: text });

      await store.insert({ views: [view], events: [event] });

      expect(await store.views(always, 10)).toEqual([view]);
      expect(await store.events(always, 10)).toEqual([event]);
      expect((await store.breakdown(always, 'route', 10)).map(({ value }) => value)).toEqual([view.route]);
    });

    test('mends half of a surrogate pair, and only that', async () => {
      const cut = '🛒 half: 🛒'.slice(0, -1);

      await store.insert({ views: [makeView(1, { path: cut })], events: [] });

      expect((await store.views(always, 1))[0]?.path).toBe('🛒 half: \ufffd');
    });

    test.each([
      ['U+0000', { path: 'a\0b' }],
      ['a number that is none', { lcp: Number.NaN }],
    ])('refuses %s as invalid data', async (_name, part) => {
      const rejection = store.insert({ views: [makeView(1, part)], events: [makeEvent(2)] });

      await expect(rejection).rejects.toMatchObject({ name: 'StoreError', code: 'invalid_data' });
      expect(await store.events(always, 10)).toEqual([]);
    });
  });
}

/** Rows that did not come back as they were written, bit for bit. */
function differing<Row extends { readonly id: string }>(
  written: readonly Row[],
  read: readonly Row[],
): Row[] {
  const stored = new Map(read.map((row) => [row.id, row]));
  return written.filter((row) =>
    Object.entries(row).some(([field, value]) => Reflect.get(stored.get(row.id) ?? {}, field) !== value),
  );
}
