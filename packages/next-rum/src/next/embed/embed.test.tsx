import type { ReactElement } from 'react';
import { renderToReadableStream } from 'react-dom/server';
import { beforeEach, expect, test, vi } from 'vitest';
import type { RumConfig } from '../../server/config.js';
import type { Rum } from '../../server/rum.js';
import { rumWith } from '../../testing/rumWith.js';
import { RumFunnel, RumOverview, RumVitals } from './index.js';

vi.mock('next/headers.js', () => ({ headers: async () => new Headers({ cookie: 'who=me' }) }));
vi.mock('next/server.js', () => ({ connection: async () => {} }));

beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production');
});

const FORM: NonNullable<RumConfig['authorize']> = Object.assign(() => false, {
  kind: 'password' as const,
  signIn: async () => ({ ok: false, reason: 'wrong' }) as const,
  signOut: () => '',
});

const STEPS = [
  { kind: 'view', name: '/secret' },
  { kind: 'custom', name: 'pay' },
] as const;

/** Every piece, with something that nobody is to read who may not see it. */
function pieces(rum: Rum): readonly ReactElement[] {
  return [
    <RumOverview key="o" rum={rum} title="Of /secret" filters={['route:/secret']} />,
    <RumVitals key="v" rum={rum} route="/secret" />,
    <RumFunnel key="f" rum={rum} title="Of /secret" steps={STEPS} />,
  ];
}

test.each([
  ['refuses', () => false, 'You may not see these figures.'],
  ['has a form to sign in with', FORM, 'Sign in to see these figures.'],
  ['is missing', null, 'Nobody sees these figures until'],
] as const)('where authorize %s, a piece is a sentence', async (_, authorize, sentence) => {
  for (const piece of pieces(rumWith(authorize))) {
    const html = await htmlOf(piece);
    expect(html).toContain(sentence);
    expect(html).not.toContain('/secret');
  }
});

test('whoever may see it gets the piece, and authorize is asked with the headers of the request', async () => {
  const authorize = vi.fn((_: Parameters<NonNullable<RumConfig['authorize']>>[0]) => 'viewer' as const);
  for (const piece of pieces(rumWith(authorize))) expect(await htmlOf(piece)).toContain('/secret');
  expect(authorize.mock.calls.map(([{ headers }]) => headers.get('cookie'))).toEqual(Array(3).fill('who=me'));
});

test('the way to sign in is a link where the page knows the admin, below the base path of the app', async () => {
  vi.stubEnv('RUM_BASE_PATH', '/shop');
  vi.stubEnv('RUM_TRAILING_SLASH', 'true');
  expect(await htmlOf(<RumOverview rum={rumWith(FORM)} />)).not.toContain('<a ');
  expect(await htmlOf(<RumOverview rum={rumWith(FORM)} adminPath="/admin/rum" />)).toContain(
    '<a href="/shop/admin/rum/">Sign in</a>',
  );
});

test('a page may show something else to whoever may not see a piece', async () => {
  const html = await htmlOf(<RumOverview rum={rumWith(() => false)} fallback={<p>Nothing here</p>} />);
  expect(html).toContain('<p>Nothing here</p>');
  expect(html).not.toContain('You may not');
});

test('names lead into the admin with what the piece asks about, or nowhere', async () => {
  const rum = rumWith(() => true);
  const props = { rum, compare: 'week', filters: ['country:DE', '!browser:Firefox'] } as const;
  expect(await htmlOf(<RumOverview {...props} adminPath="/admin/rum" />)).toContain(
    'href="/admin/rum/vitals/lcp?range=7d&amp;compare=week&amp;filter=country:DE&amp;filter=!browser:Firefox"',
  );
  expect(await htmlOf(<RumOverview {...props} />)).not.toContain('href=');
});

test('a filter that cannot be understood is named', async () => {
  await expect(htmlOf(<RumOverview rum={rumWith(() => true)} filters={['planet:Mars']} />)).rejects.toThrow(
    'filter must be dimension:value',
  );
});

test('a funnel of one step says what is wrong with it', async () => {
  const html = await htmlOf(<RumFunnel rum={rumWith(() => true)} steps={STEPS.slice(0, 1)} />);
  expect(html).toContain('A funnel has 2 to 8 steps');
});

test.each(['auto', 'light', 'dark'] as const)('the theme is %s where the page says so', async (theme) => {
  const html = await htmlOf(<RumOverview rum={rumWith(() => true)} theme={theme} />);
  expect(html).toContain(`data-theme="${theme}"`);
});

test('the server sends no style attributes, which a strict content security policy refuses', async () => {
  for (const piece of pieces(rumWith(() => true))) {
    expect(await htmlOf(piece)).not.toMatch(/<[^>]+\sstyle=/);
  }
});

async function htmlOf(element: ReactElement): Promise<string> {
  const errors: unknown[] = [];
  const stream = await renderToReadableStream(element, { onError: (error) => void errors.push(error) });
  await stream.allReady;
  if (errors.length > 0) throw errors[0];
  return new Response(stream).text();
}
