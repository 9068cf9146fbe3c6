import { LIMITS, type NavigationType, newId, type ViewDocument } from '../protocol/index.js';
import type { Clock } from './clock.js';
import { cut } from './cut.js';
import type { Route } from './routes.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A view as it is being recorded. Whoever changes it calls the context's `changed`. */
export interface View extends Mutable<Omit<ViewDocument, 'revision' | 'route' | 'router'>> {
  /** Null while the router has not said. */
  route: Route | null;
}

/** How a view begins. */
export interface ViewStart extends Pick<ViewDocument, 'path' | 'startedAt' | 'navigationType' | 'referrer'> {
  readonly route: Route | null;
  /**
   * Given where the browser itself showed a document: when, in ms since its time origin, 0 for the load. Vitals are
   * about documents, so such views stay open for them to the end of the page.
   */
  readonly shownAt?: number;
}

/** The views of one page: which is shown, which may still change, which must be sent. */
export interface ViewLog {
  /** The view now shown; null on an ignored path. */
  current(): View | null;
  /** The view now shown, or else the last one. */
  latest(): View | null;
  /** The view of the document that was shown at `shownAt`; undefined if it was not recorded. */
  ofDocument(shownAt: number): View | undefined;
  begin(start: ViewStart): void;
  end(): void;
  /** The page or view may be going: brings the duration up to date and waits for no router any more. */
  settle(): void;
  /** The documents whose content changed since they were last drained, each with its next revision. */
  drain(): readonly ViewDocument[];
}

export function createViewLog(clock: Clock): ViewLog {
  const open = new Map<View, Sent>();
  const documents = new Map<number, View>();
  let current: View | null = null;
  let latest: View | null = null;

  function settle(): void {
    if (!current) return;
    current.duration = Math.max(0, clock.now() - current.startedAt);
  }
  function end(): void {
    settle();
    current = null;
  }

  return {
    current: () => current,
    latest: () => latest,
    ofDocument: (shownAt) => documents.get(shownAt),
    begin({ shownAt, path, ...start }) {
      // A document that is shown again was left long before: that is when its last view was settled.
      if (shownAt === undefined) settle();
      const view: View = { id: newId(clock.now()), path: cut(path, LIMITS.label), ...start, vitals: {} };
      if (latest) view.previousViewId = latest.id;
      if (shownAt !== undefined) documents.set(shownAt, view);
      open.set(view, { revision: 0, content: '' });
      current = latest = view;
    },
    end,
    settle,
    drain() {
      const documentViews = new Set(documents.values());
      const changed: ViewDocument[] = [];
      for (const [view, sent] of open) {
        const route = routeOf(view);
        if (!route) continue;
        const content = { ...view, route: cut(route.template, LIMITS.label), router: route.router };
        const text = JSON.stringify(content);
        if (text !== sent.content) {
          sent.content = text;
          sent.revision += 1;
          changed.push({ ...content, revision: sent.revision });
        }
        if (view !== current && !documentViews.has(view)) open.delete(view);
      }
      return changed;
    },
  };
}

/** The route a view is known by: its router's, or once it is settled its path. Null while it waits for the router. */
export function routeOf({ route, duration, path }: View): Route | null {
  if (route || duration === undefined) return route;
  return { template: path, router: 'none' };
}

interface Sent {
  revision: number;
  content: string;
}

/** How the browser came to this document, in the words of `web-vitals`. */
export function documentNavigationType(
  entry: PerformanceNavigationTiming | undefined,
  wasDiscarded: boolean | undefined,
): NavigationType {
  if (entry?.activationStart) return 'prerender';
  if (wasDiscarded) return 'restore';
  return entry ? (entry.type.replace('_', '-') as NavigationType) : 'navigate';
}
