import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fingerprintOf } from '../../analysis/errors/fingerprintOf.js';
import { requestKey, templateOf } from '../../analysis/requests/requestKey.js';
import { batch, errorEvent, NOON, resourceEvent, startServer, view } from '../../testing/rumServer.js';
import { BOARD, INCIDENT, saveThings, TOKEN } from '../../testing/savedThings.js';
import { ADMIN_PATHS } from '../api.js';
import { openApiDocument } from './openApiDocument.js';
import { CHANGES, OPERATIONS, SHARED_OPERATIONS } from './operations.js';
import { errorSchema } from './schemas.js';

const { health: _health, signIn: _signIn, signOut: _signOut, openApi: _openApi, ...DATA } = ADMIN_PATHS;

test('docs/openapi.json is what the source says (npm run openapi -w @rumkit/next-rum)', () => {
  const published = readFileSync(new URL('../../../../../docs/openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(published)).toEqual(openApiDocument('/api/rum'));
});

test('every data route is in it', () => {
  const paths = new Set([OPERATIONS, SHARED_OPERATIONS, CHANGES].flatMap((each) => Object.keys(each)));
  expect([...paths].sort()).toEqual(Object.values(DATA).sort());
});

test('it is served with the path of the app’s own endpoint, and refers to nothing that is not there', async () => {
  const { send } = await startServer();
  const document = await (await send(ADMIN_PATHS.openApi)).json();
  expect(document.servers).toEqual([{ url: '/api/rum' }]);
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w*)"/g)];
  const names = new Set(references.map(([, name]) => name));
  expect([...names].sort()).toEqual(Object.keys(document.components.schemas).sort());
});

/** What a path cannot be asked without, besides a group of errors. */
const NEEDED: { readonly [path: string]: string } = {
  [ADMIN_PATHS.board]: `&id=${BOARD}`,
  [ADMIN_PATHS.insight]: `&id=${INCIDENT}`,
  [ADMIN_PATHS.sharedPanel]: '&id=p1',
};
const ALL = Object.entries({ ...OPERATIONS, ...SHARED_OPERATIONS });

test.each(ALL)('what %s answers is what it says', async (path, { answer, parameters }) => {
  const { post, send, store } = await startServer();
  const attribution = { element: 'main>img', timeToFirstByte: 120, elementRenderDelay: 30 };
  const views = Array.from({ length: 30 }, (_, index) =>
    view({ startedAt: NOON - index * 60_000, vitals: { lcp: { value: 1200 + index, attribution } } }),
  );
  const error = errorEvent({
    viewId: views[0]?.id,
    stack: 'Error: no lamp\n    at pay (https://a/app.js:1:2)',
  });
  const request = resourceEvent({ viewId: views[0]?.id });
  await post(batch({ views, events: [error, request] }));
  await saveThings(store, 'shop');
  const key = requestKey(templateOf({ name: request.name, said: { ...request } }));
  const needed =
    {
      ...NEEDED,
      [ADMIN_PATHS.error]: `&fingerprint=${fingerprintOf(error)}`,
      [ADMIN_PATHS.request]: `&key=${key}`,
      [ADMIN_PATHS.session]: `&id=${views[0]?.id}`,
      [ADMIN_PATHS.funnel]: '&step=view:/product/[id]&step=view:/product/[id]',
      [ADMIN_PATHS.goals]: '&goal=view:/product/[id]',
      [ADMIN_PATHS.impact]: '&goal=view:/product/[id]',
    }[path] ?? '';
  const headers = { 'x-rum-share': TOKEN };
  for (const search of ['?range=24h', '?compare=previous', '?filter=browser:&filter=!os:Linux&range=1h']) {
    const response = await send(`${path}${search}${needed}`, { headers });
    const body = await response.json();
    expect(response.status).toBe(200);
    // Parsing leaves out what the schema does not know.
    expect(answer.parse(body)).toEqual(body);
  }
  if (!('audience' in parameters)) return;
  const refused = await (await send(`${path}?audience=everybody`)).json();
  expect(errorSchema.parse(refused)).toEqual(refused);
});

/** A value of each parameter that something cannot be asked without. */
const GIVEN: { readonly [name: string]: string } = {
  fingerprint: '&fingerprint=0123456789abcdef',
  key: '&key=0123456789abcdef',
  step: '&step=view:/&step=view:/b',
  goal: '&goal=view:/',
  id: '&id=018f0000-0000-7000-8000-000000000000',
};

test('what is required in it is refused by name where it is left out, and all else may be left out', async () => {
  const { send } = await startServer();
  for (const [path, { parameters }] of Object.entries(OPERATIONS)) {
    const required = Object.keys(parameters).filter(
      (name) => parameters[name]?.safeParse(undefined).success === false,
    );
    const search = (names: readonly string[]): string => `?${names.map((name) => GIVEN[name]).join('')}`;
    for (const name of required) {
      const response = await send(`${path}${search(required.filter((other) => other !== name))}`);
      const { parameter } = await response.json();
      expect([path, response.status, parameter]).toEqual([path, 400, name]);
    }
    const { status } = await send(`${path}${search(required)}`);
    // Nothing is stored, so that what is asked for by its id is not there.
    expect([path, [200, 404].includes(status)]).toEqual([path, true]);
  }
});
