import type { Route, RouteSource } from '@rumkit/react-rum/agent';
import { createPendingNavigation } from './pendingNavigation.js';
import { templateFromTree } from './templateFromTree.js';

/** The part of `window` that tells where Next's routers are. */
export interface NextWindow {
  readonly document: Pick<Document, 'getElementById'>;
  readonly history: History;
  readonly location: Pick<Location, 'pathname' | 'href'>;
  readonly next?: { readonly router?: unknown };
}

/** Next's routers as the agent sees them, plus the hook that tells it when an App Router navigation began. */
export interface NextRoutes extends RouteSource {
  /** Next calls it when a navigation starts, before anything is fetched. `type` is `push`, `replace` or `traverse`. */
  onRouterTransitionStart(url: string, type?: string): void;
}

/** `window.next.router` of the Pages Router. */
interface PagesRouter {
  readonly pathname: string;
  readonly events: { on(type: string, listener: (...args: readonly unknown[]) => void): void };
}

type Subscriber = Parameters<RouteSource['subscribe']>;

/**
 * Follows both of Next's routers. Must run before hydration: the first write to the history carries the first route.
 *
 * The App Router commits a navigation by writing its tree to the history, in the same React commit that changes the page;
 * prefetches, refreshes and server actions write nothing new. `popstate` is not listened to: Next answers it with a
 * write once the page is there. The Pages Router has events.
 *
 * A navigation is cancelled when another one to elsewhere begins before it arrived. The Pages Router tells so itself, because
 * it also begins anew where a page redirects.
 *
 * @param now Clock, epoch ms.
 * @param basePath Next's `basePath`, which the App Router leaves out of the URLs it tells.
 */
export function createNextRoutes(window: NextWindow, now: () => number, basePath = ''): NextRoutes {
  const subscribers = new Set<Subscriber>();
  let route: Route | null = initialPagesRoute(window.document);
  let shownPathname = window.location.pathname;
  let followsPages = false;
  const pending = createPendingNavigation(now, (cancellation) => {
    for (const [, onCancel] of subscribers) onCancel?.(cancellation);
  });

  function pathnameOf(url: string): string {
    const { href } = window.location;
    return URL.canParse(url, href) ? new URL(url, href).pathname : url;
  }

  function commit(next: Route): void {
    const pathname = window.location.pathname;
    const moved = pathname !== shownPathname || next.template !== route?.template;
    route = next;
    shownPathname = pathname;
    const arrived = pending.arrive(pathname, moved);
    for (const [onCommit] of subscribers) onCommit(arrived);
  }

  function followPages(): void {
    const router = window.next?.router;
    if (followsPages || !isPagesRouter(router)) {
      return;
    }
    followsPages = true;
    const { events } = router;
    events.on('routeChangeStart', (url) => pending.goOn(pathnameOf(String(url))));
    events.on('routeChangeError', (error, url) => {
      if (typeof url !== 'string') {
        // The application's own way to stop a navigation: it emits this and throws.
        pending.fail();
      } else if (isCancellation(error)) {
        pending.giveUp(pathnameOf(url));
      } else {
        // Next tells some of them without the base path.
        pending.fail(pathnameOf(url));
        pending.fail(pathnameOf(`${basePath}${url}`));
      }
    });
    events.on('hashChangeStart', pending.endGivenUp);
    events.on('routeChangeComplete', () => commit({ template: router.pathname, router: 'pages' }));
  }

  onHistoryWrite(window.history, (state) => {
    if (state.__NA === true) {
      const pathname = window.location.pathname;
      const template = templateFromTree(state.__PRIVATE_NEXTJS_INTERNALS_TREE, pathname) ?? pathname;
      commit({ template, router: 'app' });
    } else if (state.__N === true) {
      followPages();
    }
  });

  return {
    current: () => route,
    subscribe(...subscriber) {
      subscribers.add(subscriber);
      return () => {
        subscribers.delete(subscriber);
      };
    },
    onRouterTransitionStart: (url, type) => {
      const within = /^\/(?!\/)/.test(url) ? `${basePath}${url}` : url;
      // To another origin the page itself is left.
      if (isSameOrigin(within, window.location.href)) {
        pending.begin(pathnameOf(within), type === 'replace');
      }
    },
  };
}

/** The Pages Router writes its page into the document; the App Router has no such element. */
function initialPagesRoute(document: NextWindow['document']): Route | null {
  const text = document.getElementById('__NEXT_DATA__')?.textContent;
  if (!text) {
    return null;
  }
  const data: unknown = JSON.parse(text);
  const page = typeof data === 'object' && data !== null && 'page' in data ? data.page : null;
  return typeof page === 'string' ? { template: page, router: 'pages' } : null;
}

/**
 * Next wraps these methods too, after hydration, around ours. They are never unwrapped: by then somebody else may have
 * wrapped them again.
 */
function onHistoryWrite(history: History, onWrite: (state: Readonly<Record<string, unknown>>) => void): void {
  try {
    for (const method of ['pushState', 'replaceState'] as const) {
      const write = history[method];
      history[method] = (...args) => {
        write.apply(history, args);
        const state: unknown = args[0];
        if (typeof state === 'object' && state !== null) {
          onWrite(state as Readonly<Record<string, unknown>>);
        }
      };
    }
  } catch {
    // A frozen history: the agent then knows views by their path.
  }
}

function isPagesRouter(router: unknown): router is PagesRouter {
  return typeof router === 'object' && router !== null && 'events' in router && 'pathname' in router;
}

function isSameOrigin(url: string, base: string): boolean {
  return URL.canParse(url, base) && new URL(url, base).origin === new URL(base).origin;
}

/** An error that the Pages Router made because something else took the navigation's place. */
function isCancellation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'cancelled' in error && error.cancelled === true;
}
