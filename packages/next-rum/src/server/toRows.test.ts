import { newId, type RumEvent, type ViewDocument } from '@rumkit/react-rum/protocol';
import { batchSchema, eventSchemas, type Schema, viewSchema } from '@rumkit/react-rum/protocol/schema';
import { expect, test } from 'vitest';
import { event, NOON, view } from '../testing/rumServer.js';
import { type Envelope, parseBatch } from './parseBatch.js';
import { type BatchOrigin, toRows } from './toRows.js';

const MINUTE = 60_000;

const FACTS = {
  app: 'shop',
  receivedAt: NOON,
  visitor: 'visitor',
  country: 'AT',
  browser: 'Firefox',
  os: 'Linux',
  device: 'desktop',
  sample: false,
} as const;
const { visitor, ...KNOWN } = FACTS;
const ORIGIN: BatchOrigin = { ...KNOWN, visitorOf: () => visitor, identified: true };

function rowsOf(
  items: { views?: readonly ViewDocument[]; events?: readonly RumEvent[] },
  fields: Partial<Envelope> = {},
  origin = ORIGIN,
) {
  const envelope = { v: 1, app: 'default', sentAt: NOON, sessionId: newId(NOON), ...fields };
  const placed = <T>(values: readonly T[] = []) => values.map((value, index) => ({ index, value }));
  return toRows({ envelope, views: placed(items.views), events: placed(items.events), rejected: [] }, origin);
}

test('a view becomes one row with its vitals raw', () => {
  const document = view({
    duration: 12.25,
    vitals: { lcp: { value: 1234.5678, attribution: { target: 'img' } }, cls: { value: 0.0123 } },
  });
  const { views } = rowsOf(
    { views: [document] },
    { release: '1.0', context: { viewportWidth: 360, automated: true } },
  );
  expect(views).toEqual([
    {
      ...FACTS,
      id: document.id,
      revision: 1,
      startedAt: NOON - 1000,
      route: '/product/[id]',
      path: '/product/42',
      router: 'app',
      navigationType: 'navigate',
      previousViewId: null,
      referrer: null,
      release: '1.0',
      environment: null,
      connection: null,
      language: null,
      viewportWidth: 360,
      viewportHeight: null,
      automated: true,
      traceId: null,
      duration: 12.25,
      lcp: 1234.5678,
      inp: null,
      cls: 0.0123,
      fcp: null,
      ttfb: null,
      attribution: '{"lcp":{"target":"img"}}',
      visibleDuration: null,
      loadingTime: null,
      routeChangeTime: null,
      blockedTime: null,
      scrollDepth: null,
      redirectedFrom: null,
      redirectCount: null,
      deviceMemory: null,
      cores: null,
      reducedMotion: null,
      darkMode: null,
      sampleRate: null,
      kept: false,
      userId: null,
      userTraits: null,
      utm: null,
      counts: null,
      attributes: null,
      clock: null,
    },
  ]);
});

test('a view keeps how it went, where it came from and what the app said of it', () => {
  const { views } = rowsOf(
    {
      views: [
        view({
          visibleDuration: 900.5,
          loadingTime: 640.25,
          routeChangeTime: 71.5,
          blockedTime: 0,
          scrollDepth: 0.75,
          redirectedFrom: '/account?next=%2Fcart',
          redirectCount: 0,
          utm: { source: 'newsletter', campaign: 'spring' },
          counts: { resource: 214, error: 1 },
          attributes: { plan: 'trial', cart: { items: 3 } },
        }),
        view(),
      ],
    },
    {
      context: { deviceMemory: 0.5, cores: 8, reducedMotion: false, darkMode: true },
      user: { id: 'u-7', traits: { plan: 'pro' } },
      attributes: { plan: 'pro', tenant: 'acme' },
    },
  );
  const ofBatch = {
    deviceMemory: 0.5,
    cores: 8,
    reducedMotion: false,
    darkMode: true,
    userId: 'u-7',
    userTraits: '{"plan":"pro"}',
  };
  expect(views).toMatchObject([
    {
      ...ofBatch,
      visibleDuration: 900.5,
      loadingTime: 640.25,
      routeChangeTime: 71.5,
      blockedTime: 0,
      scrollDepth: 0.75,
      redirectedFrom: '/account',
      redirectCount: 0,
      utm: '{"source":"newsletter","campaign":"spring"}',
      counts: '{"resource":214,"error":1}',
      attributes: '{"plan":"trial","tenant":"acme","cart":{"items":3}}',
    },
    { ...ofBatch, attributes: '{"plan":"pro","tenant":"acme"}', utm: null, counts: null },
  ]);
});

test.each([
  ['all sessions are recorded', {}, { sampleRate: null, kept: false }, null],
  ['the share is one', { sampleRate: 1 }, { sampleRate: null, kept: false }, null],
  ['the session was drawn', { sampleRate: 0.1 }, { sampleRate: 0.1, kept: false }, 0.1],
  ['the session was kept', { sampleRate: 0.1, kept: true }, { sampleRate: 0.1, kept: true }, 0],
  ['none is drawn', { sampleRate: 0, kept: true }, { sampleRate: 0, kept: true }, 0],
])('every row tells what it stands for where %s', (_name, fields, ofView, ofEvent) => {
  const { views, events } = rowsOf({ views: [view()], events: [event()] }, fields);
  expect(views).toMatchObject([ofView]);
  expect(events).toMatchObject([{ sampleRate: ofEvent }]);
});

test('no row says who the visitor is unless the origin allows it', () => {
  const rows = rowsOf(
    { views: [view()], events: [event()] },
    { user: { id: 'u-7', traits: { plan: 'pro' } } },
    { ...ORIGIN, identified: false },
  );
  expect(rows.views).toMatchObject([{ userId: null, userTraits: null }]);
  expect(JSON.stringify(rows)).not.toMatch(/u-7|pro\b/);
});

test('no field of the protocol gets lost on its way into a row', () => {
  const { views: _views, events: _events, ...envelopeFields } = batchSchema.properties;
  const parsed = parseBatch({
    ...fillFields(envelopeFields),
    v: 1,
    views: [fill(viewSchema)],
    events: Object.values(eventSchemas).map(fill),
  });
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { views, events } = toRows(parsed.batch, ORIGIN);

  const { context } = envelopeFields;
  const { vitals: _inColumns, ...viewFields } = viewSchema.properties;
  const inViews = [
    ...Object.keys({ ...viewFields, ...('properties' in context ? context.properties : {}) }),
    ...['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'attribution'],
    ...['release', 'environment', 'sampleRate', 'userId', 'userTraits'],
  ];
  expect(inViews.filter((field) => Reflect.get(views[0] ?? {}, field) === null)).toEqual([]);

  const columns = ['type', 'id', 'viewId', 'at', 'route', 'name', 'duration', 'reason'];
  const lost = events.map(({ type, data }) => {
    const stored = [...columns, ...Object.keys(JSON.parse(data ?? '{}'))];
    return [type, Object.keys(eventSchemas[type].properties).filter((field) => !stored.includes(field))];
  });
  expect(lost).toEqual(Object.keys(eventSchemas).map((type) => [type, []]));
});

function fillFields(fields: { readonly [name: string]: Schema }): object {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fill(field)]));
}

/** Something that fits a schema, with every field there is. */
function fill(schema: Schema): unknown {
  if ('oneOf' in schema) return undefined;
  switch (schema.type) {
    case 'string':
      if (schema.enum) return schema.enum[0];
      if (!schema.pattern) return 'https://x.example'.slice(0, schema.maxLength);
      return [newId(NOON), 'a'.repeat(32), 'a'.repeat(16)].find((text) =>
        new RegExp(schema.pattern ?? '').test(text),
      );
    case 'number':
      return Math.max(schema.minimum, 0.5);
    case 'integer':
      return Math.max(schema.minimum, 1);
    case 'boolean':
      return true;
    case 'array':
      return [fill(schema.items)];
    case 'object':
      if ('properties' in schema) return fillFields(schema.properties);
      return 'maxProperties' in schema
        ? { a: fill(schema.additionalProperties.anyOf[0] as Schema) }
        : { a: 1 };
    default:
      return schema satisfies never;
  }
}

test('all items of a batch move by the same offset', () => {
  const sentAt = NOON - 30 * MINUTE;
  const { views, events } = rowsOf(
    { views: [view({ startedAt: sentAt - 9000 })], events: [event({ at: sentAt - 4000 })] },
    { sentAt },
  );
  expect(views[0]?.startedAt).toBe(NOON - 9000);
  expect(events[0]?.occurredAt).toBe(NOON - 4000);
  expect([views[0]?.clock, events[0]?.clock]).toEqual(['corrected', 'corrected']);
});

test('queries and fragments go, referrers become origins', () => {
  const { views } = rowsOf({
    views: [
      view({
        path: '/a?token=1#x',
        route: '/b#c',
        referrer: 'https://user:pw@search.example/find?q=illness',
      }),
      view({ path: '?q', referrer: 'android-app://com.mail' }),
      view({ referrer: 'http://localhost:3000' }),
      view({
        vitals: {
          lcp: { value: 1, attribution: { url: 'https://cdn.example/a.jpg?sig=1', target: '#main>img' } },
        },
      }),
    ],
  });
  expect(views[0]).toMatchObject({ path: '/a', route: '/b', referrer: 'https://search.example' });
  expect(views[1]).toMatchObject({ path: '/', referrer: null });
  expect(views[2]).toMatchObject({ referrer: 'http://localhost:3000' });
  expect(JSON.parse(views[3]?.attribution ?? '')).toEqual({
    lcp: { url: 'https://cdn.example/a.jpg', target: '#main>img' },
  });
});

test('personal data is taken out of every free text', () => {
  const mail = 'jane@example.com';
  const base = { id: newId(NOON), viewId: newId(NOON), at: NOON, route: `/${mail}`, duration: 1 };
  const rows = rowsOf(
    {
      views: [
        view({
          route: `/u/${mail}`,
          path: `/u/${mail}`,
          redirectedFrom: `/v/${mail}`,
          utm: { source: mail, [mail]: 'x' },
          counts: { [mail]: 1 },
          attributes: { [mail]: [mail] },
          vitals: { lcp: { value: 1, attribution: { a: mail } } },
        }),
      ],
      events: [
        event({ name: mail, route: `/${mail}`, properties: { [mail]: [{ a: mail }] } }),
        {
          ...base,
          type: 'error',
          name: mail,
          message: `no ${mail}`,
          stack: `E: ${mail}`,
          componentStack: `at ${mail}`,
          digest: mail,
          source: 'window.error',
        },
        { ...base, type: 'action', name: mail, kind: 'click', target: `a[title="${mail}"]` },
        {
          ...base,
          type: 'resource',
          name: `https://${mail}/u/${mail}?to=${mail}#${mail}`,
          initiator: mail,
          method: mail,
          protocol: mail,
          operation: mail,
        },
        { ...base, type: 'longtask', name: `/${mail}/a.js?${mail}`, invoker: mail, function: mail },
        { ...base, type: 'timing', name: mail, kind: 'custom', properties: { [mail]: mail } },
        { ...base, type: 'flag', name: mail, variant: mail },
        { ...base, type: 'navigation', name: `/${mail}?${mail}`, outcome: 'cancelled' },
      ],
    },
    { user: { id: mail, traits: { [mail]: mail } }, attributes: { [mail]: mail } },
  );
  expect(JSON.stringify(rows)).not.toContain('jane');
  expect(rows.views[0]).toMatchObject({
    path: '/u/[email]',
    redirectedFrom: '/v/[email]',
    userId: '[email]',
  });
});
