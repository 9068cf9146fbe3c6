import { expect, test, vi } from 'vitest';
import {
  batch,
  CONFIG,
  event,
  NOON,
  openTestStore,
  startServer,
  unavailableStore,
  view,
} from '../testing/rumServer.js';
import { OPERATIONS } from './admin/operations.js';
import { ADMIN_PATHS } from './api.js';
import type { Authorize } from './config.js';

const MINUTE = 60_000;
/** Every route that shows data; health has a part that is for everyone. */
const {
  health: _health,
  signIn: _signIn,
  signOut: _signOut,
  // Have a parameter that they cannot do without: admin/errors.test.ts, insights.test.ts, requests.test.ts, sessions.test.ts, shares.test.ts.
  error: _error,
  request: _request,
  session: _session,
  board: _board,
  insight: _insight,
  // Only takes changes.
  notes: _notes,
  // Opens to the link of a board: admin/shares.test.ts.
  shared: _shared,
  sharedPanel: _sharedPanel,
  funnel: _funnel,
  goals: _goals,
  impact: _impact,
  ...DATA_PATHS
} = ADMIN_PATHS;
const DATA = Object.values(DATA_PATHS);
/** Those that are about views, and take a question. */
const QUESTIONS = DATA.filter((path) => 'audience' in (OPERATIONS[path]?.parameters ?? {}));

test('the overview shows what was collected, empty buckets included', async () => {
  const { post, send } = await startServer();
  await post(
    batch({
      views: [view({ startedAt: NOON - 90 * MINUTE }), view({ vitals: { lcp: { value: 5000 } } })],
      events: [event()],
    }),
  );
  const response = await send('/admin/overview');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const { range, totals, vitals, traffic } = await response.json();
  expect(range).toEqual({
    name: '24h',
    from: NOON + 30 * MINUTE - 24 * 60 * MINUTE,
    to: NOON + 30 * MINUTE,
    bucketMs: 30 * MINUTE,
  });
  expect(totals).toMatchObject({ views: 2, events: 1, errors: 0, sampleViews: 0 });
  expect(vitals.lcp).toEqual({ p75: 5000, interval: null, n: 2, good: 1, needsImprovement: 0, poor: 1 });
  expect(vitals.inp).toEqual({ p75: null, interval: null, n: 0, good: 0, needsImprovement: 0, poor: 0 });
  expect(traffic).toHaveLength(48);
  expect(traffic[0].t).toBe(range.from);
  expect(traffic.filter(({ views }: { views: number }) => views > 0)).toMatchObject([
    { t: NOON - 90 * MINUTE, views: 1, sessions: 1 },
    { t: NOON - 30 * MINUTE, views: 1, sessions: 1 },
  ]);
});

test.each([
  ['1h', 60, MINUTE],
  ['24h', 48, 30 * MINUTE],
  ['7d', 56, 180 * MINUTE],
  ['30d', 60, 720 * MINUTE],
])('the range %s has %i whole buckets and includes the present', async (name, buckets, bucketMs) => {
  const { post, send } = await startServer();
  await post(batch({ views: [view({ startedAt: NOON })] }));
  const { range, totals, traffic } = await (await send(`/admin/overview?range=${name}`)).json();
  expect(range).toMatchObject({ name, bucketMs, to: range.from + buckets * bucketMs });
  expect(range.from % bucketMs).toBe(0);
  expect(totals.views).toBe(1);
  expect(traffic.map(({ t }: { t: number }) => t)).toEqual(
    Array.from({ length: buckets }, (_, index) => range.from + index * bucketMs),
  );
  expect(traffic.at(-1).views).toBe(1);
});

test('routes come by views', async () => {
  const { post, send } = await startServer();
  await post(batch({ views: [view(), view(), view({ route: '/' })] }));
  const { rows, truncated } = await (await send('/admin/breakdown?dimension=route&range=1h')).json();
  expect(rows).toMatchObject([
    { value: '/product/[id]', views: 2, vitals: { lcp: { n: 2, p75: 1200.5 } } },
    { value: '/', views: 1 },
  ]);
  expect(truncated).toBe(false);
});

test('more values than shown are said to be there, and of routes all that a day may have are shown', async () => {
  const { post, send } = await startServer();
  const views = Array.from({ length: 201 }, (_, index) =>
    view({ route: `/${index}`, referrer: `https://${index}.example` }),
  );
  await post(batch({ views }));
  const shown = async (dimension: string) => {
    const { rows, truncated } = await (await send(`/admin/breakdown?dimension=${dimension}`)).json();
    return [rows.length, truncated];
  };
  expect(await shown('referrer')).toEqual([200, true]);
  expect(await shown('route')).toEqual([201, false]);
});

test('live shows the latest views of half an hour, latest first, and no visitor', async () => {
  const { post, send } = await startServer();
  await post(
    batch({
      views: [
        view({ path: '/old', startedAt: NOON - 31 * MINUTE }),
        view({ path: '/first', startedAt: NOON - MINUTE }),
        view({ path: '/now', startedAt: NOON }),
      ],
    }),
  );
  const { now, views } = await (await send('/admin/live')).json();
  expect(now).toBe(NOON);
  expect(views.map(({ path }: { path: string }) => path)).toEqual(['/now', '/first']);
  expect(views[0].vitals).toEqual({ lcp: 1200.5, inp: null, cls: null, fcp: null, ttfb: null });
  expect(views[0]).not.toHaveProperty('visitor');
});

test('an app sees its own views only', async () => {
  const { post, send } = await startServer();
  await post(batch({ app: 'other', views: [view()] }));
  expect((await (await send('/admin/overview')).json()).totals.views).toBe(0);
});

test.each(['2h', '', '24H', '__proto__', "1h' OR 1=1"])('the range %s is refused by name', async (range) => {
  const { send } = await startServer();
  const response = await send(`/admin/overview?range=${encodeURIComponent(range)}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    error: 'invalid_parameter',
    message: 'range must be one of 1h, 24h, 7d, 30d',
    parameter: 'range',
  });
});

test('an unknown audience is refused by name, by every data route', async () => {
  const { send } = await startServer();
  for (const path of QUESTIONS) {
    const response = await send(`${path}?audience=everybody`);
    expect([path, response.status, await response.json()]).toEqual([
      path,
      400,
      {
        error: 'invalid_parameter',
        message: 'audience must be one of visitors, bots, admin',
        parameter: 'audience',
      },
    ]);
  }
});

test.each<[string, Authorize | null, string, number]>([
  ['a yes', () => true, 'production', 200],
  ['a late yes', async () => true, 'production', 200],
  ['a no', () => false, 'production', 403],
  ['a late no', async () => false, 'production', 403],
  ['a yes that is none', (() => 'yes') as never, 'production', 403],
  ['a no in development', () => false, 'development', 403],
  [
    'an exception',
    () => {
      throw new Error('session store down');
    },
    'development',
    403,
  ],
  ['a rejection', () => Promise.reject(new Error('session store down')), 'production', 403],
  ['none in production', null, 'production', 403],
  ['none in an environment nobody knows', null, 'staging', 403],
  ['none in development', null, 'development', 200],
])('authorize: with %s every data route answers alike', async (_name, authorize, environment, status) => {
  vi.stubEnv('NODE_ENV', environment);
  const { send } = await startServer({ config: { ...CONFIG, authorize } });
  for (const path of DATA) expect([path, (await send(path)).status]).toEqual([path, status]);
});

test('without authorize production says how to set it, before it asks the database', async () => {
  vi.stubEnv('NODE_ENV', 'production');
  const { send } = await startServer({ config: { authorize: null }, store: unavailableStore() });
  const { error, message } = await (await send('/admin/overview')).json();
  expect(error).toBe('forbidden');
  expect(message).toBe(
    'RUM: authorize is missing — the admin refuses every request in production until defineRum({ authorize }) is set',
  );
});

test('authorize is given the headers of the request', async () => {
  const authorize = vi.fn(({ headers }: { headers: Headers }) => headers.get('x-role') === 'admin');
  const { send } = await startServer({ config: { authorize } });
  expect((await send('/admin/live', { headers: { 'x-role': 'admin' } })).status).toBe(200);
  expect((await send('/admin/live')).status).toBe(403);
});

test('an authorize that fails is logged, and its reason kept from the visitor', async () => {
  const authorize = () => Promise.reject(new Error('password=hunter2'));
  const { send, lines } = await startServer({ config: { authorize } });
  expect(await (await send('/admin/live')).text()).not.toContain('hunter2');
  expect(lines).toEqual([expect.stringContaining('authorize_failed')]);
});

test('without a database the admin is told to come back', async () => {
  const { send } = await startServer({ store: unavailableStore() });
  // In strict privacy there is nothing to read of who came again.
  for (const path of QUESTIONS.filter((each) => each !== ADMIN_PATHS.retention)) {
    const response = await send(path);
    expect([path, response.status]).toEqual([path, 503]);
    expect(await response.json()).toMatchObject({ error: 'unavailable' });
  }
});

test('a bug in a query is an internal error without details', async () => {
  const store = await openTestStore();
  vi.spyOn(store, 'views').mockRejectedValue(new Error('near "SELEC": syntax error'));
  const { send, lines } = await startServer({ store });
  const response = await send('/admin/live');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('SELEC');
  expect(lines[0]).toContain('SELEC');
});
