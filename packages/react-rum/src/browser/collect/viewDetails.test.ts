// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { agentPage } from '../../testing/agentPage.js';
import { setPageVisible } from '../../testing/pageVisibility.js';
import { spokenRoutes } from '../../testing/spokenRoutes.js';
import { track } from '../index.js';

const page = agentPage();
afterEach(() => vi.useRealTimers());

test.each([
  ['https://search.example/results?q=private', 'https://search.example'],
  [`${location.origin}/before`, undefined],
  ['android-app://com.example', undefined],
  ['', undefined],
])('of the referrer %s is told: %s', async (referrer, told) => {
  vi.spyOn(document, 'referrer', 'get').mockReturnValue(referrer);
  await page.start().flush();
  expect(page.sent.views()[0]?.referrer).toBe(told);
});

test('campaign parameters are of the load, and nothing else of the query', async () => {
  history.replaceState(
    null,
    '',
    '/?utm_source=letter&utm_campaign=spring%20sale&utm_x=1&token=private&gclid=2',
  );
  const { flush } = page.start();
  history.pushState(null, '', '/cart?utm_source=menu');
  await flush();
  expect(page.sent.views().map(({ utm }) => utm)).toEqual([
    { source: 'letter', campaign: 'spring sale' },
    undefined,
  ]);
  expect(JSON.stringify(page.sent.batches)).not.toContain('private');
});

test('only the time in which the page could be seen counts as visible', async () => {
  let now = 1_700_000_000_000;
  const { flush } = page.start({}, () => now);
  now += 1000;
  setPageVisible(false);
  now += 60_000;
  setPageVisible(true);
  now += 500;
  history.pushState(null, '', '/cart');
  now += 200;
  setPageVisible(false);
  await flush();
  const [load, cart] = page.sent.views();
  expect(load?.visibleDuration).toBeGreaterThanOrEqual(1500);
  expect(load?.visibleDuration).toBeLessThan(load?.duration ?? 0);
  expect((load?.duration ?? 0) - (load?.visibleDuration ?? 0)).toBe(60_000);
  expect(cart?.duration).toBeGreaterThanOrEqual(200);
  expect(cart?.visibleDuration).toBe(cart?.duration);
});

test('how far down the page was seen, the most of the view', async () => {
  vi.spyOn(document.documentElement, 'scrollHeight', 'get').mockReturnValue(innerHeight * 4);
  const { flush } = page.start();
  for (const [y] of [[0], [innerHeight], [10]] as const) {
    window.scrollY = y;
    window.dispatchEvent(new Event('scroll'));
  }
  history.pushState(null, '', '/cart');
  window.scrollY = 0;
  setPageVisible(false);
  await flush();
  expect(page.sent.views().map(({ scrollDepth }) => scrollDepth)).toEqual([0.5, 0.25]);
});

test('a navigation that ended elsewhere says what it set out for', async () => {
  const routes = spokenRoutes({ template: '/', router: 'app' });
  const { flush } = page.start({ routes });
  history.replaceState(null, '', '/login');
  routes.commit({ template: '/login', router: 'app' }, { requestedPath: '/account' });
  history.replaceState(null, '', '/cart');
  routes.commit({ template: '/cart', router: 'app' }, { requestedPath: '/cart' });
  await flush();
  expect(page.sent.views().map(({ path, redirectedFrom }) => [path, redirectedFrom])).toEqual([
    ['/', undefined],
    ['/login', '/account'],
    ['/cart', undefined],
  ]);
});

test('a navigation that never arrived is an event of the view that it would have left', async () => {
  let now = 1_700_000_000_500;
  const routes = spokenRoutes({ template: '/', router: 'app' });
  const { flush, viewId } = page.start({ routes }, () => now);
  now += 100;
  routes.cancel({ path: '/slow', startedAt: 1_700_000_000_000 });
  await flush();
  expect(page.sent.events()).toMatchObject([
    {
      type: 'navigation',
      name: '/slow',
      outcome: 'cancelled',
      duration: 600,
      at: 1_700_000_000_000,
      viewId: viewId(),
    },
  ]);
});

test('the page has loaded once it is silent; what its visitor does later does not change that', async () => {
  vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date', 'setInterval', 'clearInterval'] });
  const { flush } = page.start();
  history.pushState(null, '', '/cart');
  await vi.advanceTimersByTimeAsync(40);
  document.body.append('a list');
  await vi.advanceTimersByTimeAsync(400);
  document.body.append('later');
  await vi.advanceTimersByTimeAsync(400);
  vi.useRealTimers();
  await flush();
  expect(page.sent.views().map(({ loadingTime }) => loadingTime)).toEqual([undefined, 40]);
});

test('how long a route took to be shown is told of navigations only', async () => {
  const { flush } = page.start();
  history.pushState(null, '', '/cart');
  track('shown');
  await vi.waitFor(async () => {
    await flush();
    expect(page.sent.views()[1]?.routeChangeTime).toBeGreaterThanOrEqual(0);
  });
  expect(page.sent.views()[0]).not.toHaveProperty('routeChangeTime');
});
