import { expect, test, vi } from 'vitest';
import { StoreError } from '../../store/storeError.js';
import { makeView } from '../../testing/rows.js';
import { batch, NOON, openTestStore, startServer, type TestServer, view } from '../../testing/rumServer.js';
import { errorSchema } from './schemas.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

async function ask({ send }: Pick<TestServer, 'send'>, path: string) {
  const response = await send(`/admin/${path}`);
  return { status: response.status, body: await response.json() };
}

/** Views of today, of yesterday and of a week ago, each with an LCP of its own. */
async function startWithDays() {
  const server = await startServer();
  const made = [
    { number: 1, startedAt: NOON - HOUR, route: '/a', lcp: 1000, country: 'DE' },
    { number: 2, startedAt: NOON - 2 * HOUR, route: '/a', lcp: 3000, country: null },
    { number: 3, startedAt: NOON - 3 * HOUR, route: '/b', lcp: 5000, country: 'PT' },
    { number: 4, startedAt: NOON - DAY - HOUR, route: '/b', lcp: 2000, country: 'DE' },
    { number: 5, startedAt: NOON - 7 * DAY - HOUR, route: '/c', lcp: 4000, country: 'DE' },
  ];
  const views = made.map(({ number, ...part }) =>
    makeView(number, { ...part, app: 'default', attribution: `{"lcp":{"element":"#${part.route}"}}` }),
  );
  await server.store.insert({ views, events: [] });
  return server;
}

test('an overview is set against the day before, or the same day a week earlier', async () => {
  const server = await startWithDays();
  const { body: alone } = await ask(server, 'overview');
  expect([alone.totals.views, alone.compared]).toEqual([3, null]);

  const { body: previous } = await ask(server, 'overview?compare=previous');
  expect(previous.totals).toEqual(alone.totals);
  expect(previous.compared.totals.views).toBe(1);
  expect(previous.compared.vitals.lcp).toMatchObject({ n: 1, p75: 2000 });
  expect(previous.compared.traffic).toHaveLength(previous.traffic.length);
  expect(previous.compared.traffic[0].t).toBe(previous.range.from - DAY);
  // As much of that day as there is of this one.
  expect(previous.compared.to).toBe(NOON - DAY);

  const { body: week } = await ask(server, 'overview?compare=week&filter=country:DE');
  expect([week.totals.views, week.compared.totals.views]).toEqual([1, 1]);
  expect(week.compared.vitals.lcp.p75).toBe(4000);
});

test('a range of one’s own is answered in buckets that fit', async () => {
  const server = await startWithDays();
  const { body } = await ask(server, `overview?from=${NOON - 4 * HOUR + 1}&to=${NOON - 90 * MINUTE}`);
  expect(body.range).toEqual({
    name: 'custom',
    from: NOON - 4 * HOUR,
    to: NOON - 90 * MINUTE,
    bucketMs: MINUTE,
  });
  expect([body.totals.views, body.traffic.length]).toEqual([2, 150]);
});

test('a vital is told with its distribution and its buckets', async () => {
  const { body } = await ask(await startWithDays(), 'vital?metric=lcp&compare=previous');
  expect(body.figures).toMatchObject({
    p75: 5000,
    interval: null,
    n: 3,
    good: 1,
    needsImprovement: 1,
    poor: 1,
  });
  expect(body.percentiles).toMatchObject({ p50: 3000, p75: 5000, p99: 5000 });
  const bars: readonly { readonly n: number }[] = body.histogram;
  expect(bars.reduce((sum, { n }) => sum + n, 0)).toBe(3);
  // Three views in three buckets are too few for points of their own.
  expect(body.series).toEqual([
    {
      t: NOON - 3 * HOUR,
      until: NOON - HOUR / 2,
      n: 3,
      p50: 3000,
      p75: 5000,
      p90: 5000,
      p95: 5000,
      p99: 5000,
      interval: null,
    },
  ]);
  expect(body.compared).toMatchObject({ figures: { n: 1 }, percentiles: { p50: 2000 } });
  expect(body.compared.series).toMatchObject([{ n: 1, p75: 2000 }]);
});

test('a table is by the dimension asked for, with what each value was before', async () => {
  const server = await startWithDays();
  const { body: routes } = await ask(server, 'breakdown?compare=previous');
  expect(routes).toMatchObject({
    dimension: 'route',
    truncated: false,
    rows: [
      { value: '/a', views: 2, compared: null },
      {
        value: '/b',
        views: 1,
        vitals: { lcp: { p75: 5000 } },
        compared: { views: 1, vitals: { lcp: { p75: 2000 } } },
      },
    ],
  });
  const { body: countries } = await ask(server, 'breakdown?dimension=country&filter=!country:PT');
  expect(countries.rows).toMatchObject([
    { value: '', views: 1 },
    { value: 'DE', views: 1 },
  ]);
});

test('what a value was before is told, however rare it was', async () => {
  const server = await startServer();
  const at = (startedAt: number) => ({ app: 'default', startedAt });
  const earlier = Array.from({ length: 2000 }, (_, number) =>
    makeView(number, { ...at(NOON - 30 * HOUR), referrer: `https://${number % 1000}.example` }),
  );
  const rare = { referrer: 'https://rare.example' };
  const views = [
    ...earlier,
    makeView(3000, { ...at(NOON - 30 * HOUR), ...rare }),
    makeView(3001, { ...at(NOON - HOUR), ...rare }),
    makeView(3002, { ...at(NOON - HOUR), referrer: 'https://new.example' }),
  ];
  await server.store.insert({ views, events: [] });
  for (const isRolledUp of [false, true]) {
    if (isRolledUp) await server.store.rollUp({ now: () => NOON });
    const { body } = await ask(server, 'breakdown?dimension=referrer&range=24h&compare=previous');
    expect(body).toMatchObject({
      oneIn: 1,
      rows: [
        { value: 'https://new.example', views: 1, compared: null },
        { value: 'https://rare.example', views: 1, compared: { views: 1, vitals: { lcp: { n: 1 } } } },
      ],
    });
  }
});

test('routes come up to 1,000, other values up to 200, a file has all; what is cut says so', async () => {
  const server = await startServer();
  const views = Array.from({ length: 1002 }, (_, number) =>
    makeView(number, {
      app: 'default',
      startedAt: NOON - HOUR,
      route: `/${number}`,
      release: `${number % 201}`,
    }),
  );
  await server.store.insert({ views, events: [] });
  const { body: routes } = await ask(server, 'breakdown?filter=!route:/1001');
  expect([routes.rows.length, routes.truncated]).toEqual([1000, true]);
  const { body: most } = await ask(server, 'breakdown?filter=!route:/1001&filter=!route:/1000');
  expect([most.rows.length, most.truncated]).toEqual([1000, false]);
  const { body: releases } = await ask(server, 'breakdown?dimension=release');
  expect([releases.rows.length, releases.truncated]).toEqual([200, true]);
  for (const [path, rows] of [
    ['breakdown?format=ndjson', 1002],
    ['breakdown?dimension=release&format=ndjson', 201],
  ] as const) {
    const text = await (await server.send(`/admin/${path}`)).text();
    expect(text.trimEnd().split('\n')).toHaveLength(rows);
  }
});

test('values are found by a part of them, whatever the filter of their own dimension', async () => {
  const server = await startWithDays();
  const { body } = await ask(server, 'values?dimension=country&search=d&filter=country:PT&range=30d');
  expect(body).toEqual({ dimension: 'country', values: [{ value: 'DE', views: 3 }], told: null });
  const { body: filtered } = await ask(server, 'values?dimension=route&filter=country:DE&range=30d');
  expect(filtered.values.map(({ value }: { value: string }) => value)).toEqual(['/a', '/b', '/c']);
});

test('causes are those of the views that are meant', async () => {
  const { body } = await ask(await startWithDays(), 'causes?metric=lcp&filter=route:/a');
  expect(body).toMatchObject({ n: 2, causes: [{ kind: 'element', value: '#/a', views: 2, p75: 3000 }] });
});

test('the live views are those that the filters let through', async () => {
  const server = await startServer();
  await server.post(batch({ views: [view({ route: '/a' }), view({ route: '/b' })] }));
  const { body } = await ask(server, 'live?filter=!route:/a');
  expect(body.views).toMatchObject([{ route: '/b' }]);
});

test.each([
  ['breakdown?dimension=route', 'routes'],
  ['values?dimension=route', 'route-values'],
  ['causes?metric=lcp', 'lcp-causes'],
])('%s comes as a file too', async (path, name) => {
  const { send } = await startWithDays();
  const csv = await send(`/admin/${path}&format=csv`);
  expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
  expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="${name}.csv"`);
  const lines = (await csv.text()).trimEnd().split('\r\n');
  const ndjson = await send(`/admin/${path}&format=ndjson`);
  expect(ndjson.headers.get('content-disposition')).toBe(`attachment; filename="${name}.ndjson"`);
  const rows: readonly object[] = (await ndjson.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const { rows: shown, values, causes } = await (await send(`/admin/${path}`)).json();
  expect(rows).toEqual(shown ?? values ?? causes);
  expect(lines).toHaveLength(1 + rows.length);
});

test('what is stored is never a formula, markup or a broken line of a file', async () => {
  const { store, send } = await startServer();
  const hostile = [
    '=1+1',
    '\u202e\u2066/x',
    '__proto__',
    'a"b,c\r\nd',
    '<script>',
    '@x',
    'ü'.repeat(500),
    '-2',
  ];
  await store.insert({
    views: hostile.map((route, index) =>
      makeView(index, {
        app: 'default',
        route,
        startedAt: NOON - 1000,
        attribution: JSON.stringify({
          lcp: { element: route.repeat(1 + 100_000 / route.length), url: route },
        }),
      }),
    ),
    events: [],
  });
  const { rows } = await (await send('/admin/breakdown')).json();
  expect(rows.map(({ value }: { value: string }) => value).sort()).toEqual([...hostile].sort());
  for (const value of hostile) {
    const filter = encodeURIComponent(`route:${value}`);
    const { totals } = await (await send(`/admin/overview?filter=${filter}`)).json();
    expect([value, totals.views]).toEqual([value, 1]);
    const found = await (await send(`/admin/values?search=${encodeURIComponent(value)}`)).json();
    expect(found.values).toContainEqual({ value, views: 1 });
  }
  const text = await (await send('/admin/breakdown?format=csv')).text();
  for (const cell of ["'=1+1,", "'@x,", "'-2,", '"a""b,c\r\nd",', '__proto__,'])
    expect(text).toContain(`\n${cell}`);
  expect((await (await send('/admin/causes')).json()).n).toBe(hostile.length);
  const nul = await (await send('/admin/overview?filter=route:a%00b&filter=!os:%00')).json();
  expect(nul.totals.views).toBe(0);
});

test.each([
  ['vital?metric=fid', 'metric'],
  ['vital?metric=__proto__', 'metric'],
  ['breakdown?dimension=visitor', 'dimension'],
  ['breakdown?format=xlsx', 'format'],
  ['values?dimension=', 'dimension'],
  [`values?search=${'x'.repeat(513)}`, 'search'],
  ['causes?metric=', 'metric'],
  ['causes?filter=visitor:1', 'filter'],
  ['overview?compare=year', 'compare'],
  ['overview?from=1', 'to'],
  ['overview?filter=__proto__:1', 'filter'],
])('%s is refused by name', async (path, parameter) => {
  const { status, body } = await ask(await startServer(), path);
  expect([status, body.error, body.parameter]).toEqual([400, 'invalid_parameter', parameter]);
  expect(body.message).toContain(parameter);
});

test('what nobody knows is ignored', async () => {
  expect((await ask(await startServer(), 'overview?utm_source=x&__proto__=1')).status).toBe(200);
});

test('where filters need views that are no longer kept, the time to ask for is named', async () => {
  const server = await startWithDays();
  const now = () => NOON;
  await server.store.rollUp({ now });
  await server.store.retain({
    now,
    retention: { raw: 5 * DAY, minute: DAY, hour: 90 * DAY, day: 396 * DAY },
  });

  const wide = await ask(server, 'overview?range=7d&filter=country:DE');
  expect([wide.status, wide.body.parameter]).toEqual([400, 'from']);
  expect(wide.body.message).toMatch(/kept since 2026-11-1[78]T\S* only.*ask for a time after that/);
  const compared = await ask(server, 'overview?compare=week&filter=country:DE');
  expect([compared.status, compared.body.parameter]).toEqual([400, 'compare']);
  expect(compared.body.message).toContain('compare=none');
  for (const path of [
    'overview?range=7d',
    'vital?range=7d&filter=country:DE',
    'values?range=7d&filter=country:DE',
  ]) {
    expect([path, (await ask(server, path)).status]).toEqual([path, 200]);
  }
});

test.each([
  ['30d', 0.4, 'its last 9 days', 9 * DAY],
  ['30d', null, 'its last 15 days', 15 * DAY],
  ['24h', 0, 'its last hour', HOUR],
  ['24h', 0.3, 'its last 5 hours', 5 * HOUR],
  ['1h', 0.3, 'a shorter time', null],
])(
  'a question about %s of which %s was read in time is answered with the one to ask',
  async (name, share, words, span) => {
    const store = await openTestStore();
    const told = new StoreError('too_slow', 'RUM: after 15 s some of the time asked for was read', { share });
    vi.spyOn(store, 'overview').mockRejectedValue(told);
    const server = await startServer({ store });
    const { status, body } = await ask(server, `overview?filter=os:Linux&range=${name}`);
    expect([status, body.error]).toEqual([400, 'too_slow']);
    expect(body.message).toBe(
      `after 15 s some of the time asked for was read: ask for ${words}, or for fewer filters`,
    );
    expect(errorSchema.parse(body)).toEqual(body);
    if (span === null) {
      expect(body).not.toHaveProperty('from');
      return;
    }
    expect(body.to - body.from).toBe(span);
    expect(body.to).toBe(NOON);
    vi.mocked(store.overview).mockRestore();
    expect((await ask(server, `overview?filter=os:Linux&from=${body.from}&to=${body.to}`)).status).toBe(200);
  },
);
