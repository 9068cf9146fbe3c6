// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type RecordedBatches, recordBatches } from '../testing/recordedBatches.js';
import {
  type Route,
  type RouteCommit,
  type RouteSource,
  type RumAgent,
  type RumAgentOptions,
  reportError,
  startRum,
  track,
} from './index.js';

let agent: RumAgent | undefined;
let sent: RecordedBatches;

beforeEach(() => {
  sent = recordBatches();
  history.replaceState(null, '', '/');
});
afterEach(() => {
  agent?.stop();
  agent = undefined;
  setVisibility('visible');
  sessionStorage.clear();
});

function start(options: RumAgentOptions = {}, now?: () => number): RumAgent {
  agent = startRum(options, { fetch: sent.fetch, ...(now && { now }) });
  return agent;
}

function setVisibility(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

function goPrivate(): void {
  Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true });
}

/** A router that speaks when told. */
function createRouter(first: Route | null): RouteSource & { commit(route: Route, startedAt?: number): void } {
  const subscribers = new Set<(commit?: RouteCommit) => void>();
  let current = first;
  return {
    current: () => current,
    subscribe(onCommit) {
      subscribers.add(onCommit);
      return () => subscribers.delete(onCommit);
    },
    commit(route, startedAt) {
      current = route;
      for (const notify of subscribers) notify(startedAt === undefined ? {} : { startedAt });
    },
  };
}

test('a load is one view, sent to the endpoint with what the batch is about', async () => {
  const { sessionId, viewId, flush } = start({
    endpoint: '/metrics',
    app: 'shop',
    release: '1.4.0',
    environment: 'production',
  });
  await flush();
  expect(sent.urls).toEqual(['/metrics/batch']);
  expect(sent.batches[0]).toMatchObject({
    v: 1,
    app: 'shop',
    release: '1.4.0',
    environment: 'production',
    sessionId: sessionId(),
    context: { viewportWidth: innerWidth, viewportHeight: innerHeight },
    views: [{ id: viewId(), revision: 1, route: '/', path: '/', router: 'none', vitals: {} }],
    events: [],
  });
});

test('an endpoint that ends in a slash is asked with one, as apps need that redirect to it', async () => {
  await start({ endpoint: '/shop/api/rum/' }).flush();
  expect(sent.urls).toEqual(['/shop/api/rum/batch/']);
});

test('a navigation is a new view that knows the one before; query and hash are none', async () => {
  const { flush } = start();
  history.pushState(null, '', '/catalogue?page=2');
  history.pushState(null, '', '/catalogue?page=3');
  history.replaceState(null, '', '/catalogue#end');
  history.pushState(null, '', '/cart');
  await flush();
  const [load, catalogue, cart] = sent.views();
  expect(sent.views().map(({ path, navigationType }) => [path, navigationType])).toEqual([
    ['/', 'navigate'],
    ['/catalogue', 'client'],
    ['/cart', 'client'],
  ]);
  expect(catalogue?.previousViewId).toBe(load?.id);
  expect(cart?.previousViewId).toBe(catalogue?.id);
});

test('a view is sent again only when it changed, with the next revision', async () => {
  const { flush } = start();
  await flush();
  await flush();
  expect(sent.batches).toHaveLength(1);
  history.pushState(null, '', '/cart');
  await flush();
  expect(sent.batches[1]?.views.map(({ path, revision }) => [path, revision])).toEqual([
    ['/', 2],
    ['/cart', 1],
  ]);
  expect(sent.views()[0]?.duration).toBeGreaterThanOrEqual(0);
});

test("the template is the router's, and another template on the same path is another view", async () => {
  const router = createRouter({ template: '/product/[id]', router: 'app' });
  history.replaceState(null, '', '/product/product');
  const { flush } = start({ routes: router });
  router.commit({ template: '/product/[id]', router: 'app' });
  router.commit({ template: '/(.)product/[id]', router: 'app' });
  await flush();
  expect(sent.views().map(({ route, path, router: kind }) => [route, path, kind])).toEqual([
    ['/product/[id]', '/product/product', 'app'],
    ['/(.)product/[id]', '/product/product', 'app'],
  ]);
});

test('a navigation starts when the router says it began', async () => {
  const router = createRouter({ template: '/', router: 'app' });
  const { flush } = start({ routes: router }, () => 1_700_000_000_500);
  history.replaceState(null, '', '/cart');
  router.commit({ template: '/cart', router: 'app' }, 1_700_000_000_000);
  await flush();
  expect(sent.views()[1]?.startedAt).toBe(1_700_000_000_000);
});

test('a view and its events wait until the router names the route', async () => {
  const router = createRouter(null);
  history.replaceState(null, '', '/product/42');
  const { flush } = start({ routes: router });
  track('early');
  await flush();
  expect(sent.batches).toEqual([]);

  router.commit({ template: '/product/[id]', router: 'app' });
  await flush();
  expect(sent.views()).toMatchObject([{ route: '/product/[id]', path: '/product/42', revision: 1 }]);
  expect(sent.events()).toMatchObject([{ name: 'early', route: '/product/[id]' }]);
});

test('a page hidden before the router spoke is sent with its path, and corrected later', async () => {
  const router = createRouter(null);
  history.replaceState(null, '', '/product/42');
  const { flush, viewId } = start({ routes: router });
  setVisibility('hidden');
  expect(sent.views()).toMatchObject([{ route: '/product/42', router: 'none', revision: 1 }]);

  setVisibility('visible');
  router.commit({ template: '/product/[id]', router: 'app' });
  await flush();
  expect(sent.views()).toMatchObject([
    { id: viewId(), route: '/product/[id]', router: 'app', revision: 2, navigationType: 'navigate' },
  ]);
});

test('hiding the page sends what waits at once', () => {
  start();
  track('opened');
  setVisibility('hidden');
  expect(sent.events()).toMatchObject([{ type: 'custom', name: 'opened' }]);
  expect(sent.views()).toHaveLength(1);
});

test('a page that is hidden and then left is sent once', () => {
  start();
  track('opened');
  setVisibility('hidden');
  window.dispatchEvent(new Event('pagehide'));
  expect(sent.batches).toHaveLength(1);
});

test('a return from the back/forward cache is a view of its own and leaves the old one as it was', async () => {
  let now = 1_700_000_000_000;
  const { flush } = start({}, () => now);
  now += 1000;
  window.dispatchEvent(new Event('pagehide'));
  now += 3_600_000;
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await flush();
  const [load, restored] = sent.views();
  expect(restored).toMatchObject({ navigationType: 'back-forward-cache', previousViewId: load?.id });
  expect(load?.duration).toBeLessThan(60_000);
});

test('nothing is recorded on ignored paths, matched at their borders', async () => {
  history.replaceState(null, '', '/admin/rum/routes');
  const { flush, viewId } = start({ ignore: ['/admin/rum'] });
  track('on_admin');
  expect(viewId()).toBeNull();
  history.pushState(null, '', '/admin/rumours');
  track('on_shop');
  history.pushState(null, '', '/admin/rum');
  track('on_admin');
  await flush();
  expect(sent.views().map(({ path }) => path)).toEqual(['/admin/rumours']);
  expect(sent.events()).toMatchObject([{ name: 'on_shop' }]);
});

test('events carry their time, their view and a copy of their properties', async () => {
  let now = 1_700_000_000_000;
  const { flush, viewId } = start({}, () => now);
  const properties = { sku: 'lamp' };
  const view = viewId();
  track('add_to_cart', properties);
  properties.sku = 'changed';
  now += 5000;
  history.pushState(null, '', '/cart');
  await flush();
  expect(sent.events()).toMatchObject([
    { at: 1_700_000_000_000, viewId: view, route: '/', properties: { sku: 'lamp' } },
  ]);
});

test('what was tracked before the start is kept, with its time', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
  track('early', { step: 1 });
  reportError(new TypeError('early'));
  vi.setSystemTime(1_700_000_005_000);
  const { flush } = start();
  vi.useRealTimers();
  await flush();
  expect(sent.events()).toMatchObject([
    { type: 'custom', name: 'early', properties: { step: 1 }, at: 1_700_000_000_000 },
    { type: 'error', name: 'TypeError', message: 'early', at: 1_700_000_000_000 },
  ]);
});

test('of what comes before the start only the first hundred are kept', async () => {
  for (let count = 0; count < 200; count++) track(`early ${count}`);
  const { flush } = start();
  await flush();
  expect(sent.events()).toHaveLength(100);
});

test('what cannot be recorded is lost by count, and the page is not disturbed', async () => {
  const { flush } = start();
  const hostile = {
    get sku(): string {
      throw new Error('no');
    },
  };
  expect(() => track('broken', hostile)).not.toThrow();
  await flush();
  expect(sent.events()).toMatchObject([{ type: 'loss', reason: 'serialize', count: 1, route: '/' }]);
  await flush();
  expect(sent.events()).toHaveLength(1);
});

test('a second start gives the running agent', () => {
  expect(start()).toBe(startRum({ app: 'other' }));
});

test('under Global Privacy Control nothing is listened to, sent or kept', async () => {
  goPrivate();
  try {
    const listening = vi.spyOn(EventTarget.prototype, 'addEventListener');
    const { fetch: pageFetch } = window;
    const { pushState } = history;
    track('early');
    const { sessionId, viewId, flush } = start({ privacy: 'consent' });
    track('late');
    setVisibility('hidden');
    await flush();
    expect([sessionId, viewId()]).toEqual([null, null]);
    expect(sent.batches).toEqual([]);
    expect(listening).not.toHaveBeenCalled();
    expect(window.fetch).toBe(pageFetch);
    expect(history.pushState).toBe(pushState);
    expect(sessionStorage).toHaveLength(0);
  } finally {
    Reflect.deleteProperty(navigator, 'globalPrivacyControl');
  }
  start();
  await agent?.flush();
  expect(sent.events()).toEqual([]);
});

test('strict mode keeps nothing in the browser; each page is its own session', () => {
  const { sessionId } = start();
  agent?.stop();
  expect(start().sessionId).not.toBe(sessionId);
  expect(sessionStorage).toHaveLength(0);
  expect(document.cookie).toBe('');
});

test('under consent the session lasts as long as its tab', () => {
  const sessionId = start({ privacy: 'consent', consent: 'granted' }).sessionId();
  agent?.stop();
  expect(start({ privacy: 'consent', consent: 'granted' }).sessionId()).toBe(sessionId);
});

test.each([
  ['https://search.example/results?q=private', 'https://search.example'],
  [`${location.origin}/before`, undefined],
  ['android-app://com.example', undefined],
])('of the referrer %s is told: %s', async (referrer, told) => {
  vi.spyOn(document, 'referrer', 'get').mockReturnValue(referrer);
  const { flush } = start();
  await flush();
  expect(sent.views()[0]?.referrer).toBe(told);
});

test('a prerendered page is watched from when it is shown', async () => {
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  try {
    const { flush } = start();
    track('while hidden');
    await flush();
    expect(sent.batches).toEqual([]);
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    document.dispatchEvent(new Event('prerenderingchange', { bubbles: true }));
    await flush();
    expect(sent.views()).toHaveLength(1);
    expect(sent.events()).toMatchObject([{ name: 'while hidden' }]);
  } finally {
    Reflect.deleteProperty(document, 'prerendering');
  }
});

test('stopping sends what waits and gives the page back as it was', async () => {
  const before = [window.fetch, history.pushState, history.replaceState];
  const { stop } = start();
  track('last');
  stop();
  expect(sent.events()).toMatchObject([{ name: 'last' }]);
  expect([window.fetch, history.pushState, history.replaceState]).toEqual(before);
  history.pushState(null, '', '/after');
  setVisibility('hidden');
  expect(sent.views().map(({ path }) => path)).toEqual(['/']);
});

test('a collector that speaks another protocol ends recording', async () => {
  const pageFetch = window.fetch;
  agent = startRum(
    {},
    { fetch: () => Promise.resolve(Response.json({ error: 'unsupported_version' }, { status: 400 })) },
  );
  await agent.flush();
  expect(window.fetch).toBe(pageFetch);
});
