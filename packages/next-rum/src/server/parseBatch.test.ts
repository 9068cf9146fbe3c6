import { LIMITS, newId } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import { batch, event, NOON, view } from '../testing/rumServer.js';
import { type ParsedBatch, parseBatch } from './parseBatch.js';

/** What came over the wire: a fresh value, as `JSON.parse` makes it. */
function parse(input: unknown) {
  return parseBatch(JSON.parse(typeof input === 'string' ? input : JSON.stringify(input)));
}

function parsed(input: unknown): ParsedBatch {
  const result = parse(input);
  if (!result.ok) throw new Error(result.error.message);
  return result.batch;
}

/** Properties as they come out, from the JSON text they came in as. */
function properties(json: string): unknown {
  const { events, rejected } = parsed(
    JSON.stringify(batch({ events: [event()] })).replace('"name":', `"properties":${json},"name":`),
  );
  const [only] = events;
  return only?.value.type === 'custom' ? only.value.properties : rejected[0];
}

test('every field of the protocol comes through', () => {
  const input = batch({
    release: '1.2.3',
    environment: 'production',
    context: {
      viewportWidth: 360,
      viewportHeight: 640,
      connection: '4g',
      language: 'de-AT',
      automated: false,
      deviceMemory: 0.25,
      cores: 8,
      reducedMotion: true,
      darkMode: false,
    },
    sampleRate: 0.1,
    kept: true,
    user: { id: 'u-7', traits: { plan: 'pro', teams: ['a', 'b'] } },
    attributes: { tenant: 'acme', build: { number: 7 } },
    views: [
      view({
        previousViewId: newId(NOON),
        referrer: 'https://search.example',
        traceId: '0123456789abcdef0123456789abcdef',
        duration: 12.5,
        vitals: {
          lcp: { value: 1, attribution: { target: 'img', ttfb: 3.5 } },
          inp: { value: 2 },
          cls: { value: 0.1 },
          fcp: { value: 4 },
          ttfb: { value: 0 },
        },
        visibleDuration: 11.25,
        loadingTime: 5.5,
        routeChangeTime: 4.5,
        blockedTime: 0,
        scrollDepth: 1,
        redirectedFrom: '/account',
        redirectCount: 2,
        utm: { source: 'newsletter', medium: 'mail' },
        counts: { resource: 214, error: 0 },
        attributes: { experiment: 'b' },
      }),
      view({ navigationType: 'resume' }),
    ],
    events: [
      event({ properties: { sku: 'a', list: [1, null, { deep: true }] } }),
      { ...event(), type: 'error', name: 'TypeError', message: 'x', stack: 'at y', source: 'window.error' },
      {
        ...event(),
        type: 'error',
        name: 'Error',
        message: 'x',
        source: 'csp',
        count: 4,
        componentStack: 'at Cart',
        digest: '3279348732',
      },
      {
        ...event(),
        type: 'action',
        kind: 'key',
        target: '#buy',
        duration: 812.5,
        requests: 2,
        errors: 0,
        navigated: false,
        frustrations: ['rage', 'dead', 'error'],
      },
      {
        ...event(),
        type: 'resource',
        initiator: 'fetch',
        duration: 120.25,
        method: 'POST',
        status: 0,
        failure: 'abort',
        operation: 'GetUser',
        redirect: 0,
        dns: 1.5,
        connect: 2,
        tls: 3,
        wait: 4,
        download: 5,
        transferSize: 300,
        decodedSize: 900,
        protocol: 'h3',
        cached: false,
        renderBlocking: true,
        spanId: '00f067aa0ba902b7',
      },
      {
        ...event(),
        type: 'longtask',
        duration: 210,
        blockingDuration: 160,
        scriptDuration: 140,
        layoutDuration: 20,
        invoker: 'BUTTON#buy.onclick',
        function: 'onBuy',
      },
      { ...event(), type: 'timing', kind: 'query', duration: 3, properties: { hit: true } },
      { ...event(), type: 'flag', variant: '' },
      { ...event(), type: 'navigation', outcome: 'cancelled', duration: 300 },
      { ...event(), name: undefined, type: 'loss', reason: 'rate_limited', count: 3 },
    ],
  });
  const { envelope, views, events, rejected } = parsed(input);
  expect(rejected).toEqual([]);
  expect({
    ...envelope,
    views: views.map(({ value }) => value),
    events: events.map(({ value }) => value),
  }).toEqual(JSON.parse(JSON.stringify({ ...input, events: input.events as object[] })));
});

test('fields that the protocol does not know are left out', () => {
  const { envelope, views } = parsed({
    ...batch({ views: [{ ...view(), isAdmin: true, sample: true }] }),
    sample: true,
    receivedAt: 5,
  });
  expect(envelope).not.toHaveProperty('sample');
  expect(envelope).not.toHaveProperty('receivedAt');
  expect(views[0]?.value).not.toHaveProperty('isAdmin');
  expect(views[0]?.value).not.toHaveProperty('sample');
});

test.each([2, 0, 99, 1.5])('version %s is refused with the versions that are read', (v) => {
  expect(parse({ v, somethingNew: [] })).toMatchObject({
    ok: false,
    status: 400,
    error: { error: 'unsupported_version', supported: [1] },
  });
});

test.each([
  ['null', null],
  ['a list', []],
  ['a string', '"hello"'],
  ['an empty object', {}],
  ['a version that is no number', { ...batch(), v: '1' }],
  ['an app with a blank', batch({ app: 'my shop' })],
  ['no session', { ...batch(), sessionId: undefined }],
  ['a session that is no id', batch({ sessionId: '1' })],
  ['a negative time', batch({ sentAt: -1 })],
  ['views that are no list', { ...batch(), views: {} }],
  ['no events', { ...batch(), events: undefined }],
  ['a context of the wrong type', { ...batch(), context: 'wide' }],
  ['half a core', batch({ context: { cores: 1.5 } })],
  ['a share above one', batch({ sampleRate: 1.1 })],
  ['a user without id', { ...batch(), user: { traits: {} } }],
  ['a user as text', { ...batch(), user: 'u-7' }],
  ['attributes as a list', { ...batch(), attributes: ['a'] }],
])('%s is a malformed batch', (_name, input) => {
  expect(parse(input)).toMatchObject({ ok: false, status: 400, error: { error: 'malformed' } });
});

test('a message says where and what, and never the value', () => {
  const result = parse({ ...batch(), context: { viewportWidth: 'secret' } });
  expect(result).toMatchObject({
    error: { message: 'context.viewportWidth must be a number, is a string' },
  });
});

test('a number too large for JSON is refused', () => {
  const text = JSON.stringify(batch()).replace(String(NOON), '1e999');
  expect(parse(text)).toMatchObject({ ok: false, error: { message: expect.stringContaining('sentAt') } });
});

test('too many items are too large', () => {
  const views = Array.from({ length: LIMITS.batchItems + 1 }, () => view());
  expect(parse(batch({ views }))).toMatchObject({ ok: false, status: 413, error: { error: 'too_large' } });
  expect(parsed(batch({ views: views.slice(1) })).views).toHaveLength(LIMITS.batchItems);
});

test('an event type that is not known is refused by name, the rest passes', () => {
  const strange = { ...event(), type: 'replay' };
  const { events, rejected } = parsed(batch({ events: [event(), strange, event()] }));
  expect(events.map(({ index }) => index)).toEqual([0, 2]);
  expect(rejected).toEqual([
    {
      kind: 'event',
      index: 1,
      id: strange.id,
      reason: 'unknown_type',
      message: expect.stringContaining('"replay"'),
    },
  ]);
});

test.each([
  ['no id', { ...view(), id: undefined }],
  ['an id of version 4', view({ id: '6f1c1e0a-1111-4111-8111-111111111111' })],
  ['an id in capitals', view({ id: newId(NOON).toUpperCase() })],
  ['an id with a line end', view({ id: `${newId(NOON)}\n` })],
  ['revision 0', view({ revision: 0 })],
  ['half a revision', view({ revision: 1.5 })],
  ['an empty route', view({ route: '' })],
  ['a router that is not known', { ...view(), router: 'remix' }],
  ['a negative vital', view({ vitals: { lcp: { value: -1 } } })],
  ['a vital as text', { ...view(), vitals: { lcp: { value: '1' } } }],
  ['a list as vital', { ...view(), vitals: { lcp: [1] } }],
  ['attribution of the wrong kind', { ...view(), vitals: { lcp: { value: 1, attribution: { a: {} } } } }],
  ['a scroll depth above one', view({ scrollDepth: 1.01 })],
  ['a negative loading time', view({ loadingTime: -1 })],
  ['half a redirect', view({ redirectCount: 0.5 })],
  ['a number for a campaign', { ...view(), utm: { source: 7 } }],
  ['a text for a count', { ...view(), counts: { error: '7' } }],
  ['half a count', view({ counts: { error: 0.5 } })],
  ['no object', 7],
  ['null', null],
])('a view with %s is refused alone', (_name, bad) => {
  const { views, rejected } = parsed(batch({ views: [bad, view()] }));
  expect(views).toHaveLength(1);
  expect(rejected).toMatchObject([{ kind: 'view', index: 0, reason: 'invalid' }]);
});

test.each([
  [
    'campaign parameters',
    { utm: Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, key])) },
  ],
  ['counts', { counts: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`type${index}`, 1])) }],
])('a view with too many %s is too large', (_name, fields) => {
  expect(parsed(batch({ views: [view(fields), view()] })).rejected).toMatchObject([
    { kind: 'view', index: 0, reason: 'too_large' },
  ]);
});

test.each([
  ['an action of no kind', { type: 'action', target: '#a', duration: 1 }, 'kind'],
  ['an action on nothing', { type: 'action', kind: 'click', target: '', duration: 1 }, 'target'],
  [
    'a frustration that is not known',
    { type: 'action', kind: 'click', target: '#a', duration: 1, frustrations: ['rage', 'sulk'] },
    'frustrations.1',
  ],
  [
    'frustrations as an object',
    { type: 'action', kind: 'click', target: '#a', duration: 1, frustrations: { length: 1 } },
    'frustrations',
  ],
  ['a status as text', { type: 'resource', initiator: 'fetch', duration: 1, status: '200' }, 'status'],
  [
    'a span id in capitals',
    { type: 'resource', initiator: 'fetch', duration: 1, spanId: 'F'.repeat(16) },
    'spanId',
  ],
  ['a long task without duration', { type: 'longtask' }, 'duration'],
  ['a timing that runs backwards', { type: 'timing', kind: 'custom', duration: -1 }, 'duration'],
  ['a flag without variant', { type: 'flag' }, 'variant'],
  ['a navigation that arrived', { type: 'navigation', outcome: 'done', duration: 1 }, 'outcome'],
  ['an error of nobody', { type: 'error', message: 'x', source: 'rumour' }, 'source'],
])('%s is refused alone, naming the field', (_name, fields, where) => {
  const { events, rejected } = parsed(batch({ events: [{ ...event(), ...fields }, event()] }));
  expect(events).toHaveLength(1);
  expect(rejected).toMatchObject([
    { index: 0, reason: 'invalid', message: expect.stringMatching(`^${where} `) },
  ]);
});

test('an optional text that is empty counts as not given, and costs nothing else', () => {
  const { views, events, rejected } = parsed(
    batch({
      release: '',
      views: [view({ referrer: '', utm: { source: 'mail', term: '' } })],
      events: [
        { ...event(), type: 'longtask', duration: 60, invoker: '', function: '' },
        { ...event(), type: 'longtask', duration: 60, invoker: 'TimerHandler:setTimeout', function: 7 },
      ],
    }),
  );
  expect(views).toMatchObject([{ value: { utm: { source: 'mail' } } }]);
  expect(views[0]?.value).not.toHaveProperty('referrer');
  expect(events[0]?.value).not.toHaveProperty('function');
  expect(rejected).toMatchObject([{ index: 1, message: 'function must be a string, is a number' }]);
});

test('labels and texts that are too long are cut', () => {
  const { views, events } = parsed(
    batch({
      views: [view({ route: `/${'x'.repeat(600)}` })],
      events: [event({ properties: { note: 'n'.repeat(3000) } })],
    }),
  );
  expect(views[0]?.value.route).toHaveLength(LIMITS.label);
  const custom = events[0]?.value;
  expect(custom?.type === 'custom' && custom.properties?.note).toHaveLength(LIMITS.text);
});

test('what a database cannot store is taken out of texts and names', () => {
  expect(properties('{"a\\u0000b":"x\\u0000y","half\\ud83d":"\\udc00z","whole":"😀"}')).toEqual({
    ab: 'xy',
    half: 'z',
    whole: '😀',
  });
  const { views } = parsed(batch({ views: [view({ route: `/${'x'.repeat(LIMITS.label - 2)}😀` })] }));
  expect(views[0]?.value.route).toBe(`/${'x'.repeat(LIMITS.label - 2)}`);
});

test('a label of nothing but what cannot be stored is empty, and refused', () => {
  expect(parsed(batch({ views: [view({ route: '\0\0' })] })).rejected).toMatchObject([{ reason: 'invalid' }]);
});

test.each([
  '{"__proto__":{"polluted":true},"a":1}',
  '{"constructor":{"prototype":{"polluted":true}},"a":1}',
  '{"prototype":{"polluted":true},"a":1}',
  '{"__pro\\u0000to__":{"polluted":true},"a":1}',
  '{"\\u005f_proto__":{"polluted":true},"a":1}',
])('prototype keys do not get through: %s', (json) => {
  const result = properties(json);
  expect(result).toEqual({ a: 1 });
  expect(Object.keys(result as object)).toEqual(['a']);
  expect(Object.assign({}, result)).not.toHaveProperty('polluted');
  expect({}).not.toHaveProperty('polluted');
});

test('prototype keys do not get through anywhere else', () => {
  const poison = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},';
  const text = JSON.stringify(
    batch({
      context: { language: 'en' },
      user: { id: 'u-7', traits: { plan: 'pro' } },
      attributes: { build: { number: 7 } },
      views: [
        view({
          vitals: { lcp: { value: 1, attribution: { target: 'img' } } },
          utm: { source: 'mail' },
          counts: { error: 1 },
          attributes: { a: { b: 1 } },
        }),
      ],
      events: [event({ properties: { nested: { list: [{ a: 1 }] } } })],
    }),
  ).replaceAll('{', `{${poison}`);
  const result = parsed(text);
  expect(result.rejected).toEqual([]);
  expect(JSON.stringify(result)).not.toContain('polluted');
  expect({}).not.toHaveProperty('polluted');
});

test('an inherited field is not a field', () => {
  const input = batch({ views: [view()] });
  expect(parseBatch(Object.create(input))).toMatchObject({ ok: false });
});

test('properties may nest as deep as the protocol says and no deeper', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  expect(properties(nested(LIMITS.depth + 1))).not.toHaveProperty('reason');
  expect(properties(nested(LIMITS.depth + 2))).toMatchObject({ reason: 'too_large' });
  expect(properties(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)).toMatchObject({
    reason: 'too_large',
  });
});

test.each([
  ['values', '1'],
  ['empty lists', '[]'],
  ['empty maps', '{}'],
])('properties may have only so many %s', (_name, value) => {
  const list = (length: number) => `{"a":[${Array(length).fill(value).join(',')}]}`;
  expect(properties(list(LIMITS.propertyValues))).not.toHaveProperty('reason');
  expect(properties(list(LIMITS.propertyValues + 1))).toMatchObject({ reason: 'too_large' });
});

test('a property that is no finite number is refused', () => {
  expect(properties('{"a":1e999}')).toMatchObject({ reason: 'invalid' });
});
