import { listen } from './listen.js';
import type { RouteSource } from './routes.js';
import { wrapMethod } from './wrapMethod.js';

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
export function createHistoryRoutes({ history, location }: Window): RouteSource {
  return {
    current: () => ({ template: location.pathname, router: 'none' }),
    subscribe(onCommit) {
      const stops = (['pushState', 'replaceState'] as const).map((method) =>
        wrapMethod(history, method, (write, args) => {
          write(...args);
          onCommit();
        }),
      );
      stops.push(listen(window, 'popstate', () => onCommit()));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
