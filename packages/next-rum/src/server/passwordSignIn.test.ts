import { expect, test, vi } from 'vitest';
import { batch, CONFIG, HOST, NOON, startServer, type TestServer, view } from '../testing/rumServer.js';
import { passwordSignIn } from './passwordSignIn.js';

const PASSWORD = 'correct horse';
const HOUR = 3_600_000;

async function startWithPassword(clock: { time: number } = { time: NOON }) {
  const now = () => clock.time;
  const authorize = passwordSignIn({ password: PASSWORD, now });
  const server = await startServer({ config: { ...CONFIG, authorize, trustedProxyHops: 1 }, now });
  return { ...server, authorize, clock };
}

function signIn({ send }: TestServer, password: unknown, headers: Record<string, string> = {}) {
  return send('/admin/sign-in', {
    method: 'POST',
    body: JSON.stringify({ password }),
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', ...headers },
  });
}

function sessionOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

async function statusWith({ send }: TestServer, cookie: string): Promise<number> {
  return (await send('/admin/live', { headers: { cookie } })).status;
}

test('the right password opens the admin with a cookie that scripts and other sites cannot use', async () => {
  const server = await startWithPassword();
  const response = await signIn(server, PASSWORD);
  expect([response.status, await response.json()]).toEqual([200, { role: 'admin' }]);
  const [session, ...attributes] = (response.headers.get('set-cookie') ?? '').split('; ');
  expect(attributes).toEqual(['Path=/', 'Max-Age=43200', 'HttpOnly', 'SameSite=Strict', 'Secure']);
  expect(await statusWith(server, `theme=dark; ${session}; a=b`)).toBe(200);
});

test('over plain http the cookie is not Secure, or the browser would drop it', async () => {
  const server = await startWithPassword();
  const response = await signIn(server, PASSWORD, { 'x-forwarded-proto': 'http' });
  expect(response.headers.get('set-cookie')).not.toContain('Secure');
});

test('without a session every data route asks to sign in', async () => {
  const { send } = await startWithPassword();
  for (const path of ['/admin/overview', '/admin/breakdown', '/admin/live']) {
    const response = await send(path);
    expect([path, response.status]).toEqual([path, 401]);
    expect(await response.json()).toMatchObject({ error: 'unauthorized' });
  }
});

test.each(['wrong horse', '', 'correct hors', 'correct horse ', 'CORRECT HORSE', 'x'.repeat(3000)])(
  'the password %s is wrong',
  async (password) => {
    const response = await signIn(await startWithPassword(), password);
    expect(response.status).toBe(401);
    expect(response.headers.has('set-cookie')).toBe(false);
  },
);

test.each([undefined, 7, null, ['correct horse'], { toString: 'correct horse' }])(
  'a password that is %o is a bad request',
  async (password) => {
    const response = await signIn(await startWithPassword(), password);
    expect([response.status, (await response.json()).parameter]).toEqual([400, 'password']);
  },
);

test('bodies that dawdle hold up nobody but their own sender', async () => {
  const server = await startWithPassword();
  const hold: ReadableStreamDefaultController<Uint8Array>[] = [];
  const dawdling = Array.from({ length: 10 }, () =>
    server.send('/admin/sign-in', {
      method: 'POST',
      body: new ReadableStream<Uint8Array>({ start: (controller) => void hold.push(controller) }),
      duplex: 'half',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '198.51.100.7' },
    }),
  );
  const further = await signIn(server, PASSWORD, { 'x-forwarded-for': '198.51.100.7' });
  expect([further.status, further.headers.get('retry-after')]).toEqual([429, '1']);
  expect((await signIn(server, PASSWORD, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);

  for (const controller of hold) controller.close();
  expect((await Promise.all(dawdling)).map(({ status }) => status)).toEqual(Array(10).fill(400));
  expect((await signIn(server, PASSWORD, { 'x-forwarded-for': '198.51.100.7' })).status).toBe(200);
});

test('a session ends by its time', async () => {
  const server = await startWithPassword();
  const session = sessionOf(await signIn(server, PASSWORD));
  server.clock.time += 12 * HOUR - 1;
  expect(await statusWith(server, session)).toBe(200);
  server.clock.time += 1;
  expect(await statusWith(server, session)).toBe(401);
});

test('a session that was tampered with is none', async () => {
  const server = await startWithPassword();
  const session = sessionOf(await signIn(server, PASSWORD));
  const [name, value = ''] = session.split('=');
  const [expiry = '', nonce = '', signature = ''] = value.split('.');
  const forgeries = [
    `${Number(expiry) + 1}.${nonce}.${signature}`,
    `${expiry}.${nonce.slice(1)}A.${signature}`,
    `${expiry}.${nonce}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'E' : 'A'}`,
    `${expiry}.${nonce}.`,
    `${expiry}.${nonce}`,
    `${value}x`,
    '',
    '..',
    `${'9'.repeat(400)}.${nonce}.${signature}`,
  ];
  for (const forgery of forgeries) {
    expect([forgery, await statusWith(server, `${name}=${forgery}`)]).toEqual([forgery, 401]);
  }
  expect(await statusWith(server, session)).toBe(200);
});

test('a session of another password is none, one of the same password is, whichever process made it', async () => {
  const server = await startWithPassword();
  const request = new Request(HOST);
  for (const [password, status] of [
    [PASSWORD, 200],
    ['another one', 401],
  ] as const) {
    const other = await passwordSignIn({ password, now: () => NOON }).signIn(request, password, '');
    const session = other.ok ? (other.cookie.split(';', 1)[0] ?? '') : '';
    expect(session).toMatch(/^rum_session=\d/);
    expect(await statusWith(server, session)).toBe(status);
  }
});

const VIEWER_PASSWORD = 'battery staple';

test('each of two passwords gives its role, and a session of one is not one of the other', async () => {
  const authorize = passwordSignIn({ password: PASSWORD, viewerPassword: VIEWER_PASSWORD });
  const server = await startServer({ config: { authorize } });
  for (const [password, role] of [
    [PASSWORD, 'admin'],
    [VIEWER_PASSWORD, 'viewer'],
  ] as const) {
    const response = await signIn(server, password);
    expect(await response.json()).toEqual({ role });
    const headers = new Headers({ cookie: sessionOf(response) });
    expect(await authorize({ headers, action: 'view' })).toBe(role);
  }
  const both = [await signIn(server, VIEWER_PASSWORD), await signIn(server, PASSWORD)]
    .map(sessionOf)
    .join('; ');
  expect(await authorize({ headers: new Headers({ cookie: both }), action: 'view' })).toBe('admin');
  expect((await signIn(server, `${PASSWORD}${VIEWER_PASSWORD}`)).status).toBe(401);
});

test('without a password for viewers nobody signs in as one', async () => {
  for (const viewerPassword of [undefined, '']) {
    const authorize = passwordSignIn({ password: PASSWORD, viewerPassword });
    const server = await startServer({ config: { authorize } });
    expect((await signIn(server, '')).status).toBe(401);
    expect((await signIn(server, 'undefined')).status).toBe(401);
  }
});

test('the password for viewers is that of the environment where none is given, and changing it ends their sessions', async () => {
  vi.stubEnv('RUM_VIEWER_PASSWORD', VIEWER_PASSWORD);
  const before = await startServer({ config: { authorize: passwordSignIn({ password: PASSWORD }) } });
  const sessions = [await signIn(before, PASSWORD), await signIn(before, VIEWER_PASSWORD)].map(sessionOf);
  vi.stubEnv('RUM_VIEWER_PASSWORD', 'another staple');
  const after = await startServer({ config: { authorize: passwordSignIn({ password: PASSWORD }) } });
  const statuses = await Promise.all(sessions.map((session) => statusWith(after, session)));
  expect(statuses).toEqual([200, 401]);
});

test('a password for viewers that cannot be one lets nobody in, and the mend is said', () => {
  const told = vi.spyOn(console, 'error').mockReturnValue();
  const problemWith = (viewerPassword: string) =>
    passwordSignIn({ password: PASSWORD, viewerPassword }).problem;
  expect(problemWith('short')).toMatch(/RUM_VIEWER_PASSWORD/);
  expect(problemWith(PASSWORD)).toMatch(/another one/);
  expect(told).toHaveBeenCalledTimes(2);
  expect(() => passwordSignIn({ password: PASSWORD, viewerPassword: 12345678 as never })).toThrow(/number/);
});

test('signing out takes the cookie away', async () => {
  const server = await startWithPassword();
  const response = await server.send('/admin/sign-out', { method: 'POST' });
  expect(response.status).toBe(204);
  expect(response.headers.get('set-cookie')).toMatch(/^rum_session=; Path=\/; Max-Age=0; /);
});

test.each(['sign-in', 'sign-out'])('another site cannot %s anybody', async (action) => {
  const { send } = await startWithPassword();
  const response = await send(`/admin/${action}`, {
    method: 'POST',
    body: JSON.stringify({ password: PASSWORD }),
    headers: { 'content-type': 'application/json', origin: 'https://evil.example', host: 'shop.example' },
  });
  expect(response.status).toBe(403);
  expect(response.headers.has('set-cookie')).toBe(false);
});

test('an origin that may post batches cannot sign in either', async () => {
  const authorize = passwordSignIn({ password: PASSWORD });
  const server = await startServer({ config: { authorize, allowedOrigins: ['https://www.example'] } });
  const response = await signIn(server, PASSWORD, {
    origin: 'https://www.example',
    'sec-fetch-site': 'cross-site',
  });
  expect(response.status).toBe(403);
});

test('a form of another kind than JSON does not sign in', async () => {
  const { send } = await startWithPassword();
  const response = await send('/admin/sign-in', {
    method: 'POST',
    body: JSON.stringify({ password: PASSWORD }),
    headers: { 'content-type': 'text/plain' },
  });
  expect(response.status).toBe(415);
});

test('guessing is slowed down, more with every guess, and others are let in', async () => {
  const server = await startWithPassword();
  const guess = (password: string, address = '203.0.113.9') =>
    signIn(server, password, { 'x-forwarded-for': address });
  for (let attempt = 0; attempt < 5; attempt += 1) expect((await guess('guess')).status).toBe(401);

  const waits: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const throttled = await guess(PASSWORD);
    expect([throttled.status, (await throttled.json()).error]).toEqual([429, 'throttled']);
    const wait = Number(throttled.headers.get('retry-after'));
    waits.push(wait);
    server.clock.time += wait * 1000;
    expect((await guess('guess')).status).toBe(401);
  }
  expect(waits).toEqual([1, 2, 4, 8]);
  expect((await guess(PASSWORD, '198.51.100.7')).status).toBe(200);

  server.clock.time += 16_000;
  expect((await guess(PASSWORD)).status).toBe(200);
  expect((await guess('guess')).status).toBe(401);
});

test('guessing from many addresses is slowed down as well', async () => {
  const server = await startWithPassword();
  let looked = 0;
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const response = await signIn(server, 'guess', { 'x-forwarded-for': `203.0.113.${attempt}` });
    if (response.status === 401) looked += 1;
    else expect(response.status).toBe(429);
  }
  expect(looked).toBe(100);
  server.clock.time += 2000;
  expect((await signIn(server, PASSWORD, { 'x-forwarded-for': '198.51.100.7' })).status).toBe(200);
});

test.each([
  [undefined, /RUM_ADMIN_PASSWORD/],
  ['', /RUM_ADMIN_PASSWORD/],
  ['short', /8 characters/],
])(
  'with a password of %o nobody can sign in, everybody is told the mend, and visits are collected',
  async (password, message) => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const server = await startServer({ config: { authorize: passwordSignIn({ password }) } });
    expect(told.mock.calls).toEqual([[expect.stringMatching(message)]]);
    const refused = { error: 'forbidden', message: expect.stringMatching(message) };
    for (const answer of [await signIn(server, password ?? ''), await server.send('/admin/overview')]) {
      expect([answer.status, await answer.json()]).toEqual([403, refused]);
    }
    expect((await server.post(batch({ views: [view()] }))).status).toBe(202);
  },
);

test('a wrong password type or session length fails at start without showing the password', () => {
  expect(() => passwordSignIn({ password: 12345678 as never })).toThrow(/number/);
  expect(() => passwordSignIn({ password: PASSWORD, sessionHours: 0 })).toThrow(/sessionHours/);
  vi.spyOn(console, 'error').mockReturnValue();
  expect(passwordSignIn({ password: 'hunter2' }).problem).not.toMatch(/hunter2/);
});

test('a build without the secret works, and nobody can sign in to it', async () => {
  vi.stubEnv('NEXT_PHASE', 'phase-production-build');
  const authorize = passwordSignIn({ password: undefined });
  const server = await startServer({ config: { authorize } });
  expect((await signIn(server, 'undefined')).status).toBe(401);
  expect(await statusWith(server, 'rum_session=')).toBe(401);
});
