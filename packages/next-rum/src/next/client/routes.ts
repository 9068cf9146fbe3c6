import type { Route, RouteSource } from '@rumkit/react-rum/agent';
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
  /** Next calls it when a navigation starts, before anything is fetched. */
  onRouterTransitionStart(url: string): void;
}

/** `window.next.router` of the Pages Router. */
interface PagesRouter {
  readonly pathname: string;
  readonly events: { on(type: string, listener: (url: string) => void): void };
}

interface PendingNavigation {
  readonly pathname: string;
  readonly startedAt: number;
}

/**
 * Follows both of Next's routers. Must run before hydration: the first write to the history carries the first route.
 *
 * The App Router commits a navigation by writing its tree to the history, in the same React commit that changes the page;
 * prefetches, refreshes and server actions write nothing new. `popstate` is not listened to: Next answers it with a
 * write once the page is there. The Pages Router has events.
 *
 * @param now Clock, epoch ms.
 */
export function createNextRoutes(window: NextWindow, now: () => number): NextRoutes {
  const subscribers = new Set<(startedAt?: number) => void>();
  let route: Route | null = initialPagesRoute(window.document);
  let shownPathname = window.location.pathname;
  let pending: PendingNavigation | null = null;
  let followsPages = false;

  function begin(url: string): void {
    pending = { pathname: pathnameOf(url, window.location.href), startedAt: now() };
  }

  function commit(next: Route): void {
    const pathname = window.location.pathname;
    const moved = pathname !== shownPathname || next.template !== route?.template;
    route = next;
    shownPathname = pathname;
    let startedAt: number | undefined;
    // A refresh may commit while a navigation is under way; a redirect ends elsewhere than it set out for.
    if (pending !== null && (moved || pending.pathname === pathname)) {
      startedAt = pending.startedAt;
      pending = null;
    }
    for (const notify of subscribers) {
      notify(startedAt);
    }
  }

  function followPages(): void {
    const router = window.next?.router;
    if (followsPages || !isPagesRouter(router)) {
      return;
    }
    followsPages = true;
    router.events.on('routeChangeStart', begin);
    router.events.on('routeChangeComplete', () => commit({ template: router.pathname, router: 'pages' }));
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
    subscribe(onCommit) {
      subscribers.add(onCommit);
      return () => {
        subscribers.delete(onCommit);
      };
    },
    onRouterTransitionStart: begin,
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

function pathnameOf(url: string, base: string): string {
  return URL.canParse(url, base) ? new URL(url, base).pathname : url;
}
