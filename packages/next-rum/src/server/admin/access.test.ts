import { expect, test, vi } from 'vitest';
import { fingerprintOf } from '../../analysis/errors/fingerprintOf.js';
import { requestKey, templateOf } from '../../analysis/requests/requestKey.js';
import {
  batch,
  CONFIG,
  errorEvent,
  resourceEvent,
  startServer,
  type TestServer,
  unavailableStore,
  view,
} from '../../testing/rumServer.js';
import { BOARD, INCIDENT, saveThings, TOKEN } from '../../testing/savedThings.js';
import { ADMIN_PATHS } from '../api.js';
import { passwordSignIn } from '../passwordSignIn.js';

const PASSWORD = 'correct horse';
const VIEWER_PASSWORD = 'battery staple';
const SECRET = '/only-for-the-team';
const VIEW = view({ route: SECRET, path: SECRET });
const ERROR = errorEvent({ route: SECRET, message: SECRET });
const REQUEST = resourceEvent({ route: SECRET, name: SECRET });

/** Paths with a door of their own, each with tests of its own. Every other path that a server answers is in the matrix. */
const DOORS: readonly string[] = ['/batch', '/maintain', ADMIN_PATHS.signIn, ADMIN_PATHS.signOut];
/** What a path cannot be asked without. */
const NEEDED: { readonly [path: string]: string } = {
  [ADMIN_PATHS.error]: `fingerprint=${fingerprintOf(ERROR)}`,
  [ADMIN_PATHS.request]: `key=${requestKey(templateOf({ name: REQUEST.name, said: { ...REQUEST } }))}`,
  [ADMIN_PATHS.session]: `id=${VIEW.id}`,
  [ADMIN_PATHS.funnel]: 'step=view:/&step=custom:order',
  [ADMIN_PATHS.goals]: 'goal=view:/',
  [ADMIN_PATHS.impact]: 'goal=view:/',
  [ADMIN_PATHS.health]: 'details',
  [ADMIN_PATHS.board]: `id=${BOARD}`,
  [ADMIN_PATHS.insight]: `id=${INCIDENT}`,
  [ADMIN_PATHS.sharedPanel]: 'id=p1',
};
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const { routes } = await startServer({ store: unavailableStore() });
/** What the link to a board opens, and nothing else. */
const SHARED: readonly string[] = [ADMIN_PATHS.shared, ADMIN_PATHS.sharedPanel];
const ALL = [...routes.keys()].filter((path) => !DOORS.includes(path));
/** What authorize guards. */
const PATHS = ALL.filter((path) => !SHARED.includes(path));

async function start(): Promise<TestServer> {
  vi.stubEnv('NODE_ENV', 'production');
  const authorize = passwordSignIn({ password: PASSWORD, viewerPassword: VIEWER_PASSWORD });
  const server = await startServer({ config: { ...CONFIG, authorize } });
  await server.post(batch({ views: [VIEW], events: [ERROR, REQUEST] }));
  await saveThings(server.store, SECRET);
  return server;
}

async function sessionOf({ send }: TestServer, password: string): Promise<string> {
  const response = await send(ADMIN_PATHS.signIn, {
    method: 'POST',
    body: JSON.stringify({ password }),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  });
  return response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

/** As the admin's own page asks it. */
function ask({ send }: TestServer, method: string, path: string, headers: Record<string, string>) {
  const writes = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
  return send(`${path}?${NEEDED[path] ?? ''}`, {
    method,
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(writes && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(writes && { body: '{}' }),
  });
}

/** Whether a server answers the method at the path at all. */
function isTaken(method: string, path: string): boolean {
  return routes.get(path)?.includes(method === 'HEAD' ? 'GET' : method) === true;
}

test('the matrix has every path of the admin', () => {
  expect(ALL).toEqual(
    expect.arrayContaining(Object.values(ADMIN_PATHS).filter((path) => !DOORS.includes(path))),
  );
});

test.each(PATHS)('%s tells a stranger nothing, whatever the method', async (path) => {
  const server = await start();
  const session = await sessionOf(server, PASSWORD);
  const strangers: readonly Record<string, string>[] = [
    {},
    { cookie: session.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) },
    { cookie: `rum_session=${PASSWORD}` },
    { authorization: `Bearer ${PASSWORD}` },
  ];
  for (const method of METHODS) {
    for (const headers of strangers) {
      const refused = await ask(server, method, path, headers);
      expect([method, refused.status]).toEqual([method, isTaken(method, path) ? 401 : 405]);
      expect(await refused.text()).not.toContain(SECRET);
      expect(refused.headers.has('content-disposition')).toBe(false);
    }
  }
  for (const search of ['format=csv', 'format=ndjson', 'audience=bots&compare=week']) {
    const refused = await server.send(`${path}?${NEEDED[path] ?? ''}&${search}`);
    expect(await refused.text()).not.toContain(SECRET);
    expect(refused.status).not.toBe(200);
  }
});

test.each(PATHS)(
  '%s shows a viewer all that it shows an admin, and lets only the admin change',
  async (path) => {
    const server = await start();
    const [admin, viewer] = [await sessionOf(server, PASSWORD), await sessionOf(server, VIEWER_PASSWORD)];
    for (const method of METHODS) {
      const ofAdmin = await ask(server, method, path, { cookie: admin });
      const ofViewer = await ask(server, method, path, { cookie: viewer });
      const statuses = [method, ofAdmin.status, ofViewer.status];
      if (!isTaken(method, path)) expect(statuses).toEqual([method, 405, 405]);
      else if (method === 'POST') expect(statuses).toEqual([method, 400, 403]);
      else {
        expect(statuses).toEqual([method, 200, 200]);
        // Health tells of the moment it is asked at.
        if (path !== ADMIN_PATHS.health) expect(await ofViewer.text()).toBe(await ofAdmin.text());
      }
    }
  },
);

test.each(PATHS)('%s is refused to everyone whom authorize does not say yes to', async (path) => {
  vi.stubEnv('NODE_ENV', 'production');
  const store = unavailableStore();
  for (const authorize of [null, () => false, () => Promise.reject(new Error('down'))]) {
    const server = await startServer({ config: { authorize }, store });
    for (const method of routes.get(path) ?? []) {
      expect((await ask(server, method, path, {})).status).toBe(403);
    }
  }
});

test.each(ALL)('%s opens to the link of a board where it is of that board', async (path) => {
  const server = await start();
  for (const method of METHODS) {
    const answer = await ask(server, method, path, { 'x-rum-share': TOKEN });
    if (!isTaken(method, path)) expect([method, answer.status]).toEqual([method, 405]);
    else if (SHARED.includes(path)) expect([method, answer.status]).toEqual([method, 200]);
    else {
      expect([method, answer.status]).toEqual([method, 401]);
      expect(await answer.text()).not.toContain(SECRET);
    }
  }
});

test.each(SHARED)('%s is for whoever has the link, whatever else they are', async (path) => {
  const server = await start();
  const session = await sessionOf(server, PASSWORD);
  const strangers: readonly Record<string, string>[] = [
    {},
    { cookie: session },
    { 'x-rum-share': 'b'.repeat(43) },
    { 'x-rum-share': TOKEN.slice(1) },
    { 'x-rum-share': `${TOKEN}a` },
    { authorization: `Bearer ${TOKEN}` },
    { cookie: `x-rum-share=${TOKEN}` },
  ];
  for (const headers of strangers) {
    for (const method of METHODS) {
      const refused = await ask(server, method, path, headers);
      expect([method, refused.status]).toEqual([method, isTaken(method, path) ? 404 : 405]);
      expect(await refused.text()).not.toContain(SECRET);
    }
  }
  const inAddress = await server.send(`${path}?id=p1&token=${TOKEN}&x-rum-share=${TOKEN}`);
  expect(inAddress.status).toBe(404);
});

test.each(PATHS.filter((path) => routes.get(path)?.includes('POST')))(
  '%s is changed from the admin’s own page only, as JSON',
  async (path) => {
    const server = await start();
    const cookie = await sessionOf(server, PASSWORD);
    const before = await server.store.changes('default', 100);
    const foreign: readonly Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', origin: 'null' },
      { origin: 'https://evil.example', host: 'shop.example', 'sec-fetch-site': 'none' },
    ];
    for (const headers of foreign) {
      expect((await ask(server, 'POST', path, { cookie, ...headers })).status).toBe(403);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '']) {
      expect((await ask(server, 'POST', path, { cookie, 'content-type': type })).status).toBe(415);
    }
    for (const body of ['', 'null', '[]', '{', '{"do":"remove"}', '{"__proto__":{"do":"remove"}}']) {
      const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
      const refused = await server.send(path, { method: 'POST', headers, body });
      expect([body, refused.status, (await refused.json()).error]).toEqual([body, 400, 'invalid_parameter']);
    }
    expect(await server.store.changes('default', 100)).toEqual(before);
  },
);
