// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { breakdown, live, overview, row, view } from '../testing/adminAnswers.js';
import { type Answer, loaded, open, openAt, settle, setUpAdmin } from '../testing/adminPage.js';

// jsdom lays nothing out, and a chart without a size draws nothing.
vi.mock('./charts/TrafficChart.js', () => ({ TrafficChart: () => null }));

const HOSTILE = '/<img src=x onerror="window.hacked=1">';

const { answers, asked } = setUpAdmin();

test('a vital is shown with its p75, unit, rating in words and the number of views it rests on', async () => {
  answers['/admin/overview'] = () =>
    Response.json(
      overview({
        vitals: {
          lcp: { p75: 2830, interval: [2750, 2910], n: 1234, good: 800, needsImprovement: 300, poor: 134 },
        },
      }),
    );
  await open();
  const card = cardOf('LCP');
  expect(card.textContent).toContain('2.83 s');
  expect(card.textContent).toContain('p75 · n = 1,234 · 2.75–2.91 s');
  expect(within(card).getByText('Needs improvement', { ignore: '.rum-sr-only' })).toBeTruthy();
  expect(card.textContent).toContain('65 %');
});

test('a vital without views says so instead of showing a number', async () => {
  await open();
  const card = cardOf('INP');
  expect(within(card).getByText('Not enough data')).toBeTruthy();
  expect(card.textContent).toContain('p75 · n = 0');
});

test('the range of the address is asked for, and a chosen one is written to the address', async () => {
  await openAt('?range=7d');
  expect(asked).toContain('GET /admin/overview?range=7d');
  fireEvent.click(screen.getByLabelText('30d'));
  await settle();
  expect(window.location.search).toBe('?range=30d');
  expect(asked).toContain('GET /admin/overview?range=30d');
  expect(asked).toContain('GET /admin/breakdown?dimension=route&range=30d');
});

test('the figures of the range before stay until those of the next are there', async () => {
  answers['/admin/overview'] = () => Response.json(overview({ views: 4321 }));
  await open();
  let arrive: (response: Response) => void = () => {};
  answers['/admin/overview'] = () => new Promise((resolve) => (arrive = resolve));
  fireEvent.click(screen.getByLabelText('1h'));
  await settle();
  expect(screen.getByText('4,321')).toBeTruthy();
  await act(async () => arrive(Response.json(overview({ views: 17 }))));
  await settle();
  expect(screen.getByText('17')).toBeTruthy();
  expect(screen.queryByText('4,321')).toBeNull();
});

test('routes are sorted by views until another column is chosen; routes without a value come last', async () => {
  answers['/admin/breakdown'] = () =>
    Response.json(breakdown([row('/fast', 10, 900), row('/none', 20, null), row('/slow', 30, 5000)]));
  await openAt('/pages');
  await loaded();
  expect(routeNames()).toEqual(['/slow', '/none', '/fast']);
  const header = screen.getByRole('columnheader', { name: /LCP/ });
  fireEvent.click(within(header).getByRole('button'));
  await settle();
  expect(routeNames()).toEqual(['/slow', '/fast', '/none']);
  expect(header.getAttribute('aria-sort')).toBe('descending');
  fireEvent.click(within(header).getByRole('button'));
  await settle();
  expect(routeNames()).toEqual(['/fast', '/slow', '/none']);
  expect(header.getAttribute('aria-sort')).toBe('ascending');
  expect(window.location.search).toBe('?sort=lcp');
});

test('where routes are left out, their table says so', async () => {
  answers['/admin/breakdown'] = () =>
    Response.json({ ...breakdown([row('/a', 2, 100), row('/b', 1, 200)]), truncated: true });
  await openAt('/pages');
  await loaded();
  expect(screen.getByText(/^Only the 2 routes with the most views are listed/)).toBeTruthy();
});

test('new figures come by themselves: the feed every 2 s, the rest every 30 s', async () => {
  answers['/admin/breakdown'] = () => Response.json(breakdown([row('/a', 1, 100)]));
  await openAt('/pages');
  await loaded();
  asked.length = 0;
  await settle(2500);
  expect(asked).toEqual(['GET /admin/live']);
  answers['/admin/breakdown'] = () => Response.json(breakdown([row('/a', 1, 100), row('/b', 2, 200)]));
  await settle(30_000);
  expect(routeNames()).toEqual(['/b', '/a']);
});

test('nothing comes by itself once figures are paused, and the link says so', async () => {
  await open();
  fireEvent.click(screen.getByRole('button', { name: 'Live – pause' }));
  expect(window.location.search).toBe('?paused=1');
  asked.length = 0;
  await settle(60_000);
  expect(asked).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Paused – resume' }));
  await settle(2500);
  expect(asked).toContain('GET /admin/live');
});

test('a span that has ended is asked about once', async () => {
  await openAt('/vitals/lcp?from=1764000000000&to=1764003600000');
  expect(asked).toContain('GET /admin/vital?metric=lcp&from=1764000000000&to=1764003600000');
  asked.length = 0;
  await settle(61_000);
  expect(asked.filter((request) => request.includes('/admin/vital'))).toEqual([]);
});

test('nothing is asked while the page is hidden', async () => {
  await open();
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  act(() => void window.dispatchEvent(new Event('visibilitychange')));
  asked.length = 0;
  await settle(60_000);
  expect(asked).toEqual([]);
  visibility.mockReturnValue('visible');
  act(() => void window.dispatchEvent(new Event('visibilitychange')));
  await settle();
  expect(asked).toContain('GET /admin/live');
});

test('a failure says what the server said, and Retry asks again', async () => {
  const down: Answer = () =>
    Response.json({ error: 'unavailable', message: 'the database cannot be reached' }, { status: 503 });
  answers['/admin/breakdown'] = down;
  await openAt('/pages');
  await settle(5000);
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain('the database cannot be reached');
  answers['/admin/breakdown'] = () => Response.json(breakdown([row('/back', 1, 100)]));
  fireEvent.click(within(alert).getByRole('button', { name: 'Retry' }));
  await loaded();
  expect(routeNames()).toEqual(['/back']);
  expect(screen.queryByRole('alert')).toBeNull();
});

test('an answer of something else than the API is a failure, not a crash', async () => {
  answers['/admin/breakdown'] = () =>
    new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
  await openAt('/pages');
  await settle(5000);
  expect(screen.getByRole('alert').textContent).toContain('not JSON');
});

test('figures that were there stay when a later request fails', async () => {
  answers['/admin/live'] = () => Response.json(live([view('/still-here')]));
  await open();
  answers['/admin/live'] = () => Promise.reject(new TypeError('network'));
  await settle(20_000);
  expect(screen.getByText('/still-here')).toBeTruthy();
  expect(screen.getByText('Reconnecting', { selector: '[role=status]' })).toBeTruthy();
});

test('an empty range says what to do', async () => {
  await open();
  expect(screen.getByText('No views in this range yet')).toBeTruthy();
  expect(screen.getByText(/Open your app in another tab and click around/)).toBeTruthy();
  expect(screen.getByText('No route is known to be slow')).toBeTruthy();
  expect(screen.getByText('Waiting for a visitor')).toBeTruthy();
});

test('sample data is called sample data', async () => {
  answers['/admin/overview'] = () => Response.json(overview({ views: 2000, sampleViews: 1900 }));
  await open();
  expect(screen.getByText('Sample data:').parentElement?.textContent).toContain(
    '1,900 of 2,000 views are made up',
  );
});

test('there is no banner over real data', async () => {
  answers['/admin/overview'] = () => Response.json(overview({ views: 2000 }));
  await open();
  expect(screen.queryByText('Sample data:')).toBeNull();
});

test('markup in stored names is shown as text', async () => {
  answers['/admin/breakdown'] = () => Response.json(breakdown([row(HOSTILE, 1, 100)]));
  answers['/admin/live'] = () => Response.json(live([view(HOSTILE)]));
  const { container } = await openAt(`?filter=browser:${encodeURIComponent(HOSTILE)}`);
  expect(screen.getAllByText(HOSTILE).length).toBeGreaterThanOrEqual(2);
  expect(container.querySelector('img')).toBeNull();
});

test('an ended session leads to the form, and the right password back to the figures', async () => {
  const locked: Answer = () => Response.json({ error: 'unauthorized', message: 'sign in' }, { status: 401 });
  const unlocked = answers['/admin/overview'];
  answers['/admin/overview'] = locked;
  answers['/admin/sign-in'] = () =>
    Response.json({ error: 'unauthorized', message: 'the password is wrong' }, { status: 401 });
  await open();
  expect(screen.getByText(/Your session has ended/)).toBeTruthy();

  await signIn('guess');
  expect(screen.getByRole('alert').textContent).toBe('That is not the password.');
  expect(screen.queryByText('Overview')).toBeNull();

  answers['/admin/sign-in'] = () =>
    Response.json({ error: 'throttled', message: '' }, { status: 429, headers: { 'retry-after': '42' } });
  await signIn('guess again');
  expect(screen.getByRole('alert').textContent).toBe('Too many tries. Try again in 42 s.');

  answers['/admin/sign-in'] = () => Response.json({ role: 'admin' });
  if (unlocked !== undefined) answers['/admin/overview'] = unlocked;
  await signIn('correct horse');
  expect(screen.getByRole('heading', { name: 'Overview' })).toBeTruthy();
});

test('where there is no collector, the form and the pages say which route is missing', async () => {
  const missing: Answer = () =>
    new Response('<!doctype html>', { status: 404, headers: { 'content-type': 'text/html' } });
  answers['/admin/sign-in'] = missing;
  answers['/admin/insight'] = missing;
  await open({ access: 'sign-in' });
  await signIn('correct horse');
  const said = screen.getByRole('alert').textContent;
  expect(said).toContain('There is no collector at /api/rum.');
  expect(said).toContain('app/api/rum/[...rum]/route.ts');
  cleanup();

  await openAt('/insights/i1');
  await settle(5000);
  expect(screen.getByRole('alert').textContent).toContain('There is no collector at /api/rum.');
});

test('whoever signs in as a viewer is told that nothing can be changed', async () => {
  answers['/admin/sign-in'] = () => Response.json({ role: 'viewer' });
  await open({ access: 'sign-in' });
  expect(screen.queryByText('View only')).toBeNull();
  await signIn('battery staple');
  expect(screen.getByText('View only')).toBeTruthy();
});

test('the password is sent in the body, nowhere else', async () => {
  answers['/admin/sign-in'] = () => Response.json({ role: 'admin' });
  const send = vi.spyOn(globalThis, 'fetch');
  await open({ access: 'sign-in' });
  await signIn('s3cret');
  const [url, init] = send.mock.calls.find(([target]) => String(target).endsWith('/sign-in')) ?? [];
  expect(url).toBe('/api/rum/admin/sign-in');
  expect(JSON.parse(String(init?.body))).toEqual({ password: 's3cret' });
  expect(window.location.href).not.toContain('s3cret');
});

test('data routes are asked with a slash at the end where the endpoint has one', async () => {
  const send = vi.spyOn(globalThis, 'fetch');
  await open({ endpoint: '/shop/api/rum/' });
  const urls = send.mock.calls.map(([target]) => String(target));
  expect(urls).toContain('/shop/api/rum/admin/overview/');
  expect(urls).toContain('/shop/api/rum/admin/live/');
});

test('signing out ends the session on the server and shows the form', async () => {
  answers['/admin/sign-out'] = () => Response.json({ role: 'admin' });
  await open();
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  await settle();
  expect(asked).toContain('POST /admin/sign-out');
  expect(screen.getByLabelText('Password')).toBeTruthy();
});

test('a sign-out that did not work does not look as if it had', async () => {
  answers['/admin/sign-out'] = () => Promise.reject(new TypeError('network'));
  await open();
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  await settle();
  expect(screen.getByRole('alert').textContent).toBe('Still signed in');
  expect(screen.getByRole('heading', { name: 'Overview' })).toBeTruthy();
});

test('without a sign-in form of its own there is no sign-out, and a lost session is a refusal', async () => {
  answers['/admin/live'] = () => Response.json({ error: 'forbidden', message: 'no' }, { status: 403 });
  await open({ passwordSignIn: false });
  expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull();
  expect(screen.getByText('You may not open this page')).toBeTruthy();
});

test('without authorize the page says how to set it and asks for no data', async () => {
  await open({ access: 'not-configured' });
  expect(screen.getByText(/import { defineRum, passwordSignIn } from '@rumkit\/next-rum'/)).toBeTruthy();
  expect(screen.getByText('RUM_ADMIN_PASSWORD')).toBeTruthy();
  expect(asked).toEqual([]);
});

test('where nobody can sign in the page says why, and asks for no data', async () => {
  await open({ access: 'not-configured', problem: 'the password is missing — set RUM_ADMIN_PASSWORD' });
  expect(screen.getByText('the password is missing — set RUM_ADMIN_PASSWORD.')).toBeTruthy();
  expect(screen.queryByLabelText('Password')).toBeNull();
  expect(asked).toEqual([]);
});

async function signIn(password: string): Promise<void> {
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: password } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await settle();
}

function cardOf(vital: string): HTMLElement {
  return screen.getByRole('article', { name: new RegExp(`^${vital}`) });
}

function routeNames(): readonly (string | null)[] {
  return screen.getAllByRole('rowheader').map((cell) => cell.textContent);
}
