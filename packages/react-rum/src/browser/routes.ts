import type { RouterKind } from '../protocol/index.js';

/** Where the page is, in the words of its router. */
export interface Route {
  /** Template such as `/product/[id]`; the path where the router has none. */
  readonly template: string;
  readonly router: RouterKind;
}

/**
 * What the agent asks about routes. The default one ({@link createHistoryRoutes}) knows only paths; a framework
 * binding gives its own to `startRum`.
 */
export interface RouteSource {
  /** The route now shown. Null while the router has not said yet (before hydration): the view waits for it. */
  current(): Route | null;
  /**
   * Calls back after each committed navigation, and once the first route is known. The agent itself tells whether
   * a new view began: it did when path or template differ from the view's.
   *
   * @param onCommit `startedAt` is when the navigation began (epoch ms), where the router tells; else now is taken.
   * @returns Stops the calls.
   */
  subscribe(onCommit: (startedAt?: number) => void): () => void;
}
