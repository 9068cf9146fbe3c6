// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest';
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

  expect(committed).toHaveBeenCalledExactlyOnceWith({ startedAt: START, requestedPath: '/cart' });
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

  expect(committed.mock.calls).toEqual([[undefined], [{ startedAt: START, requestedPath: '/cart' }]]);
});

test('tells where a navigation set out for that a redirect ended elsewhere, and only once', () => {
  const routes = createNextRoutes(window, now);
  const committed = vi.fn();
  history.replaceState(appState('(shop)'), '', '/');
  routes.subscribe(committed);

  routes.onRouterTransitionStart('/account');
  history.pushState(appState('sign-in'), '', '/sign-in');
  history.pushState(appState('cart'), '', '/cart');

  expect(committed.mock.calls).toEqual([[{ startedAt: START, requestedPath: '/account' }], [undefined]]);
});

test('tells of a navigation that another one to elsewhere took the place of', () => {
  const { routes, committed, cancelled } = followedRoutes();

  routes.onRouterTransitionStart('/cart?from=menu#top');
  time += 400;
  routes.onRouterTransitionStart('/sale');
  time += 200;
  history.pushState(appState('sale'), '', '/sale');

  expect(cancelled).toHaveBeenCalledExactlyOnceWith({ path: '/cart', startedAt: START });
  expect(committed).toHaveBeenCalledExactlyOnceWith({ startedAt: START + 400, requestedPath: '/sale' });
});

test('going back while a navigation is under way cancels it', async () => {
  const { routes, cancelled } = followedRoutes();
  history.pushState(appState('sale'), '', '/sale');
  routes.onRouterTransitionStart('/cart');
  const popped = new Promise((resolve) => window.addEventListener('popstate', resolve, { once: true }));
  history.back();
  await popped;
  // As Next does: with the whole URL.
  routes.onRouterTransitionStart(location.href);
  history.replaceState(appState('(shop)'), '', '/');

  expect(cancelled).toHaveBeenCalledExactlyOnceWith({ path: '/cart', startedAt: START });
});

test.each([
  ['a double click on a link', '/cart', '/cart'],
  ['another query of the same path', '/cart?page=1', '/cart?page=2'],
  ['a way out of the app', '/cart', 'https://elsewhere.example/sale'],
])('%s cancels nothing, and the first click counts', (_name, first, second) => {
  const { routes, committed, cancelled } = followedRoutes();

  routes.onRouterTransitionStart(first);
  time += 150;
  routes.onRouterTransitionStart(second);
  history.pushState(appState('cart'), '', '/cart');

  expect(cancelled).not.toHaveBeenCalled();
  expect(committed).toHaveBeenCalledExactlyOnceWith({ startedAt: START, requestedPath: '/cart' });
});

test('a navigation that arrived, even where the page was, is not cancelled by the next one', () => {
  const { routes, cancelled } = followedRoutes();

  routes.onRouterTransitionStart('#reviews');
  history.replaceState(appState('(shop)'), '', '/#reviews');
  routes.onRouterTransitionStart('/cart');
  history.pushState(appState('cart'), '', '/cart');
  routes.onRouterTransitionStart('/sale');

  expect(cancelled).not.toHaveBeenCalled();
});

test('a page that redirects in the browser goes on with the navigation that led to it', () => {
  const { routes, committed, cancelled } = followedRoutes();

  routes.onRouterTransitionStart('/account', 'push');
  time += 90;
  history.pushState(appState('account'), '', '/account');
  time += 30;
  // Effects run twice in React's strict mode.
  routes.onRouterTransitionStart('/sign-in', 'replace');
  routes.onRouterTransitionStart('/sign-in', 'replace');
  time += 60;
  history.replaceState(appState('sign-in'), '', '/sign-in');

  const navigation = { startedAt: START, requestedPath: '/account' };
  expect(committed.mock.calls).toEqual([[navigation], [navigation]]);
  expect(cancelled).not.toHaveBeenCalled();
});

test.each([
  ['a link to elsewhere', 'push', '/sale', 30],
  ['a page that was seen', 'replace', '/sale', 2000],
  ['another query of the page', 'replace', '/account?tab=2', 30],
])('%s begins a navigation of its own', (_name, type, url, later) => {
  const { routes, committed } = followedRoutes();
  routes.onRouterTransitionStart('/account', 'push');
  history.pushState(appState('account'), '', '/account');
  time += later;
  routes.onRouterTransitionStart(url, type);
  history.pushState(appState('next'), '', url);

  expect(committed).toHaveBeenLastCalledWith({
    startedAt: START + later,
    requestedPath: url.replace(/\?.*/, ''),
  });
});

test('base path and slash at the end are no redirect', () => {
  const { routes, committed } = followedRoutes('/shop');

  routes.onRouterTransitionStart('/cart');
  history.pushState(appState('cart'), '', '/shop/cart/');

  expect(committed).toHaveBeenCalledExactlyOnceWith({ startedAt: START, requestedPath: '/shop/cart/' });
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
  expect(committed).toHaveBeenCalledExactlyOnceWith({ startedAt: START, requestedPath: '/orders' });
});

test('leaves history and page alone where history cannot be wrapped', () => {
  const history = Object.freeze({ pushState: vi.fn(), replaceState: vi.fn() });
  const frozen: NextWindow = { document, location, history: history as unknown as History };
  expect(createNextRoutes(frozen, now).current()).toBeNull();
});

describe('the Pages Router', () => {
  function followedPages() {
    const followed = followedRoutes();
    const router = pagesRouter('/orders');
    history.replaceState({ __N: true }, '', '/orders');
    const arrive = (path: string) => {
      history.pushState({ __N: true }, '', path);
      router.pathname = path;
      router.emit('routeChangeComplete', path);
    };
    const giveUp = (path: string) =>
      router.emit('routeChangeError', Object.assign(new Error(), { cancelled: true }), path);
    return { ...followed, emit: router.emit, arrive, giveUp };
  }

  test('tells of a cancelled navigation, once', () => {
    const { emit, arrive, giveUp, committed, cancelled } = followedPages();
    emit('routeChangeStart', '/orders/4');
    time += 300;
    giveUp('/orders/4');
    emit('routeChangeStart', '/help');
    // Its request ends only now.
    giveUp('/orders/4');
    arrive('/help');

    expect(cancelled).toHaveBeenCalledExactlyOnceWith({ path: '/orders/4', startedAt: START });
    expect(committed).toHaveBeenLastCalledWith({ startedAt: START + 300, requestedPath: '/help' });
  });

  test('takes a double click for one navigation', () => {
    const { emit, arrive, giveUp, committed, cancelled } = followedPages();
    emit('routeChangeStart', '/orders/4');
    time += 100;
    giveUp('/orders/4');
    emit('routeChangeStart', '/orders/4');
    arrive('/orders/4');

    expect(cancelled).not.toHaveBeenCalled();
    expect(committed).toHaveBeenLastCalledWith({ startedAt: START, requestedPath: '/orders/4' });
  });

  test('tells a redirect, which begins anew without cancelling', () => {
    const { emit, arrive, committed, cancelled } = followedPages();
    emit('routeChangeStart', '/account');
    time += 100;
    emit('routeChangeStart', '/sign-in');
    arrive('/sign-in');

    expect(cancelled).not.toHaveBeenCalled();
    expect(committed).toHaveBeenLastCalledWith({ startedAt: START, requestedPath: '/account' });
  });

  test('a jump within the page cancels what was under way', () => {
    const { emit, giveUp, cancelled } = followedPages();
    emit('routeChangeStart', '/orders/4');
    giveUp('/orders/4');
    emit('hashChangeStart', '/orders#help');
    emit('hashChangeComplete', '/orders#help');

    expect(cancelled).toHaveBeenCalledExactlyOnceWith({ path: '/orders/4', startedAt: START });
  });

  test.each([
    ['a page that could not be loaded', [new Error('404'), '/orders/4']],
    ['a navigation that the application stopped', []],
  ])('%s is no cancellation, and no later one began with it', (_name, error) => {
    const { emit, arrive, committed, cancelled } = followedPages();
    emit('routeChangeStart', '/orders/4');
    emit('routeChangeError', ...error);
    time += 5000;
    emit('routeChangeStart', '/help');
    arrive('/help');

    expect(cancelled).not.toHaveBeenCalled();
    expect(committed).toHaveBeenLastCalledWith({ startedAt: START + 5000, requestedPath: '/help' });
  });
});

/** Routes of an App Router page that shows `/`, and who is told of them. */
function followedRoutes(basePath?: string) {
  const routes = createNextRoutes(window, now, basePath);
  history.replaceState(appState('(shop)'), '', '/');
  const committed = vi.fn();
  const cancelled = vi.fn();
  routes.subscribe(committed, cancelled);
  return { routes, committed, cancelled };
}

/** `window.next.router` with mitt's `on`, as Next makes it. */
function pagesRouter(pathname: string) {
  const listeners = new Map<string, ((...args: readonly unknown[]) => void)[]>();
  const router = {
    pathname,
    events: {
      on: (type: string, listener: (...args: readonly unknown[]) => void) =>
        listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    },
    emit: (type: string, ...args: readonly unknown[]) =>
      listeners.get(type)?.forEach((listener) => void listener(...args)),
  };
  Object.assign(window, { next: { router } });
  return router;
}
