import { expect, test, vi } from 'vitest';
import { AUTHORIZE_MISSING, gate } from './authorize.js';
import type { Authorize } from './config.js';
import { passwordSignIn } from './passwordSignIn.js';

const open = (role: string, name = '') => ({ kind: 'open', viewer: { role, name } });

function ask(authorize: Authorize | null, environment = 'production') {
  return gate({ authorize }, new Headers(), environment, () => undefined);
}

test.each([
  [true, open('admin')],
  ['admin', open('admin')],
  ['viewer', open('viewer')],
  [{ role: 'viewer' }, open('viewer')],
  [{ role: 'admin', name: 'ada@shop.example' }, open('admin', 'ada@shop.example')],
  [{ role: 'viewer', name: '\0a\ud800'.padEnd(300, 'b') }, open('viewer', `a${'b'.repeat(197)}`)],
])('an answer of %o lets in', async (answer, verdict) => {
  expect(await ask(() => answer as never)).toEqual(verdict);
  expect(await ask(async () => answer as never)).toEqual(verdict);
});

test.each([
  false,
  undefined,
  null,
  0,
  1,
  '',
  'true',
  'Admin',
  'owner',
  {},
  [],
  ['admin'],
  { role: true },
  { role: 'owner' },
  { name: 'ada' },
])('an answer of %o lets nobody in', async (answer) => {
  expect(await ask(() => answer as never)).toEqual({ kind: 'forbidden' });
});

test('an authorize that fails lets nobody in and says why', async () => {
  const log = vi.fn();
  const verdict = await gate(
    { authorize: () => Promise.reject(new Error('down')) },
    new Headers(),
    'test',
    log,
  );
  expect(verdict).toEqual({ kind: 'forbidden' });
  expect(log).toHaveBeenCalledWith('authorize_failed', { reason: expect.stringContaining('down') });
});

test('without authorize only development and tests are open', async () => {
  expect(await ask(null, 'development')).toEqual(open('admin'));
  expect(await ask(null, 'test')).toEqual(open('admin'));
  const missing = { kind: 'not-configured', message: AUTHORIZE_MISSING };
  expect(await ask(null)).toEqual(missing);
  expect(await ask(null, 'staging')).toEqual(missing);
});

test('where there is a form, whoever is not let in is sent there', async () => {
  expect(await ask(passwordSignIn({ password: 'correct horse' }))).toEqual({ kind: 'sign-in' });
});
