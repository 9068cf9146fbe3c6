import type { NavigationType } from '../protocol/index.js';
import type { Stop } from './collector.js';
import { guard } from './guard.js';
import { listen } from './listen.js';
import type { RouteSource } from './routes.js';
import type { Views } from './views.js';

/** What the browser tells of how this document was loaded. */
export function navigationEntry(): PerformanceNavigationTiming | undefined {
  return performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined;
}

/** Begins the view of the load, which is shown when a prerendered page is activated. */
export function beginDocument({ begin }: Views, at: (timeStamp: number) => number): void {
  const entry = navigationEntry();
  const activated = entry?.activationStart || 0;
  const type = document.wasDiscarded ? 'restore' : entry?.type.replace('_', '-');
  begin((activated ? 'prerender' : (type ?? 'navigate')) as NavigationType, 0, { startedAt: at(activated) });
}

/** Begins views for each navigation of the router and for each return from the back/forward cache. */
export function followNavigations(routes: RouteSource, views: Views): readonly Stop[] {
  return [
    routes.subscribe(guard(views.commit)),
    listen<PageTransitionEvent>(window, 'pageshow', ({ persisted, timeStamp }) => {
      if (persisted) views.begin('back-forward-cache', timeStamp);
    }),
  ];
}
