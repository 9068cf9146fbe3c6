import type { Collector } from '../collector.js';
import { guard } from '../guard.js';
import { listen } from '../listen.js';
import type { Route, RouteSource } from '../routes.js';
import { documentNavigationType, type ViewStart } from '../viewLog.js';

/**
 * One view for each load, each navigation by a router that changes path or template, and each return from the
 * back/forward cache.
 *
 * @param ignored Tells for a path whether nothing is recorded there.
 */
export function createViews(routes: RouteSource, ignored: (path: string) => boolean): Collector {
  return {
    name: 'views',
    start({ clock, views, changed }) {
      function begin(start: Omit<ViewStart, 'path' | 'route'>, route: Route | null): void {
        const path = location.pathname;
        if (ignored(path)) {
          views.end();
        } else {
          views.begin({ ...start, path, route });
        }
        changed();
      }

      const commit = guard((startedAt: number = clock.now()) => {
        const view = views.current();
        const route = routes.current();
        if (view?.path === location.pathname) {
          if (!route || view.route?.template === route.template) return;
          if (!view.route) {
            view.route = route;
            changed();
            return;
          }
        }
        begin({ startedAt: Math.min(startedAt, clock.now()), navigationType: 'client' }, route);
      });

      function restored({ persisted, timeStamp }: PageTransitionEvent): void {
        if (!persisted) return;
        begin(
          { startedAt: clock.at(timeStamp), navigationType: 'back-forward-cache', shownAt: timeStamp },
          routes.current(),
        );
      }

      const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      begin(
        {
          startedAt: clock.at(entry?.activationStart ?? 0),
          navigationType: documentNavigationType(entry, document.wasDiscarded),
          referrer: referrerOrigin(document.referrer, location.origin),
          shownAt: 0,
        },
        routes.current(),
      );
      const unsubscribe = routes.subscribe(commit);
      // Captured, so that the view is there before `web-vitals` reports for it from its own listener.
      const unlisten = listen(window, 'pageshow', restored, true);
      return () => {
        unsubscribe();
        unlisten();
      };
    },
  };
}

/** The origin a visitor came from; undefined for none, for the page's own, and for what is no web page. */
function referrerOrigin(referrer: string, own: string): string | undefined {
  const origin = /^https?:\/\/[^/?#]+/.exec(referrer)?.[0];
  return origin === own ? undefined : origin;
}
