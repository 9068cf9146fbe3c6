import { expect, test } from 'vitest';
import { makeView } from '../../testing/rows.js';
import { NOON, startServer, type TestServer } from '../../testing/rumServer.js';
import { boardPanel } from '../../testing/savedThings.js';
import { ADMIN_PATHS } from '../api.js';

const USERS = "users are known only with defineRum({ privacy: 'consent' })";

/** Views of two campaigns, two users and two plans. */
async function startWithSaid(privacy: 'strict' | 'consent' = 'consent'): Promise<TestServer> {
  const server = await startServer({ config: { privacy } });
  const said = [
    {
      utm: { source: 'letter', campaign: 'spring' },
      attributes: { plan: 'pro', 'a:b%3A': 1 },
      userId: 'u-1',
    },
    { utm: { source: 'letter', campaign: 'winter' }, attributes: { plan: 'free' }, userId: 'u-2' },
    { utm: null, attributes: null, userId: null },
  ];
  const views = said.map(({ utm, attributes, userId }, index) =>
    makeView(index, {
      app: 'default',
      startedAt: NOON - 1000 - index,
      utm: utm && JSON.stringify(utm),
      attributes: attributes && JSON.stringify(attributes),
      userId,
    }),
  );
  await server.store.insert({ views, events: [] });
  return server;
}

async function ask({ send }: TestServer, path: string) {
  const response = await send(`/admin/${path}`);
  return { status: response.status, body: await response.json() };
}

async function change({ send }: TestServer, path: string, body: unknown) {
  const response = await send(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  });
  return { status: response.status, body: await response.json() };
}

test.each([
  ['filter=utm_source:letter', 2],
  ['filter=!utm_campaign:spring', 2],
  ['filter=utm_term:', 3],
  ['filter=property.plan:pro', 1],
  ['filter=property.plan:pro&filter=property.plan:free&filter=user:u-2', 1],
  ['filter=!user:', 2],
  [`filter=${encodeURIComponent('property.a%3Ab%253A:1')}`, 1],
  [`filter=${encodeURIComponent('property.a:b%3A:1')}`, 0],
])('views are filtered by what was said of them: %s', async (search, views) => {
  const { body } = await ask(await startWithSaid(), `overview?${search}`);
  expect(body.totals.views).toBe(views);
});

test('what a filter may be set to is counted in the latest views, and it is said which', async () => {
  const server = await startWithSaid();
  expect((await ask(server, 'values?dimension=utm_campaign&filter=utm_campaign:spring')).body).toMatchObject({
    dimension: 'utm_campaign',
    values: [
      { value: '', views: 1 },
      { value: 'spring', views: 1 },
      { value: 'winter', views: 1 },
    ],
    told: { views: 3, of: null, complete: true },
  });
  const { body: names } = await ask(server, 'values?dimension=property&filter=!user:u-2&search=a');
  expect(names.values).toEqual([
    { value: 'a:b%3A', views: 1 },
    { value: 'plan', views: 1 },
  ]);
  expect(names.told.views).toBe(2);
  const { body: odd } = await ask(
    server,
    `values?dimension=${encodeURIComponent('property.a%3Ab%253A')}&search=1`,
  );
  expect([odd.dimension, odd.values]).toEqual(['property.a%3Ab%253A', [{ value: '1', views: 1 }]]);
  expect((await ask(server, 'values?dimension=country')).body.told).toBeNull();
  const file = await server.send(
    `/admin/values?dimension=${encodeURIComponent('property.ü"\r\n')}&format=csv`,
  );
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="property-values.csv"');
});

test.each([
  ['overview?filter=property.:x', 'filter'],
  [`overview?filter=property.${'x'.repeat(513)}:x`, 'filter'],
  [`overview?filter=property.${'x'.repeat(100_000)}:x`, 'filter'],
  [`overview?filter=property.plan:${'x'.repeat(513)}`, 'filter'],
  ['overview?filter=utm_id:x', 'filter'],
  ['overview?filter=propertyplan:x', 'filter'],
  ['values?dimension=property.', 'dimension'],
  ['values?dimension=utm', 'dimension'],
  ['breakdown?dimension=user', 'dimension'],
])('%.60s is refused by name', async (path, parameter) => {
  const { status, body } = await ask(await startWithSaid(), path);
  expect([status, body.error, body.parameter]).toEqual([400, 'invalid_parameter', parameter]);
});

test('strict privacy tells nobody which users there were, whatever is still stored', async () => {
  const server = await startWithSaid('strict');
  for (const path of ['overview', 'sessions', 'values', 'live', 'breakdown', 'insights', 'retention']) {
    const { status, body } = await ask(server, `${path}?filter=user:u-1`);
    expect([path, status, body.parameter, body.message]).toEqual([path, 400, 'filter', USERS]);
  }
  const { body } = await ask(server, 'values?dimension=user');
  expect([body.parameter, body.message]).toEqual(['dimension', USERS]);
});

test('a link says nothing of users: neither what it asks nor a panel of its board may name one', async () => {
  const server = await startWithSaid();
  const panels = [
    boardPanel(),
    boardPanel({ id: 'p2', filters: ['user:u-1'] }),
    boardPanel({ id: 'p3', filters: ['!user:u-1', 'device:mobile'] }),
  ];
  const board = { do: 'save', id: null, replaces: 0, name: 'Front page', panels };
  const { id } = (await change(server, ADMIN_PATHS.boards, board)).body;
  const create = { do: 'create', board: id, name: 'For ada', days: 7 };
  const refused = await change(server, ADMIN_PATHS.shares, { ...create, search: 'range=7d&filter=user:u-1' });
  expect([refused.status, refused.body.parameter]).toEqual([400, 'search']);

  const { token } = (
    await change(server, ADMIN_PATHS.shares, { ...create, search: 'filter=property.plan:pro' })
  ).body;
  const open = async (path: string) => {
    const response = await server.send(path, { headers: { 'x-rum-share': token } });
    return { status: response.status, body: await response.json() };
  };
  const { body: shown } = await open(ADMIN_PATHS.shared);
  expect(shown.panels.map((panel: { id: string }) => panel.id)).toEqual(['p1']);
  expect(JSON.stringify(shown)).not.toContain('u-1');
  expect((await open(`${ADMIN_PATHS.sharedPanel}?id=p1`)).body.value).toBe(1);
  expect((await open(`${ADMIN_PATHS.sharedPanel}?id=p2`)).status).toBe(404);
});
