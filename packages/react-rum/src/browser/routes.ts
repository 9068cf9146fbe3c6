import type { RouterKind } from '../protocol/index.js';

/** Where the page is, in the words of its router. */
export interface Route {
  /** Template such as `/product/[id]`; the path where the router has none. */
  readonly template: string;
  readonly router: RouterKind;
}

/** A navigation that arrived. */
export interface RouteCommit {
  /** When it began, epoch ms. */
  readonly startedAt?: number;
  /** Path that it set out for. */
  readonly requestedPath?: string;
}

/** A navigation that never arrived, because another one took its place. */
export interface RouteCancellation {
  /** Path that it set out for. */
  readonly path: string;
  /** Epoch ms. */
  readonly startedAt: number;
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
   * @param onCommit What the router does not tell is taken to be now and here.
   * @param onCancel Called where the router tells.
   * @returns Stops the calls.
   */
  subscribe(
    onCommit: (commit?: RouteCommit) => void,
    onCancel?: (cancellation: RouteCancellation) => void,
  ): () => void;
}
