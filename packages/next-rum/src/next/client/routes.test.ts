// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { createNextRoutes, type NextWindow } from './routes.js';

const START = 1_700_000_000_000;

let time: number;
const now = () => time;

beforeEach(() => {
  time = START;
  document.body.innerHTML = '';
  // An own history on each test: what one wraps must not be seen by the next.
  Reflect.deleteProperty(history, 'pushState');
  Reflect.deleteProperty(history, 'replaceState');
  history.replaceState(null, '', '/');
  Reflect.deleteProperty(window, 'next');
});

function appState(...segments: unknown[]): unknown {
  const tree = segments.reduceRight<unknown>(
    (below, segment) => [segment, { children: below }],
    ['__PAGE__', {}],
  );
  return {
    __NA: true,
    __PRIVATE_NEXTJS_INTERNALS_TREE: { tree: ['', { children: tree }], renderedSearch: '' },
  };
}

test('knows the App Router route once Next writes it at hydration, and calls back', () => {
  const routes = createNextRoutes(window, now);
  const committed = vi.fn();
  routes.subscribe(committed);
  expect(routes.current()).toBeNull();

  history.replaceState(appState('product', ['id', 'product', 'd', []]), '', '/product/product');

  expect(routes.current()).toEqual({ template: '/product/[id]', router: 'app' });
  expect(committed).toHaveBeenCalledOnce();
});

test('tells when a navigation began, not when it ended', () => {
  const routes = createNextRoutes(window, now);
  const committed = vi.fn();
  history.replaceState(appState('(shop)'), '', '/');
  routes.subscribe(committed);

  routes.onRouterTransitionStart('/cart');
  time += 700;
  history.pushState(appState('cart'), '', '/cart');

  expect(committed).toHaveBeenCalledExactlyOnceWith(START);
});

test('keeps the start of a navigation through a refresh of the page being left', () => {
  const routes = createNextRoutes(window, now);
  const committed = vi.fn();
  history.replaceState(appState('(shop)'), '', '/');
  routes.subscribe(committed);

  routes.onRouterTransitionStart('/cart');
  time += 300;
  history.replaceState(appState('(shop)'), '', '/');
  time += 300;
  history.pushState(appState('cart'), '', '/cart');

  expect(committed.mock.calls).toEqual([[undefined], [START]]);
});

test('tells the start of a navigation that a redirect ended elsewhere, and only once', () => {
  const routes = createNextRoutes(window, now);
  const committed = vi.fn();
  history.replaceState(appState('(shop)'), '', '/');
  routes.subscribe(committed);

  routes.onRouterTransitionStart('/account');
  history.pushState(appState('sign-in'), '', '/sign-in');
  history.pushState(appState('cart'), '', '/cart');

  expect(committed.mock.calls).toEqual([[START], [undefined]]);
});

test('does not change the route on back or forward before Next has shown the page', async () => {
  const routes = createNextRoutes(window, now);
  history.replaceState(appState('cart'), '', '/cart');
  history.pushState(appState('sale'), '', '/sale');
  const popped = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
  history.back();
  await popped;
  expect(routes.current()?.template).toBe('/sale');

  history.replaceState(appState('cart'), '', '/cart');
  expect(routes.current()?.template).toBe('/cart');
});

test('falls back to the path where a later Next keeps something else in the history', () => {
  const routes = createNextRoutes(window, now);
  history.replaceState({ __NA: true, __PRIVATE_NEXTJS_INTERNALS_TREE: 7 }, '', '/cart');
  expect(routes.current()).toEqual({ template: '/cart', router: 'app' });
});

test('stops calling back', () => {
  const routes = createNextRoutes(window, now);
  const committed = vi.fn();
  const stop = routes.subscribe(committed);
  stop();
  history.replaceState(appState('cart'), '', '/cart');
  expect(committed).not.toHaveBeenCalled();
});

test('knows the Pages Router route from the document, then from its events', () => {
  document.body.innerHTML =
    '<script id="__NEXT_DATA__" type="application/json">{"page":"/orders/[orderId]"}</script>';
  const routes = createNextRoutes(window, now);
  expect(routes.current()).toEqual({ template: '/orders/[orderId]', router: 'pages' });

  const router = pagesRouter('/orders/[orderId]');
  const committed = vi.fn();
  routes.subscribe(committed);
  // The router writes its first history entry when it exists.
  history.replaceState({ __N: true, url: '/orders/[orderId]', as: '/orders/4' }, '', '/orders/4');
  expect(committed).not.toHaveBeenCalled();

  router.emit('routeChangeStart', '/orders');
  time += 400;
  history.pushState({ __N: true, url: '/orders', as: '/orders' }, '', '/orders');
  expect(routes.current()?.template).toBe('/orders/[orderId]');
  router.pathname = '/orders';
  router.emit('routeChangeComplete', '/orders');

  expect(routes.current()).toEqual({ template: '/orders', router: 'pages' });
  expect(committed).toHaveBeenCalledExactlyOnceWith(START);
});

test('leaves history and page alone where history cannot be wrapped', () => {
  const history = Object.freeze({ pushState: vi.fn(), replaceState: vi.fn() });
  const frozen: NextWindow = { document, location, history: history as unknown as History };
  expect(createNextRoutes(frozen, now).current()).toBeNull();
});

/** `window.next.router` with mitt's `on`, as Next makes it. */
function pagesRouter(pathname: string) {
  const listeners = new Map<string, ((url: string) => void)[]>();
  const router = {
    pathname,
    events: {
      on: (type: string, listener: (url: string) => void) =>
        listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    },
    emit: (type: string, url: string) => listeners.get(type)?.forEach((listener) => void listener(url)),
  };
  Object.assign(window, { next: { router } });
  return router;
}
