import type { NavigationType } from '../protocol/index.js';
import type { Stop } from './collector.js';
import { guard } from './guard.js';
import { listen } from './listen.js';
import type { RouteSource } from './routes.js';
import type { Views } from './views.js';

interface DocumentTiming extends PerformanceNavigationTiming {
  /** When a prerendered page was shown, else 0. Not in all browsers. */
  readonly activationStart?: number;
}

/** What the browser tells of how this document was loaded. */
export function navigationEntry(): DocumentTiming | undefined {
  return performance.getEntriesByType('navigation')[0] as DocumentTiming | undefined;
}

/** The browser loads the page, but nobody has asked for it yet. */
export function isPrerendering(): boolean {
  return !!(document as { prerendering?: boolean }).prerendering;
}

/** Begins the view of the load, which is shown when a prerendered page is activated. */
export function beginDocument({ begin }: Views, at: (timeStamp: number) => number): void {
  const entry = navigationEntry();
  const activated = entry?.activationStart || 0;
  const { wasDiscarded } = document as { wasDiscarded?: boolean };
  const type = wasDiscarded ? 'restore' : entry?.type.replace('_', '-');
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
