import { defineRum } from '@rumkit/next-rum';
import { ADMIN_PATHS } from '../packages/next-rum/dist/server/api.js';
import { createRumServer } from '../packages/next-rum/dist/server/createRumServer.js';
import { INCIDENT, ROUTE, SECRET } from './adminMatrixData.js';
import { ask, type Matrix, matrixTest, SPAN, WHO, type Who } from './adminMatrixShop.js';
import { expect } from './shop.js';

const test = matrixTest([SECRET]);

/** Every path of the API that the build has, with its methods, as the package itself says. */
const { routes: ROUTES } = createRumServer({
  config: defineRum({ database: 'file:./unused.db' }).config,
  store: () => Promise.reject(new Error('nothing is asked of it')),
  now: Date.now,
});
/** Paths with a door of their own. */
const DOORS: readonly string[] = ['/batch', '/maintain', ADMIN_PATHS.signIn, ADMIN_PATHS.signOut];
/** What a link opens, and nothing else. */
const SHARED: readonly string[] = [ADMIN_PATHS.shared, ADMIN_PATHS.sharedPanel];
/** What is said by paths in which there is no name that a visitor brought. */
const NAMELESS: readonly string[] = [
  ADMIN_PATHS.overview,
  ADMIN_PATHS.vital,
  ADMIN_PATHS.panel,
  ADMIN_PATHS.impact,
  ADMIN_PATHS.retention,
  ADMIN_PATHS.comparisons,
  ADMIN_PATHS.trends,
  ADMIN_PATHS.alerts,
  ADMIN_PATHS.openApi,
  ADMIN_PATHS.health,
];

/** What a path cannot be asked without. */
function needed(path: string, { ids }: Matrix): string {
  const step = `view:${ROUTE}`;
  return (
    {
      [ADMIN_PATHS.error]: `fingerprint=${ids.error}`,
      [ADMIN_PATHS.request]: `key=${ids.request}`,
      [ADMIN_PATHS.session]: `id=${ids.session}`,
      [ADMIN_PATHS.funnel]: `step=${step}&step=custom:${SECRET}`,
      [ADMIN_PATHS.goals]: `goal=custom:${SECRET}`,
      [ADMIN_PATHS.impact]: `goal=${step}`,
      [ADMIN_PATHS.health]: 'details',
      [ADMIN_PATHS.board]: `id=${ids.board}`,
      [ADMIN_PATHS.insight]: `id=${INCIDENT}`,
      [ADMIN_PATHS.sharedPanel]: 'id=panel-0',
    }[path] ?? ''
  );
}

test('every data route of the build answers each as it may, and tells nobody else a figure', async ({
  shop,
}) => {
  const document = await (await ask(shop, 'admin', ADMIN_PATHS.openApi)).json();
  expect([...ROUTES.keys()]).toEqual(expect.arrayContaining(Object.keys(document.paths)));
  expect([...ROUTES.keys()]).toEqual(expect.arrayContaining(Object.values(ADMIN_PATHS)));

  const named: string[] = [];
  const reads = [...ROUTES].filter(([path, methods]) => methods.includes('GET') && !DOORS.includes(path));
  for (const [path] of reads) {
    const search = `${needed(path, shop)}&${SPAN}`;
    const allowed: readonly Who[] = SHARED.includes(path) ? ['link'] : ['viewer', 'admin'];
    const told: Record<string, string> = {};
    for (const who of WHO) {
      const answer = await ask(shop, who, `${path}?${search}`);
      const text = await answer.text();
      const asked = `GET ${path} by ${who}`;
      if (allowed.includes(who)) {
        expect(answer.status, `${asked}: ${text}`).toBe(200);
        told[who] = text;
        continue;
      }
      expect(answer.status, asked).toBe(SHARED.includes(path) ? 404 : 401);
      expectNothingTold(text, asked);
      for (const format of ['csv', 'ndjson']) {
        const file = await ask(shop, who, `${path}?${search}&format=${format}`);
        expect(file.status, asked).toBe(answer.status);
        expect(file.headers.has('content-disposition'), asked).toBe(false);
        expectNothingTold(await file.text(), asked);
      }
    }
    expect(told.link ?? '', `what a link opens at ${path}`).not.toContain(SECRET);
    expect(told.viewer?.includes(SECRET), path).toBe(told.admin?.includes(SECRET));
    if (told.admin?.includes(SECRET)) named.push(path);
  }
  // Otherwise nothing could be said of what is not told.
  const expected = reads.map(([path]) => path).filter((path) => ![...NAMELESS, ...SHARED].includes(path));
  expect(named.sort()).toEqual(expected.sort());
});

test('what changes something is for the admin alone', async ({ shop }) => {
  const writes = [...ROUTES].filter(([path, methods]) => methods.includes('POST') && !DOORS.includes(path));
  expect(writes.length).toBeGreaterThan(5);
  for (const [path] of writes) {
    for (const [who, status] of [
      ['anonymous', 401],
      ['link', 401],
      ['viewer', 403],
      // It is let in, and has said nothing that could be done.
      ['admin', 400],
    ] as const) {
      const answer = await ask(shop, who, path, 'POST');
      expect(answer.status, `POST ${path} by ${who}`).toBe(status);
      expectNothingTold(await answer.text(), `POST ${path} by ${who}`);
    }
  }
});

test('health tells anyone whether it works, and no more', async ({ shop }) => {
  for (const who of WHO) {
    expect(Object.keys(await (await ask(shop, who, ADMIN_PATHS.health)).json())).toEqual(['status']);
  }
});

/** Expects an error in words, and nothing beside it. */
function expectNothingTold(text: string, asked: string): void {
  expect(text, asked).not.toContain(SECRET);
  const { error, message, parameter: _parameter, ...more } = JSON.parse(text);
  expect([typeof error, typeof message, more], asked).toEqual(['string', 'string', {}]);
}
