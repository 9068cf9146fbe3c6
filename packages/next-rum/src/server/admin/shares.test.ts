import { createHash } from 'node:crypto';
import { newId } from '@rumkit/react-rum/protocol';
import { expect, test } from 'vitest';
import { batch, errorEvent, NOON, startServer, type TestServer, view } from '../../testing/rumServer.js';
import { boardPanel } from '../../testing/savedThings.js';
import { ADMIN_PATHS, type BoardPanel } from '../api.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function change({ send }: TestServer, path: string, body: unknown): Promise<Response> {
  return send(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  });
}

async function saveBoard(server: TestServer, panels: readonly BoardPanel[], more: object = {}) {
  const body = { do: 'save', id: null, replaces: 0, name: 'Front page', panels, ...more };
  const response = await change(server, ADMIN_PATHS.boards, body);
  return { status: response.status, ...(await response.json()) };
}

async function share(server: TestServer, board: string, part: object = {}) {
  const body = { do: 'create', board, name: 'For ada', days: 7, search: 'range=24h', ...part };
  return (await change(server, ADMIN_PATHS.shares, body)).json();
}

function openWith({ send }: TestServer, token: string, path: string = ADMIN_PATHS.shared, address = '') {
  return send(path, { headers: { 'x-rum-share': token, 'x-forwarded-for': address } });
}

test('a board is kept as it was saved, changed by whoever saw its latest revision, and removed', async () => {
  const server = await startServer();
  const panels = [boardPanel(), boardPanel({ id: 'p2', metric: 'lcp', chart: 'line', width: 3 })];
  const saved = await saveBoard(server, panels);
  expect(saved).toMatchObject({ status: 200, revision: 1 });
  expect(await saveBoard(server, panels.slice(1), { id: saved.id, replaces: 1, name: 'b' })).toMatchObject({
    revision: 2,
  });
  expect(await saveBoard(server, [], { id: saved.id, replaces: 1 })).toMatchObject({
    status: 409,
    error: 'conflict',
  });
  const board = await (await server.send(`${ADMIN_PATHS.board}?id=${saved.id}`)).json();
  expect(board).toEqual({ id: saved.id, revision: 2, name: 'b', panels: panels.slice(1), savedAt: NOON });
  expect(await (await server.send(ADMIN_PATHS.boards)).json()).toEqual({
    boards: [{ id: saved.id, name: 'b', panels: 1, savedAt: NOON }],
  });
  await change(server, ADMIN_PATHS.boards, { do: 'remove', id: saved.id });
  expect((await server.send(`${ADMIN_PATHS.board}?id=${saved.id}`)).status).toBe(404);
  expect((await server.send(`${ADMIN_PATHS.board}?id=${encodeURIComponent('../x')}`)).status).toBe(400);
});

test.each([
  ['panels.0.metric', { metric: 'secrets' }],
  ['panels.0.dimension', { dimension: 'visitor' }],
  ['panels.0.chart', { chart: 'pie' }],
  ['panels.0.chart', { metric: 'errors', chart: 'histogram' }],
  ['panels.0.chart', { dimension: 'country', chart: 'line' }],
  ['panels.0.width', { width: 4 }],
  ['panels.0.filters', { filters: ['visitor:a'] }],
  ['panels.0.filters', { filters: Array.from({ length: 51 }, () => 'country:DE') }],
  ['panels.0.title', { title: 'x'.repeat(81) }],
  ['panels.0.id', { id: '../x' }],
  ['panels.0', { more: 1 }],
])('a board whose %s is wrong is refused: %o', async (parameter, part) => {
  const server = await startServer();
  expect(await saveBoard(server, [boardPanel(part as never)])).toMatchObject({ status: 400, parameter });
});

test('a board has at most 24 panels, each with an id of its own', async () => {
  const server = await startServer();
  const many = Array.from({ length: 25 }, (_, index) => boardPanel({ id: `p${index}` }));
  expect(await saveBoard(server, many)).toMatchObject({ status: 400, parameter: 'panels' });
  expect(await saveBoard(server, [boardPanel(), boardPanel()])).toMatchObject({
    status: 400,
    parameter: 'panels',
  });
});

test('a panel answers what it shows and nothing else, narrowed by its own filters', async () => {
  const server = await startServer();
  const lcp = (value: number) => ({ lcp: { value } });
  await server.post(
    batch({
      views: [
        view({ vitals: lcp(1000) }),
        view({ vitals: lcp(3000) }),
        view({ route: '/', vitals: lcp(50) }),
      ],
    }),
  );
  const ask = async (search: string) => (await server.send(`${ADMIN_PATHS.panel}?${search}`)).json();
  expect(await ask('metric=views&chart=number&compare=previous')).toMatchObject({
    value: 3,
    before: 0,
    rows: [],
  });
  expect(await ask('metric=lcp&chart=histogram&filter=route:/')).toMatchObject({
    value: 50,
    figures: { n: 1 },
    series: [],
    histogram: [{ n: 1 }],
  });
  const line = await ask('metric=views&chart=line');
  expect(line.series).toHaveLength(48);
  expect(line.series.reduce((sum: number, { n }: { n: number }) => sum + n, 0)).toBe(3);
  expect(await ask('metric=lcp&dimension=route&chart=bars')).toMatchObject({
    value: null,
    rows: [
      { value: '/product/[id]', views: 2, figures: { n: 2, p75: 3000 } },
      { value: '/', views: 1, figures: { n: 1 } },
    ],
  });
  for (const [search, parameter] of [
    ['metric=secrets', 'metric'],
    ['metric=errors&dimension=route', 'dimension'],
    ['chart=pie', 'chart'],
    ['metric=errors&chart=histogram', 'chart'],
    ['range=1y', 'range'],
  ]) {
    expect(await ask(search as string)).toMatchObject({ error: 'invalid_parameter', parameter });
  }
});

test('errors over time are as many as their number, by the views that they happened in', async () => {
  const server = await startServer();
  const shown = view({ route: '/cart', id: newId(NOON) });
  const failed = (part: object = {}) =>
    errorEvent({ viewId: shown.id, route: '/cart', at: NOON - HOUR, id: newId(NOON), ...part });
  const events = [
    failed(),
    failed({ count: 2 }),
    failed({ message: 'another' }),
    failed({ at: NOON - 26 * HOUR }),
  ];
  await server.post(batch({ views: [shown], events }));
  for (const [search, value, before] of [
    ['', 4, 1],
    ['&filter=route:/cart', 4, 1],
    ['&filter=route:/', 0, 0],
  ] as const) {
    const ask = async (chart: string) =>
      (
        await server.send(`${ADMIN_PATHS.panel}?metric=errors&chart=${chart}&compare=previous${search}`)
      ).json();
    const { series, ...line } = await ask('line');
    expect(line).toMatchObject({ value, before });
    expect(await ask('number')).toMatchObject({ value, before, series: [] });
    expect(series).toHaveLength(48);
    const told = series.filter(({ value: n }: { value: number }) => n > 0);
    expect(told).toEqual(
      value === 0 ? [] : [{ t: NOON - HOUR, until: NOON - HOUR / 2, value, interval: null, n: value }],
    );
  }
});

test('a link opens its board with the question it was made with, and no other', async () => {
  const server = await startServer();
  await server.post(batch({ views: [view(), view({ startedAt: NOON - 2 * DAY }), view({ route: '/' })] }));
  const { id } = await saveBoard(server, [
    boardPanel(),
    boardPanel({ id: 'p2', filters: ['route:/'] }),
    boardPanel({ id: 'p3', filters: ['!route:/'] }),
  ]);
  const { token, expiresAt } = await share(server, id, { search: 'range=7d&filter=route:/product/[id]' });
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(expiresAt).toBe(NOON + 7 * DAY);

  const opened = await openWith(server, token);
  expect(await opened.json()).toMatchObject({
    name: 'Front page',
    expiresAt,
    panels: [{ id: 'p1' }, {}, {}],
  });
  expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
  expect(opened.headers.get('x-robots-tag')).toBe('noindex, nofollow');
  expect(opened.headers.get('cache-control')).toBe('no-store');

  const value = async (panel: string) => {
    const response = await openWith(server, token, `${ADMIN_PATHS.sharedPanel}?${panel}`);
    return [response.status, (await response.json()).value];
  };
  expect(await value('id=p1')).toEqual([200, 2]);
  // Nothing else in the address counts.
  expect(await value('id=p1&range=1h&filter=route:/&metric=errors')).toEqual([200, 2]);
  expect(await value('id=p2')).toEqual([200, 1]);
  expect(await value('id=p3')).toEqual([200, 2]);
  expect(await value('id=p4')).toEqual([404, undefined]);
});

test('a token is stored as its digest only, and told once', async () => {
  const server = await startServer();
  const { id: board } = await saveBoard(server, [boardPanel()]);
  const { id, token } = await share(server, board);
  expect(id).toBe(createHash('sha256').update(token).digest('hex'));
  const kept = [
    await server.store.saved('default', 'share'),
    await server.store.changes('default', 10),
    await (await server.send(ADMIN_PATHS.shares)).json(),
    server.lines,
  ];
  expect(JSON.stringify(kept)).not.toContain(token);
  expect((await share(server, board)).token).not.toBe(token);
});

test('a link ends by its time, by revoking it and with its board', async () => {
  const clock = { time: NOON };
  const server = await startServer({ now: () => clock.time });
  const { id: board } = await saveBoard(server, [boardPanel()]);
  const [first, second] = [await share(server, board, { days: 1 }), await share(server, board, { days: 30 })];
  const statuses = async () => [
    (await openWith(server, first.token)).status,
    (await openWith(server, second.token, `${ADMIN_PATHS.sharedPanel}?id=p1`)).status,
  ];
  const states = async () => {
    const { shares } = await (await server.send(ADMIN_PATHS.shares)).json();
    return Object.fromEntries(shares.map(({ id, state }: { id: string; state: string }) => [id, state]));
  };
  expect(await statuses()).toEqual([200, 200]);
  clock.time += DAY;
  expect(await statuses()).toEqual([404, 200]);
  expect(await states()).toEqual({ [first.id]: 'expired', [second.id]: 'open' });
  await change(server, ADMIN_PATHS.shares, { do: 'revoke', id: second.id });
  expect(await statuses()).toEqual([404, 404]);
  expect(await states()).toMatchObject({ [second.id]: 'revoked' });
  const third = await share(server, board);
  await change(server, ADMIN_PATHS.boards, { do: 'remove', id: board });
  expect((await openWith(server, third.token)).status).toBe(404);
  expect(await states()).toMatchObject({ [third.id]: 'gone' });
  expect(await share(server, board)).toMatchObject({ error: 'not_found' });
});

test('guessing links is slowed down for whoever guesses, and for nobody else', async () => {
  const server = await startServer({ config: { trustedProxyHops: 1 } });
  const { id: board } = await saveBoard(server, [boardPanel()]);
  const { token } = await share(server, board);
  const guess = (address: string, guessed = 'b'.repeat(43)) =>
    openWith(server, guessed, ADMIN_PATHS.shared, address);
  for (let index = 0; index < 20; index += 1) expect((await guess('203.0.113.9')).status).toBe(404);
  const throttled = await guess('203.0.113.9', token);
  expect(throttled.status).toBe(429);
  expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await guess('198.51.100.7', token)).status).toBe(200);
});

test.each([
  ['days', { days: 0 }],
  ['days', { days: 366 }],
  ['days', { days: 1.5 }],
  ['name', { name: ' ' }],
  ['board', { board: '../x' }],
  ['range', { search: 'range=1y' }],
])('a link with a wrong %s is refused: %o', async (parameter, part) => {
  const server = await startServer();
  const { id } = await saveBoard(server, [boardPanel()]);
  expect(await share(server, id, part)).toMatchObject({ error: 'invalid_parameter', parameter });
});
