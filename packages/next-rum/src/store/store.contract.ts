import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { breakdownOf, summariesOf, trafficOf } from '../testing/countByHand.js';
import { expectSame, LAST_DIGIT } from '../testing/expectSame.js';
import { makeEvent, makeView, NOON, randomFrom, randomViews, shuffled } from '../testing/rows.js';
import { describeErrors } from './errors.contract.js';
import { describeFilters } from './filter.contract.js';
import { describeIngestStore } from './ingestStore.contract.js';
import { describeRetention } from './retention.contract.js';
import { describeRollups } from './rollup.contract.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore, TimeRange } from './store.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

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

    describeRollups(() => store, openStore);
    describeRetention(() => store, openStore);
    describeErrors(() => store, openStore);
    describeFilters(() => store);
    describeIngestStore(() => store, openStore);

    describe('insert', () => {
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

      test('reports a second and a third delivery as duplicates and changes nothing', async () => {
        const rows = { views: [makeView(1), makeView(2)], events: [makeEvent(3), makeEvent(4)] };
        const ids = new Set([...rows.views, ...rows.events].map(({ id }) => id));

        expect(await store.insert(rows)).toEqual({ accepted: ids, duplicate: new Set() });
        const first = await everything(store);
        const changed = {
          views: rows.views.map((view) => ({ ...view, route: '/changed' })),
          events: rows.events.map((event) => ({ ...event, name: 'changed' })),
        };
        expect(await store.insert(changed)).toEqual({ accepted: new Set(), duplicate: ids });
        expect(await store.insert(rows)).toEqual({ accepted: new Set(), duplicate: ids });

        expect(await everything(store)).toEqual(first);
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

    describe('reading', () => {
      test('an empty database has zeros and no percentiles', async () => {
        expect(await store.totals(always)).toEqual({
          views: 0,
          sessions: 0,
          events: 0,
          errors: 0,
          sampleViews: 0,
        });
        expect(await store.vitals(always)).toEqual(summariesOf([]));
        expect(await store.traffic(always, MINUTE)).toEqual([]);
        expect(await store.breakdown(always, 'route', 10)).toEqual([]);
        expect(await store.views(always, 10)).toEqual([]);
      });

      test('a range holds its beginning and not its end, and no other app', async () => {
        const times = [NOON - 1, NOON, NOON + 999, NOON + 1000];
        const views = times.map((startedAt, index) => makeView(index, { startedAt, visitor: `${index}` }));
        const events = times.map((occurredAt, index) => makeEvent(index + 10, { occurredAt }));
        const elsewhere = makeView(20, { app: 'other', startedAt: NOON });
        await store.insert({ views: [...views, elsewhere], events });
        const second = { app: 'shop', from: NOON, to: NOON + 1000 };

        expect((await store.views(second, 10)).map(({ startedAt }) => startedAt)).toEqual([NOON + 999, NOON]);
        expect((await store.events(second, 10)).map(({ occurredAt }) => occurredAt)).toEqual([
          NOON + 999,
          NOON,
        ]);
        expect(await store.totals(second)).toMatchObject({ views: 2, sessions: 2, events: 2 });
        expect((await store.vitals(second)).lcp.n).toBe(2);
        expect(await store.traffic(second, 1000)).toEqual([{ t: NOON, views: 2, sessions: 2 }]);
        expect((await store.breakdown(second, 'route', 10)).map((route) => route.views)).toEqual([2]);
        expect((await store.views({ ...second, from: NOON - 0.5, to: NOON + 0.5 }, 10)).length).toBe(1);
      });

      test('the latest come first, as many as asked for', async () => {
        const views = randomViews(41, 50);
        const events = Array.from({ length: 20 }, (_, index) =>
          makeEvent(index, { occurredAt: NOON + index }),
        );
        await store.insert({
          views: shuffled(views, randomFrom(1)),
          events: shuffled(events, randomFrom(2)),
        });

        const latest = [...views].sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
        expect(await store.views(always, 7)).toEqual(latest.slice(0, 7));
        expect(await store.events(always, 3)).toEqual(events.slice(-3).reverse());
      });

      test('a view that goes on in a new session is a view', async () => {
        const views = (['navigate', 'client', 'resume'] as const).map((navigationType, index) =>
          makeView(index, { navigationType }),
        );
        await store.insert({ views, events: [] });

        expect(await store.totals(always)).toMatchObject({ views: 3, sessions: 1 });
        expect(await store.traffic(always, DAY)).toMatchObject([{ views: 3 }]);
        expect(await store.breakdown(always, 'route', 10)).toMatchObject([{ views: 3 }]);
      });

      test('events are counted without loss reports, errors among them', async () => {
        const types: EventRow['type'][] = ['custom', 'error', 'loss', 'error', 'action', 'loss', 'resource'];
        const events = types.map((type, index) => makeEvent(index, { type }));
        await store.insert({ views: [makeView(9, { sample: true }), makeView(8)], events });

        expect(await store.totals(always)).toMatchObject({ events: 5, errors: 2, views: 2, sampleViews: 1 });
      });

      test('vitals agree with counting by hand', async () => {
        const views = randomViews(51, 997);
        await store.insert({ views, events: [] });

        expectSame(await store.vitals(always), summariesOf(views), LAST_DIGIT);
      });

      test.each([1, 2, 3, 4, 5, 8])('the 75th percentile of %i values is one of them', async (n) => {
        const views = Array.from({ length: n }, (_, index) => makeView(index, { lcp: (index + 1) * 10 }));
        await store.insert({ views: shuffled(views, randomFrom(n)), events: [] });

        expect((await store.vitals(always)).lcp).toMatchObject({ n, p75: Math.ceil(0.75 * n) * 10 });
      });

      test('a value on a threshold counts for the better rating', async () => {
        const values = [0.1, 0.1 + Number.EPSILON, 0.25, 0.25 + Number.EPSILON];
        await store.insert({ views: values.map((cls, index) => makeView(index, { cls })), events: [] });

        expect((await store.vitals(always)).cls).toMatchObject({ good: 1, needsImprovement: 2, poor: 1 });
      });

      test('routes come by views, each with its own vitals', async () => {
        const views = randomViews(61, 800).map((view) =>
          view.route === '/about'
            ? { ...view, lcp: null, inp: null, cls: null, fcp: null, ttfb: null }
            : view,
        );
        await store.insert({ views, events: [] });

        const expected = breakdownOf(views, 'route');
        expect(new Set(expected.map(({ views: n }) => n)).size).toBe(expected.length);
        const rows = await store.breakdown(always, 'route', 100);
        expect(rows.map(({ value, views: n }) => [value, n])).toEqual(
          expected.map(({ value, views: n }) => [value, n]),
        );
        for (const [index, { vitals }] of rows.entries()) {
          expectSame(vitals, expected[index]?.vitals ?? summariesOf([]), LAST_DIGIT);
        }
        expect(await store.breakdown(always, 'route', 2)).toEqual(rows.slice(0, 2));
      });

      test('routes with equally many views come in the order of their code points', async () => {
        const routes = ['/b', '/É', '/\u{1f6d2}', '/a', '/\uffee', '/_', '/Z'];
        await store.insert({ views: routes.map((route, index) => makeView(index, { route })), events: [] });

        const ordered = ['/Z', '/_', '/a', '/b', '/É', '/\uffee', '/\u{1f6d2}'];
        expect((await store.breakdown(always, 'route', 6)).map(({ value }) => value)).toEqual(
          ordered.slice(0, 6),
        );
      });

      test('half an hour of silence ends a session, a millisecond less does not', async () => {
        const gaps = [0, 30 * MINUTE - 1, 30 * MINUTE, 5 * MINUTE, 31 * MINUTE];
        let startedAt = NOON;
        const views = gaps.map((gap, index) => {
          startedAt += gap;
          return makeView(index, { startedAt });
        });
        const meanwhile = makeView(50, { visitor: 'someone else', startedAt: NOON + 60 * MINUTE });
        await store.insert({ views: [...views, meanwhile], events: [] });

        expect((await store.totals(always)).sessions).toBe(4);
      });

      test('a session that began before the range is not counted in it', async () => {
        const views = [NOON - 10 * MINUTE, NOON + 5 * MINUTE, NOON + 40 * MINUTE].map((startedAt, index) =>
          makeView(index, { startedAt }),
        );
        await store.insert({ views, events: [] });
        const hour: TimeRange = { app: 'shop', from: NOON, to: NOON + 60 * MINUTE };

        expect(await store.totals(hour)).toMatchObject({ views: 2, sessions: 1 });
        expect(await store.traffic(hour, 30 * MINUTE)).toEqual([
          { t: NOON, views: 1, sessions: 0 },
          { t: NOON + 30 * MINUTE, views: 1, sessions: 1 },
        ]);
      });

      test('traffic agrees with counting by hand, and its sessions add up to the total', async () => {
        const views = randomViews(71, 900);
        await store.insert({ views, events: [] });
        const range: TimeRange = { app: 'shop', from: NOON + 77_777, to: NOON + 5 * 3_600_000 };

        for (const bucketMs of [MINUTE, 7 * MINUTE, DAY]) {
          const traffic = await store.traffic(range, bucketMs);
          expect(traffic).toEqual(trafficOf(views, range, bucketMs));
          const sessions = traffic.reduce((sum, bucket) => sum + bucket.sessions, 0);
          expect((await store.totals(range)).sessions).toBe(sessions);
        }
      });
    });

    describe('erase', () => {
      const kept = {
        views: [makeView(1, { visitor: 'b' }), makeView(2, { app: 'other', visitor: 'a', sample: true })],
        events: [makeEvent(3, { visitor: 'b' }), makeEvent(4, { app: 'other', visitor: 'a', sample: true })],
      };
      const old = { startedAt: NOON - DAY, occurredAt: NOON - DAY };

      test.each([
        ['a visitor', { visitor: 'a' }, { app: 'shop', visitor: 'a' }],
        ['what is older', old, { app: 'shop', before: NOON }],
        ['sample data', { sample: true }, { app: 'shop', sample: true }],
      ] as const)('takes %s and nothing else', async (_name, part, selector) => {
        const { occurredAt: _onEvents, ...viewPart } = { occurredAt: 0, ...part };
        const { startedAt: _onViews, ...eventPart } = { startedAt: 0, ...part };
        const gone = {
          views: [makeView(5, viewPart), makeView(6, viewPart)],
          events: [makeEvent(7, eventPart)],
        };
        await store.insert(kept);
        const before = await everything(store);
        await store.insert(gone);

        expect(await store.erase(selector)).toEqual({ views: 2, events: 1 });

        expect(await everything(store)).toEqual(before);
        expect(await store.erase(selector)).toEqual({ views: 0, events: 0 });
      });
    });

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

const always: TimeRange = { app: 'shop', from: 0, to: 8.64e15 };

async function everything(store: RumStore): Promise<unknown> {
  const ranges = [always, { ...always, app: 'other' }];
  return await Promise.all(ranges.flatMap((range) => [store.views(range, 1000), store.events(range, 1000)]));
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

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
}
