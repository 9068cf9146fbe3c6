// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { agentPage } from '../testing/agentPage.js';
import { setPageVisible } from '../testing/pageVisibility.js';
import { spokenRoutes } from '../testing/spokenRoutes.js';
import { setViewContext, track } from './index.js';

const page = agentPage();

test('a navigation is a new view that knows the one before; query and hash are none', async () => {
  const { flush } = page.start();
  history.pushState(null, '', '/catalogue?page=2');
  history.pushState(null, '', '/catalogue?page=3');
  history.replaceState(null, '', '/catalogue#end');
  history.pushState(null, '', '/cart');
  await flush();
  const [load, catalogue, cart] = page.sent.views();
  expect(page.sent.views().map(({ path, navigationType }) => [path, navigationType])).toEqual([
    ['/', 'navigate'],
    ['/catalogue', 'client'],
    ['/cart', 'client'],
  ]);
  expect(catalogue?.previousViewId).toBe(load?.id);
  expect(cart?.previousViewId).toBe(catalogue?.id);
});

test('a view is sent again only when it changed, with the next revision', async () => {
  const { flush } = page.start();
  await flush();
  await flush();
  expect(page.sent.batches).toHaveLength(1);
  history.pushState(null, '', '/cart');
  await flush();
  expect(page.sent.batches[1]?.views.map(({ path, revision }) => [path, revision])).toEqual([
    ['/', 2],
    ['/cart', 1],
  ]);
  expect(page.sent.views()[0]?.duration).toBeGreaterThanOrEqual(0);
});

test("the template is the router's, and another template on the same path is another view", async () => {
  const routes = spokenRoutes({ template: '/product/[id]', router: 'app' });
  history.replaceState(null, '', '/product/product');
  const { flush } = page.start({ routes });
  routes.commit({ template: '/product/[id]', router: 'app' });
  routes.commit({ template: '/(.)product/[id]', router: 'app' });
  await flush();
  expect(page.sent.views().map(({ route, path, router }) => [route, path, router])).toEqual([
    ['/product/[id]', '/product/product', 'app'],
    ['/(.)product/[id]', '/product/product', 'app'],
  ]);
});

test('a navigation starts when the router says it began', async () => {
  const routes = spokenRoutes({ template: '/', router: 'app' });
  const { flush } = page.start({ routes }, () => 1_700_000_000_500);
  history.replaceState(null, '', '/cart');
  routes.commit({ template: '/cart', router: 'app' }, { startedAt: 1_700_000_000_000 });
  await flush();
  expect(page.sent.views()[1]?.startedAt).toBe(1_700_000_000_000);
});

test('a view and its events wait until the router names the route', async () => {
  const routes = spokenRoutes(null);
  history.replaceState(null, '', '/product/42');
  const { flush } = page.start({ routes });
  track('early');
  await flush();
  expect(page.sent.batches).toEqual([]);

  routes.commit({ template: '/product/[id]', router: 'app' });
  await flush();
  expect(page.sent.views()).toMatchObject([{ route: '/product/[id]', path: '/product/42', revision: 1 }]);
  expect(page.sent.events()).toMatchObject([{ name: 'early', route: '/product/[id]' }]);
});

test('while the router is silent the last 500 events wait; the others are counted as lost', async () => {
  const routes = spokenRoutes(null);
  const { flush } = page.start({ routes });
  for (let index = 0; index < 600; index++) track(`event ${index}`);
  routes.commit({ template: '/', router: 'app' });
  await flush();
  const events = page.sent.events();
  expect(events.filter(({ type }) => type === 'custom')).toHaveLength(500);
  expect(events.filter(({ type }) => type === 'loss')).toMatchObject([{ reason: 'queue_full', count: 100 }]);
});

test('a page hidden before the router spoke is sent with its path, and corrected later', async () => {
  const routes = spokenRoutes(null);
  history.replaceState(null, '', '/product/42');
  const { flush, viewId } = page.start({ routes });
  setPageVisible(false);
  expect(page.sent.views()).toMatchObject([{ route: '/product/42', router: 'none', revision: 1 }]);

  setPageVisible(true);
  routes.commit({ template: '/product/[id]', router: 'app' });
  await flush();
  expect(page.sent.views()).toMatchObject([
    { id: viewId(), route: '/product/[id]', router: 'app', revision: 2, navigationType: 'navigate' },
  ]);
});

test('a return from the back/forward cache is a view of its own and leaves the old one as it was', async () => {
  let now = 1_700_000_000_000;
  const { flush } = page.start({}, () => now);
  now += 1000;
  window.dispatchEvent(new Event('pagehide'));
  now += 3_600_000;
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await flush();
  const [load, restored] = page.sent.views();
  expect(restored).toMatchObject({ navigationType: 'back-forward-cache', previousViewId: load?.id });
  expect(load?.duration).toBeLessThan(60_000);
});

test('events count on their view, so that what is capped or sampled away still shows', async () => {
  const { flush } = page.start();
  track('one');
  track('two');
  history.pushState(null, '', '/cart');
  track('three');
  await flush();
  expect(page.sent.views().map(({ counts }) => counts)).toEqual([{ custom: 2 }, { custom: 1 }]);
});

test('what is said of a view is gathered on it, and on no other', async () => {
  const { flush } = page.start();
  setViewContext({ category: 'lamps', page: 1 });
  setViewContext({ page: 2 });
  history.pushState(null, '', '/cart');
  await flush();
  expect(page.sent.views().map(({ attributes }) => attributes)).toEqual([
    { category: 'lamps', page: 2 },
    undefined,
  ]);
});

test('of a page with many views the first and the last ones may still change', async () => {
  const { flush, viewId } = page.start();
  const load = viewId();
  for (let index = 0; index < 120; index++) {
    history.pushState(null, '', `/page/${index}`);
    if (index % 20 === 0) await flush();
  }
  await flush();
  expect(page.sent.views()).toHaveLength(121);
  setPageVisible(false);
  expect(page.sent.batches.at(-1)?.views.map(({ path }) => path)).toEqual(['/page/119']);
  expect(page.sent.views()[0]?.id).toBe(load);
});

test('a clock that is set back makes no negative durations', async () => {
  let now = 1_700_000_000_000;
  const { flush } = page.start({}, () => now);
  now -= 86_400_000;
  history.pushState(null, '', '/cart');
  setPageVisible(false);
  await flush();
  for (const { duration, visibleDuration, startedAt } of page.sent.views()) {
    expect(duration).toBeGreaterThanOrEqual(0);
    expect(visibleDuration).toBeGreaterThanOrEqual(0);
    expect(startedAt).toBeLessThanOrEqual(1_700_000_000_000);
  }
});
