import type { Activity } from '../activity.js';
import type { Collector, Stop } from '../collector.js';
import { listen } from '../listen.js';
import { navigationEntry } from '../navigations.js';
import type { RouteSource } from '../routes.js';
import type { View } from '../view.js';

/** What a view is besides its place and vitals: where it came from, how long it took, how much of it was seen. */
export function createViewDetails(activity: Activity, routes: RouteSource | undefined): Collector {
  return {
    name: 'viewDetails',
    start({ now, views, record, on }) {
      let shown: View | null = null;
      let seenAt = 0;
      let isVisible = false;
      /** Lowest that was seen of the page, and its height when that was looked at last, in CSS pixels. */
      let lowest = 0;
      let height = 0;
      let stopWaiting: Stop | undefined;

      function settle(time: number): void {
        if (shown && isVisible) {
          shown.visibleDuration = (shown.visibleDuration ?? 0) + Math.max(0, time - seenAt);
          if (height) shown.scrollDepth = Math.min(1, lowest / height);
        }
        seenAt = time;
        isVisible = !document.hidden;
      }

      /** Not while a script changes the page, which would then have to be laid out at once. */
      function measure(): void {
        lowest = Math.max(lowest, scrollY + innerHeight);
        height = document.documentElement.scrollHeight;
      }

      on.view.push((view, commit) => {
        stopWaiting?.();
        shown = view;
        seenAt = view.startedAt;
        lowest = height = 0;
        if (!view.timeStamp) {
          const [origin] = /^https?:\/\/[^/?#]+/.exec(document.referrer) ?? [];
          if (origin !== location.origin) view.referrer = origin;
          view.redirectCount = navigationEntry()?.redirectCount;
          for (const [name, value] of new URLSearchParams(location.search)) {
            const [, campaign] = /^utm_(source|medium|campaign|term|content)$/.exec(name) ?? [];
            if (campaign) view.utm = { ...view.utm, [campaign]: value };
          }
        } else if (view.navigationType === 'client') {
          const requested = commit?.requestedPath;
          if (requested !== view.path) view.redirectedFrom = requested;
          // After the next frame the browser has painted the new page.
          requestAnimationFrame(() =>
            setTimeout(() => {
              view.routeChangeTime = Math.max(0, now() - view.startedAt);
              views.changed(view);
              if (view === shown) measure();
            }),
          );
        }
        stopWaiting = activity.wait(100, (activeAt = view.startedAt) => {
          if (views.current() !== view) return;
          view.loadingTime = Math.max(0, activeAt - view.startedAt);
          if (!view.timeStamp) measure();
          views.changed(view);
        });
      });
      on.settle.push(activity.check, settle);
      on.flush.push(activity.check);
      // What comes after the page has settled is no consequence of what it settled after.
      on.event.push(({ type }) => void (type === 'error' && activity.check()));
      const stops = [
        listen(document, 'visibilitychange', () => {
          measure();
          // Of a page that hides the agent asks, at the time that it takes for the view's end.
          if (!document.hidden) settle(now());
        }),
        listen(window, 'scroll', measure),
      ];
      if (routes) {
        stops.push(
          routes.subscribe(
            () => {},
            ({ path, startedAt }) => {
              const duration = Math.max(0, now() - startedAt);
              record({ type: 'navigation', name: path, outcome: 'cancelled', duration }, startedAt);
            },
          ),
        );
      }
      return [
        ...stops,
        () => {
          stopWaiting?.();
          shown = null;
        },
      ];
    },
  };
}
