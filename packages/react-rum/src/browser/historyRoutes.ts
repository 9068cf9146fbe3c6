import { listen } from './listen.js';
import type { RouteSource } from './routes.js';

/**
 * Routes of a page without a known router: each path is its own template. Reads `pushState`, `replaceState` and
 * `popstate`.
 *
 * @example
 * ```ts
 * import { createHistoryRoutes, type RouteSource } from '@rumkit/react-rum/agent';
 *
 * const routes: RouteSource = createHistoryRoutes(window);
 * ```
 */
export function createHistoryRoutes(window: Window): RouteSource {
  const { history, location } = window;
  return {
    current: () => ({ template: location.pathname, router: 'none' }),
    subscribe(onCommit) {
      const notify = (): void => onCommit();
      const stops = [listen(window, 'popstate', notify)];
      try {
        stops.push(wrap(history, 'pushState', notify), wrap(history, 'replaceState', notify));
      } catch {
        // A frozen history: only the browser's own back and forward are seen.
      }
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function wrap(history: History, method: 'pushState' | 'replaceState', after: () => void): () => void {
  const original = history[method];
  let active = true;
  const wrapped: typeof original = function (this: History, ...args) {
    original.apply(this, args);
    if (active) after();
  };
  history[method] = wrapped;
  return () => {
    active = false;
    // Another wrapper may lie over this one by now; then ours stays and only passes on.
    if (history[method] === wrapped) history[method] = original;
  };
}
