import { expect, test, vi } from 'vitest';
import { fingerprintOf } from '../../analysis/errors/fingerprintOf.js';
import { batch, CONFIG, errorEvent, startServer, view } from '../../testing/rumServer.js';
import { ADMIN_PATHS } from '../api.js';
import { passwordSignIn } from '../passwordSignIn.js';

/** Of every path: whether it shows data, has a part for everyone, or is how one comes in. A new one does not compile without. */
const KINDS: { readonly [name in keyof typeof ADMIN_PATHS]: 'data' | 'health' | 'door' } = {
  overview: 'data',
  vital: 'data',
  breakdown: 'data',
  values: 'data',
  causes: 'data',
  errors: 'data',
  error: 'data',
  sessions: 'data',
  session: 'data',
  live: 'data',
  openApi: 'data',
  health: 'health',
  signIn: 'door',
  signOut: 'door',
};
const SECRET = '/only-for-the-team';
const VIEW = view({ route: SECRET, path: SECRET });
const ERROR = errorEvent({ route: SECRET, message: SECRET });
/** What a path cannot be asked without. */
const NEEDED: { readonly [path: string]: string } = {
  [ADMIN_PATHS.error]: `fingerprint=${fingerprintOf(ERROR)}`,
  [ADMIN_PATHS.session]: `id=${VIEW.id}`,
};
const MATRIX = Object.entries(ADMIN_PATHS).flatMap(([name, path]) => {
  const kind = KINDS[name as keyof typeof KINDS];
  if (kind === 'door') return [];
  return kind === 'health'
    ? [`${path}?details`]
    : ['', 'format=csv', 'audience=bots&compare=week'].map((search) => {
        const parameters = [NEEDED[path], search].filter(Boolean).join('&');
        return parameters === '' ? path : `${path}?${parameters}`;
      });
});

test.each(MATRIX)('%s is for whoever may open the admin, and nobody else learns anything', async (path) => {
  vi.stubEnv('NODE_ENV', 'production');
  const authorize = passwordSignIn({ password: 'correct horse' });
  const { post, send } = await startServer({ config: { ...CONFIG, authorize } });
  await post(batch({ views: [VIEW], events: [ERROR] }));
  const signIn = await send(ADMIN_PATHS.signIn, {
    method: 'POST',
    body: JSON.stringify({ password: 'correct horse' }),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  });
  const session = signIn.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  const forged = session.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));

  const strangers: readonly Record<string, string>[] = [
    {},
    { cookie: forged },
    { authorization: 'Bearer correct horse' },
  ];
  for (const headers of strangers) {
    const refused = await send(path, { headers });
    const body = await refused.json();
    expect([refused.status, Object.keys(body)]).toEqual([401, ['error', 'message']]);
    expect(JSON.stringify(body)).not.toContain(SECRET);
  }
  const head = await send(path, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-disposition')]).toEqual([401, null]);
  // Of a group or a session that bots have none of, they are told so.
  const ofNothing = /admin.(error|session)\?/.test(path) && path.includes('audience=bots');
  expect((await send(path, { headers: { cookie: session } })).status).toBe(ofNothing ? 404 : 200);
  expect((await send(path, { method: 'POST', headers: { cookie: session } })).status).toBe(405);
});

test.each(MATRIX)('%s is refused to everyone whom authorize does not say yes to', async (path) => {
  vi.stubEnv('NODE_ENV', 'production');
  for (const authorize of [null, () => false, () => Promise.reject(new Error('down'))]) {
    const { send } = await startServer({ config: { authorize } });
    expect((await send(path)).status).toBe(403);
  }
});
