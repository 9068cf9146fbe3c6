import { usePathname } from 'next/navigation.js';
import type { ReactElement } from 'react';
import { renderToReadableStream } from 'react-dom/server';
import { beforeEach, expect, test, vi } from 'vitest';
import { AdminRoot } from '../admin/AdminRoot.js';
import { rumWith } from '../testing/rumWith.js';
import { createRumAdminPage, type RumAdminPageProps } from './admin.js';

vi.mock('../admin/AdminRoot.js', { spy: true });
vi.mock('next/headers.js', () => ({ headers: async () => new Headers({ cookie: 'who=me' }) }));
vi.mock('next/server.js', () => ({ connection: async () => {} }));
vi.mock('next/navigation.js', () => ({ usePathname: vi.fn(() => '/admin/rum') }));

beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production');
  vi.mocked(usePathname).mockReturnValue('/admin/rum');
});

const FORM = Object.assign(() => false, {
  kind: 'password' as const,
  signIn: async () => ({ ok: false, reason: 'wrong' }) as const,
  signOut: () => '',
});

test('in production without authorize nobody gets in, and the page says how to set it', async () => {
  const html = await htmlOf(createRumAdminPage(rumWith(null)));
  expect(html).toContain('authorize is missing');
  expect(html).toContain('passwordSignIn({ password: process.env.RUM_ADMIN_PASSWORD })');
  expect(html).not.toContain('Overview');
});

test('whoever authorize lets in gets the admin; it is asked with the headers of the request', async () => {
  const authorize = vi.fn(() => true);
  const html = await htmlOf(createRumAdminPage(rumWith(authorize), { title: 'Shop insights' }));
  expect(html).toContain('Overview');
  expect(html).toContain('Shop insights');
  const [context] = authorize.mock.calls[0] as unknown as [{ headers: Headers; action: string }];
  expect(context.headers.get('cookie')).toBe('who=me');
});

test('whoever it refuses gets a refusal, or the form where there is one', async () => {
  const refusal = await htmlOf(createRumAdminPage(rumWith(() => false)));
  expect(refusal).toContain('You may not open this page');
  expect(refusal).not.toContain('Overview');
  const form = await htmlOf(createRumAdminPage(rumWith(FORM)));
  expect(form).toContain('type="password"');
  expect(form).not.toContain('Overview');
});

test('search engines are told to keep away', async () => {
  const html = await htmlOf(createRumAdminPage(rumWith(null)));
  expect(html).toContain('<meta name="robots" content="noindex, nofollow"/>');
});

test('the server renders the range and theme of the address', async () => {
  const html = await htmlOf(createRumAdminPage(rumWith(() => true)), {
    searchParams: Promise.resolve({ range: '7d', theme: 'dark' }),
  });
  expect(html).toContain('data-theme="dark"');
  expect(html).toMatch(/checked=""[^>]*\/><span><span>7d/);
});

test('the server sends no style attributes, which a strict content security policy refuses', async () => {
  expect(await htmlOf(createRumAdminPage(rumWith(() => true)))).not.toMatch(/<[^>]+\sstyle=/);
});

test('the admin asks where the app is served: below its base path, with the slash it ends paths with', async () => {
  vi.stubEnv('RUM_BASE_PATH', '/shop');
  vi.stubEnv('RUM_TRAILING_SLASH', 'true');
  await htmlOf(createRumAdminPage(rumWith(FORM)));
  expect(vi.mocked(AdminRoot).mock.lastCall?.[0]).toMatchObject({
    endpoint: '/shop/api/rum/',
    initialPath: '/shop/admin/rum/',
  });
});

test('the segments of the path say which page the server renders, and its links keep what was chosen', async () => {
  const page = createRumAdminPage(rumWith(() => true));
  vi.mocked(usePathname).mockReturnValue('/admin/rum/pages/%2Fproduct%2F%5Bid%5D');
  const html = await htmlOf(page, {
    params: Promise.resolve({ rum: ['pages', '%2Fproduct%2F%5Bid%5D'] }),
    searchParams: Promise.resolve({ range: '7d', filter: ['country:DE', '!browser:Firefox'] }),
  });
  expect(html).toContain('<bdi>/product/[id]</bdi></h1>');
  expect(html).toContain(
    'href="/admin/rum/vitals/lcp?range=7d&amp;filter=country:DE&amp;filter=!browser:Firefox"',
  );
});

test('a page below the admin that does not exist is a notice inside the frame', async () => {
  const page = createRumAdminPage(rumWith(() => true));
  vi.mocked(usePathname).mockReturnValue('/admin/rum/nowhere');
  const html = await htmlOf(page, { params: Promise.resolve({ rum: ['nowhere'] }) });
  expect(html).toContain('This address leads nowhere');
  expect(html).toContain('href="/admin/rum"');
});

async function htmlOf(
  page: (props: RumAdminPageProps) => ReactElement,
  props: Partial<RumAdminPageProps> = {},
): Promise<string> {
  const element = page({ params: Promise.resolve({}), searchParams: Promise.resolve({}), ...props });
  const errors: unknown[] = [];
  const stream = await renderToReadableStream(element, { onError: (error) => void errors.push(error) });
  await stream.allReady;
  if (errors.length > 0) throw errors[0];
  return new Response(stream).text();
}
