// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { agentPage } from '../testing/agentPage.js';
import { setPageVisible } from '../testing/pageVisibility.js';
import { reportError, startRum, track } from './index.js';

const page = agentPage();

test('a load is one view, sent to the endpoint with what the batch is about', async () => {
  const { sessionId, viewId, flush } = page.start({
    endpoint: '/metrics',
    app: 'shop',
    release: '1.4.0',
    environment: 'production',
  });
  await flush();
  expect(page.sent.urls).toEqual(['/metrics/batch']);
  expect(page.sent.batches[0]).toMatchObject({
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
  await page.start({ endpoint: '/shop/api/rum/' }).flush();
  expect(page.sent.urls).toEqual(['/shop/api/rum/batch/']);
});

test('a write key goes with each batch, and what carries it is not recorded', async () => {
  const agent = page.start({ key: 'a-write-key-of-the-shop' });
  await agent.flush();
  track('opened');
  await agent.flush();
  expect(page.sent.urls).toEqual(Array(2).fill('/api/rum/batch?key=a-write-key-of-the-shop'));
  expect(page.sent.events()).toMatchObject([{ type: 'custom' }]);
});

test('hiding the page sends what waits at once', () => {
  page.start();
  track('opened');
  setPageVisible(false);
  expect(page.sent.events()).toMatchObject([{ type: 'custom', name: 'opened' }]);
  expect(page.sent.views()).toHaveLength(1);
});

test('a page that is hidden and then left is sent once', () => {
  page.start();
  track('opened');
  setPageVisible(false);
  window.dispatchEvent(new Event('pagehide'));
  expect(page.sent.batches).toHaveLength(1);
});

test('a page that the system freezes is sent', () => {
  page.start();
  setPageVisible(false);
  track('while hidden');
  document.dispatchEvent(new Event('freeze'));
  expect(page.sent.events()).toMatchObject([{ name: 'while hidden' }]);
});

test('a page that the system freezes is sent even while a pause is due', async () => {
  const bodies: string[] = [];
  const agent = startRum(
    {},
    {
      fetch: async (_url, init) => {
        bodies.push(String(init?.body));
        return new Response('{}', { status: 503 });
      },
    },
  );
  await agent?.flush();
  setPageVisible(false);
  track('while hidden');
  expect(bodies).toHaveLength(1);
  document.dispatchEvent(new Event('freeze'));
  expect(bodies[1]).toContain('while hidden');
});

test('nothing is recorded on ignored paths, matched at their borders', async () => {
  history.replaceState(null, '', '/admin/rum/routes');
  const { flush, viewId } = page.start({ ignore: ['/admin/rum'] });
  track('on_admin');
  expect(viewId()).toBeNull();
  history.pushState(null, '', '/admin/rumours');
  track('on_shop');
  history.pushState(null, '', '/admin/rum');
  track('on_admin');
  await flush();
  expect(page.sent.views().map(({ path }) => path)).toEqual(['/admin/rumours']);
  expect(page.sent.events()).toMatchObject([{ name: 'on_shop' }]);
});

test('events carry their time, their view and a copy of their properties', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
  const { flush, viewId } = page.start();
  const properties = { sku: 'lamp' };
  const view = viewId();
  track('add_to_cart', properties);
  properties.sku = 'changed';
  vi.setSystemTime(1_700_000_005_000);
  history.pushState(null, '', '/cart');
  vi.useRealTimers();
  await flush();
  expect(page.sent.events()).toMatchObject([
    { at: 1_700_000_000_000, viewId: view, route: '/', properties: { sku: 'lamp' } },
  ]);
});

test('what was tracked before the start is kept, with its time', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
  track('early', { step: 1 });
  reportError(new TypeError('early'));
  vi.setSystemTime(1_700_000_005_000);
  const { flush } = page.start();
  vi.useRealTimers();
  await flush();
  expect(page.sent.events()).toMatchObject([
    { type: 'custom', name: 'early', properties: { step: 1 }, at: 1_700_000_000_000 },
    { type: 'error', name: 'TypeError', message: 'early', at: 1_700_000_000_000 },
  ]);
});

test('of what comes before the start only the first hundred are kept', async () => {
  for (let count = 0; count < 200; count++) track(`early ${count}`);
  await page.start().flush();
  expect(page.sent.events()).toHaveLength(100);
});

test('what cannot be recorded is lost by count, and the page is not disturbed', async () => {
  const { flush } = page.start();
  const hostile = {
    get sku(): string {
      throw new Error('no');
    },
  };
  expect(() => track('broken', hostile)).not.toThrow();
  await flush();
  expect(page.sent.events()).toMatchObject([{ type: 'loss', reason: 'serialize', count: 1, route: '/' }]);
  await flush();
  expect(page.sent.events()).toHaveLength(1);
});

test('a second start gives the running agent', () => {
  expect(page.start()).toBe(startRum({ app: 'other' }));
});

test('a prerendered page is watched from when it is shown', async () => {
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  try {
    const { flush } = page.start();
    track('while hidden');
    await flush();
    expect(page.sent.batches).toEqual([]);
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    document.dispatchEvent(new Event('prerenderingchange', { bubbles: true }));
    await flush();
    expect(page.sent.views()).toHaveLength(1);
    expect(page.sent.events()).toMatchObject([{ name: 'while hidden' }]);
  } finally {
    Reflect.deleteProperty(document, 'prerendering');
  }
});

test('stopped while the page is prerendered, it does not start when that is shown', async () => {
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  try {
    page.start().stop();
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    document.dispatchEvent(new Event('prerenderingchange', { bubbles: true }));
    setPageVisible(false);
    expect(page.sent.batches).toEqual([]);
  } finally {
    Reflect.deleteProperty(document, 'prerendering');
  }
});

test('stopping sends what waits and gives the page back as it was', async () => {
  const methods = () => [
    window.fetch,
    history.pushState,
    history.replaceState,
    console.error,
    XMLHttpRequest.prototype.open,
    XMLHttpRequest.prototype.send,
    XMLHttpRequest.prototype.setRequestHeader,
  ];
  const before = methods();
  const { stop } = page.start();
  track('last');
  stop();
  expect(page.sent.events()).toMatchObject([{ name: 'last' }]);
  expect(methods()).toEqual(before);
  history.pushState(null, '', '/after');
  setPageVisible(false);
  expect(page.sent.views().map(({ path }) => path)).toEqual(['/']);
});

test('a stopped agent has no view and records nothing', async () => {
  const { stop, viewId, flush } = page.start();
  stop();
  expect(viewId()).toBeNull();
  track('late');
  const { length } = page.sent.batches;
  await flush();
  expect(page.sent.batches).toHaveLength(length);
});

test('a collector that speaks another protocol ends recording', async () => {
  const pageFetch = window.fetch;
  const agent = startRum(
    {},
    { fetch: () => Promise.resolve(Response.json({ error: 'unsupported_version' }, { status: 400 })) },
  );
  await agent?.flush();
  expect(window.fetch).toBe(pageFetch);
});
