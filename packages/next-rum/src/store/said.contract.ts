import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsFor, valueHeld } from '../testing/countByHand.js';
import { expectAnswers } from '../testing/expectAnswers.js';
import { makeEvent, makeView, NOON, randomFrom, variedViews } from '../testing/rows.js';
import { sessionsOf } from '../testing/sessionsByHand.js';
import { COLUMN_DIMENSIONS, type Filter, type FilterDimension, propertyDimension } from './filters.js';
import type { EventRow, ViewRow } from './rows.js';
import type { RumStore, ViewRange } from './store.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const always = { app: 'shop', from: 0, to: 8.64e15 };
const ANY = { errors: false, frustrations: false, slow: false, views: 1 };

/** One value of each that some views have, and one that is not text. */
const SAID: readonly (readonly [FilterDimension, string])[] = [
  ['utm_source', 'newsletter'],
  ['utm_medium', 'cpc'],
  ['utm_campaign', 'summer 50 % off'],
  ['utm_term', 'lamp & "shade"'],
  ['utm_content', 'top'],
  ['user', 'u-1'],
  ['property.plan', 'pro'],
  ['property.cart.size', '2.5'],
  ['property.isMember', 'true'],
  ['property.tags', '["a","b"]'],
];

const KEPT_AND_LEFT_OUT: readonly (readonly [string, readonly Filter[]])[] = [
  ...SAID.flatMap(([dimension, value]) => [
    [`${dimension} is ${value}`, [keeping(dimension, value)]] as const,
    [`${dimension} is not ${value}`, [leavingOut(dimension, value)]] as const,
  ]),
  ['what was not said', [keeping('utm_source', ''), keeping('property.plan', ''), keeping('user', '')]],
  [
    'several',
    [
      keeping('device', 'mobile', 'desktop'),
      leavingOut('user', 'u-2'),
      keeping('property.plan', 'pro', 'free'),
    ],
  ],
  ['what nobody says', [keeping('property.no such', 'x'), keeping('utm_term', 'a\0b')]],
];

/** What takes filters, and tells of single views or their events. */
const OF_VIEWS: { readonly [name: string]: (store: RumStore, range: ViewRange) => Promise<unknown> } = {
  totals: (store, range) => store.totals(range),
  traffic: (store, range) => store.traffic(range, HOUR),
  overview: (store, range) => store.overview(range, HOUR),
  vitals: (store, range) => store.vitals(range),
  vital: (store, range) => store.vital(range, 'inp', HOUR),
  causes: (store, range) => store.causes(range, 'lcp', 50),
  visitors: (store, range) => store.visitors(range, 'daily'),
  presence: (store, range) => store.presence({ ...range, from: NOON, to: NOON + HOUR }),
  views: async (store, range) => (await store.views(range, 1000)).map(({ id }) => id),
  errorGroups: (store, range) => store.errorGroups(range, HOUR, 50),
  errorCounts: (store, range) => store.errorCounts(range, 50),
  errorGroup: async (store, range) => {
    const { groups } = await store.errorGroups(range, HOUR, 1);
    return groups[0] && (await store.errorGroup(range, groups[0].fingerprint, HOUR));
  },
  latestEvents: (store, range) => store.latestEvents(range, ['custom', 'error'], 100),
  requests: (store, range) => store.requests(range, { kind: null, host: null, initiator: null }),
  actions: (store, range) => store.actions(range),
  timings: (store, range) => store.timings(range, null),
  retention: (store, range) => store.retention({ ...range, from: NOON - DAY, to: NOON + DAY }),
  properties: (store, range) => store.latestValues(range, 'property', '', 50),
  campaigns: (store, range) => store.latestValues(range, 'utm_campaign', 's', 50),
  ...Object.fromEntries(
    COLUMN_DIMENSIONS.flatMap((dimension) => [
      [
        `breakdown by ${dimension}`,
        (store: RumStore, range: ViewRange) => store.breakdown(range, dimension, 9),
      ],
      [
        `values of ${dimension}`,
        (store: RumStore, range: ViewRange) => store.values(range, dimension, '', 9),
      ],
    ]),
  ),
};

const STEPS = [
  { kind: 'view', name: '/' },
  { kind: 'view', name: '/cart' },
] as const;

/** What tells of whole sessions. */
const OF_SESSIONS: typeof OF_VIEWS = {
  sessions: async (store, range) => (await store.sessions(range, ANY, 500)).sessions,
  journey: async (store, range) => {
    const question = { anchor: null, direction: 'from', depth: 3, share: 0, now: NOON + 2 * DAY } as const;
    return { ...(await store.journey(range, question)), seen: null };
  },
  funnel: async (store, range) => {
    const question = { steps: STEPS, window: null, now: NOON + 2 * DAY };
    return { ...(await store.funnel(range, question, 'device')), seen: null };
  },
  goals: async (store, range) => (await store.goals(range, STEPS)).days,
};

/** @param current The store of the test. */
export function describeSaid(current: () => RumStore): void {
  describe('filters by what single views say', () => {
    test.each(KEPT_AND_LEFT_OUT)(
      '%s: every answer is that of an app with such views only',
      async (_name, where) => {
        const store = current();
        const rows = someRows(21, 260);
        const views = rows.views.filter((view) => holdsFor(view, where));
        const ids = new Set(views.map(({ id }) => id));
        const events = rows.events.filter(({ viewId }) => ids.has(viewId));
        await store.insert(rows);
        await store.insert(asApp('only', { views, events }));
        await expectAnswers(store, { ...always, where }, rows, 3);
        for (const [name, read] of Object.entries(OF_VIEWS)) {
          const [told, meant] = [
            await read(store, { ...always, where }),
            await read(store, { ...always, app: 'only' }),
          ];
          expect({ [name]: told }).toEqual({ [name]: meant });
        }
      },
    );

    test.each(KEPT_AND_LEFT_OUT)(
      '%s: sessions are those of an app with such sessions only',
      async (_name, where) => {
        const store = current();
        const rows = someRows(22, 260);
        const views = sessionsOf(rows.views, { ...always, where }).flat();
        const ids = new Set(views.map(({ id }) => id));
        await store.insert(rows);
        await store.insert(
          asApp('only', { views, events: rows.events.filter(({ viewId }) => ids.has(viewId)) }),
        );
        for (const [name, read] of Object.entries(OF_SESSIONS)) {
          const [told, meant] = [
            await read(store, { ...always, where }),
            await read(store, { ...always, app: 'only' }),
          ];
          expect({ [name]: told }).toEqual({ [name]: meant });
        }
      },
    );

    test('a property of any name is told from all others, and none is more than a name', async () => {
      const store = current();
      const names = Object.keys(HOSTILE);
      await store.insert({
        views: [
          makeView(0, { attributes: JSON.stringify(HOSTILE) }),
          ...names.map((name, index) =>
            makeView(index + 1, { attributes: JSON.stringify({ [name]: `only ${index}` }) }),
          ),
        ],
        events: [],
      });
      for (const [index, name] of names.entries()) {
        const dimension = propertyDimension(name);
        const found = await store.views(
          { ...always, where: [keeping(dimension, HOSTILE[name] ?? '', `only ${index}`)] },
          99,
        );
        expect([name, found.map(({ id }) => id)]).toEqual([name, [makeView(index + 1).id, makeView(0).id]]);
        const without = await store.totals({ ...always, where: [keeping(dimension, '')] });
        expect([name, without.views]).toEqual([name, names.length - 1]);
      }
      const nul = [keeping('property.a\0b', 'x')];
      expect(await store.totals({ ...always, where: nul })).toMatchObject({ views: 0 });
      const { values } = await store.latestValues(always, 'property', '', 99);
      expect(values.map(({ value }) => value).sort()).toEqual(names.toSorted());
    });

    test('any properties: filters pick what a plain look at them picks', async () => {
      const store = current();
      let apps = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(properties, { minLength: 1, maxLength: 8 }),
          fc.nat(),
          fc.boolean(),
          async (said, pick, keep) => {
            apps += 1;
            const app = `shop ${apps}`;
            const views = said.map((each, index) =>
              makeView(index, { app, attributes: JSON.stringify(each) }),
            );
            await store.insert({ views, events: [] });
            const known = views.flatMap((view, index) =>
              Object.keys(said[index] ?? {}).map((name) => {
                const dimension = propertyDimension(name);
                return { dimension, value: valueHeld(view, dimension) };
              }),
            );
            const { dimension, value } = known[pick % Math.max(known.length, 1)] ?? {
              dimension: 'user',
              value: 'x',
            };
            const where = [{ dimension, keep, values: [value] }];
            const meant = views.filter((view) => holdsFor(view, where)).map(({ id }) => id);
            const found = await store.views({ ...always, app, where }, 99);
            expect(found.map(({ id }) => id).sort()).toEqual(meant.sort());
            const { values, told } = await store.latestValues({ ...always, app }, dimension, '', 99);
            expect(told).toEqual({ views: views.length, of: null, since: 0, complete: true });
            const held = views.map((view) => valueHeld(view, dimension));
            expect(new Map(values.map((each) => [each.value, each.views]))).toEqual(
              new Map(held.map((each) => [each, held.filter((other) => other === each).length])),
            );
          },
        ),
        { numRuns: 40 },
      );
    });
  });

  describe('values of the latest views', () => {
    test('are counted backwards as far as they are wanted, and it is told how far that is', async () => {
      const store = current();
      const views = Array.from({ length: 24_500 }, (_, index) =>
        makeView(index, {
          startedAt: NOON + index * 1000,
          userId: index < 100 ? 'of long ago' : `u-${index % 3}`,
          device: index % 2 === 0 ? 'mobile' : 'desktop',
        }),
      );
      for (let start = 0; start < views.length; start += 5000) {
        await store.insert({ views: views.slice(start, start + 5000), events: [] });
      }
      const { values, told } = await store.latestValues(always, 'user', '', 9);
      expect(values.map(({ value }) => value).sort()).toEqual(['u-0', 'u-1', 'u-2']);
      expect(told.complete).toBe(false);
      // Of the moment before there might be more.
      const seen = views.filter(({ startedAt }) => startedAt >= told.since - 1);
      expect(told.views).toBe(seen.length);
      expect(values.reduce((sum, { views: n }) => sum + n, 0)).toBe(seen.length);
      const early = { ...always, to: NOON + 200_000, where: [keeping('device', 'mobile')] };
      expect(await store.latestValues(early, 'user', 'LONG', 9)).toEqual({
        values: [{ value: 'of long ago', views: 50 }],
        told: { views: 100, of: null, since: 0, complete: true },
      });
    });
  });
}

/** Names that mean something in SQL, in JSON or in a path of it, and their values. */
const HOSTILE: { readonly [name: string]: string } = Object.fromEntries(
  [
    'a.b',
    'a',
    '$',
    '$.a',
    '$."a"',
    '[0]',
    '0',
    'a"b',
    '"',
    'back\\slash',
    "x' OR '1' = '1",
    'new\nline',
    'tab\t\u0001',
    'emoji 🙂',
    '\u202ertl',
    ' ',
    'key',
    'value',
    'type',
    'property.a',
    'utm_source',
    '?1 :a @b $1 %s',
    'x'.repeat(500),
  ].map((name, index) => [name, `v${index} ' " \\ 🙂`]),
);

const text = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom(...Object.keys(HOSTILE)))
  .map((any) => any.replaceAll('\0', ''));
const properties = fc
  .dictionary(
    text.filter((name) => name !== '' && name !== '__proto__'),
    fc.oneof(
      text,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.array(text, { maxLength: 3 }),
      fc.dictionary(text, text, { maxKeys: 2 }),
    ),
    { maxKeys: 5 },
  )
  // The one text that databases have differently: a number with an exponent under a name with a quotation mark.
  .map((any) =>
    Object.fromEntries(
      Object.entries(any).map(([name, value]) => [
        name,
        name.includes('"') && typeof value === 'number' ? String(value) : value,
      ]),
    ),
  );

function someRows(
  seed: number,
  count: number,
): { readonly views: readonly ViewRow[]; readonly events: readonly EventRow[] } {
  const random = randomFrom(seed);
  const views = variedViews(seed, count).map((view) => ({
    ...view,
    attribution: JSON.stringify({ lcp: { element: `#${Math.floor(random() * 4)}`, timeToFirstByte: 100 } }),
  }));
  const events = views.flatMap((view, index) =>
    [DATA[Math.floor(random() * DATA.length)], DATA[Math.floor(random() * DATA.length)]].map((event, nth) =>
      makeEvent(2 * index + nth, {
        ...event,
        viewId: view.id,
        visitor: view.visitor,
        route: view.route,
        occurredAt: view.startedAt + Math.floor(random() * MINUTE),
      }),
    ),
  );
  return { views, events };
}

const DATA: readonly Partial<EventRow>[] = [
  { type: 'custom', name: 'add' },
  { type: 'error', name: 'TypeError', data: '{"message":"x is not a function","source":"window"}' },
  { type: 'error', name: 'Error', data: '{"message":"Not found","source":"window","count":3}' },
  { type: 'action', name: 'Buy', data: '{"kind":"click","target":"button","frustrations":["rage"]}' },
  {
    type: 'resource',
    name: '/api/cart/:id',
    duration: 120,
    data: '{"initiator":"fetch","method":"GET","status":500}',
  },
  {
    type: 'resource',
    name: 'https://cdn.example/a.js',
    duration: 50,
    data: '{"initiator":"script","status":200}',
  },
  { type: 'timing', name: 'search', duration: 30, data: '{"kind":"custom"}' },
];

function asApp(app: string, { views, events }: ReturnType<typeof someRows>): ReturnType<typeof someRows> {
  return {
    views: views.map((view) => ({ ...view, app })),
    events: events.map((event) => ({ ...event, app })),
  };
}

function keeping(dimension: FilterDimension, ...values: readonly string[]): Filter {
  return { dimension, keep: true, values };
}

function leavingOut(dimension: FilterDimension, ...values: readonly string[]): Filter {
  return { dimension, keep: false, values };
}
