import type { NavigationType, ViewDocument } from '../protocol/index.js';
import { newId } from '../protocol/newId.js';
import { MAX_OPEN } from './limits.js';
import type { RouteCommit, RouteSource } from './routes.js';
import type { Session } from './session.js';
import type { Emit } from './signals.js';
import { routeOf, type View } from './view.js';

/** The views of one page. */
export interface Views {
  /** The view now shown; null on an ignored path. */
  current(): View | null;
  /** The first view that fits. */
  find(fits: (view: View) => boolean): View | undefined;
  /** The view must be sent again. */
  changed(view: View): void;
  /** @param timeStamp When it began, `performance.now()`. Default now. */
  begin(navigationType: NavigationType, timeStamp?: number, commit?: RouteCommit): void;
  /** The router has the page where it is now: the view shown learns its route, or another begins. */
  commit(commit?: RouteCommit): void;
  /** The page or view may be going: brings its duration up to date and waits for no router any more. */
  settle(): void;
  /** Forgets all. */
  clear(): void;
  /** The views that changed since they were last drained, with the next revision. */
  drain(send: (document: ViewDocument, view: View) => void): void;
}

/**
 * One view for each load, each navigation that changes path or template, and whatever else begins one.
 *
 * @param session The session now.
 * @param isIgnored Tells for a path whether nothing is recorded there.
 * @param now Epoch ms.
 * @param at Epoch ms of a `performance` timestamp.
 * @param onChanged A view must be sent.
 */
export function createViews(
  routes: RouteSource,
  session: () => Session,
  isIgnored: (path: string) => boolean,
  now: () => number,
  at: (timeStamp: number) => number,
  emit: Emit | undefined,
  onChanged: () => void,
): Views {
  let open: View[] = [];
  let current: View | null = null;

  function changed(view: View): void {
    view.isDirty = true;
    onChanged();
  }
  function settle(): void {
    const time = now();
    emit?.('settle', time);
    if (!current) return;
    current.duration = Math.max(0, time - current.startedAt);
    changed(current);
  }
  function begin(navigationType: NavigationType, timeStamp = performance.now(), commit?: RouteCommit): void {
    const path = location.pathname;
    // A document that is shown again was left long before: that is when its last view was settled.
    if (navigationType !== 'back-forward-cache') settle();
    current = null;
    if (isIgnored(path)) return;
    current = {
      id: newId(now()),
      revision: 0,
      startedAt: commit?.startedAt ?? at(timeStamp),
      path,
      navigationType,
      previousViewId: open.at(-1)?.id,
      vitals: {},
      counts: {},
      session: session(),
      route: routes.current(),
      timeStamp,
      isDirty: true,
    };
    open.push(current);
    if (open.length > MAX_OPEN) open.splice(1, 1);
    emit?.('view', current, commit);
    changed(current);
  }

  return {
    current: () => current,
    find: (fits) => open.find(fits),
    changed,
    begin,
    commit(commit) {
      const route = routes.current();
      const path = location.pathname;
      const isSame = current?.path === path;
      if (isSame && (!route || route.template === current?.route?.template)) return;
      // A page that redirects may be shown for a moment before the one it redirects to.
      const isRedirected = commit?.startedAt && commit.startedAt === current?.startedAt;
      if (current && (isRedirected || (isSame && !current.route))) {
        if (!isSame) current.redirectedFrom = commit?.requestedPath;
        current.path = path;
        current.route = route;
        changed(current);
      } else begin('client', undefined, commit);
    },
    settle,
    clear() {
      open = [];
      current = null;
    },
    drain(send) {
      for (const view of open) {
        const route = routeOf(view);
        if (!route || !view.isDirty || !view.session.sampled) continue;
        view.revision += 1;
        const { session: _session, timeStamp: _timeStamp, isDirty: _isDirty, ...document } = view;
        send({ ...document, route: route.template, router: route.router }, view);
        // Last: Firefox ends what runs in a page that it closes, wherever it is, and the page is asked once more after that.
        view.isDirty = false;
      }
    },
  };
}
