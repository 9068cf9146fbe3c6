import type { Route, RouteCancellation, RouteCommit, RouteSource } from '../browser/index.js';

/** A router that speaks when it is told. */
export interface SpokenRoutes extends RouteSource {
  commit(route: Route, commit?: RouteCommit): void;
  cancel(cancellation: RouteCancellation): void;
}

/** @param first Null: it does not know yet. */
export function spokenRoutes(first: Route | null): SpokenRoutes {
  type Subscriber = Parameters<RouteSource['subscribe']>;
  const subscribers = new Set<Subscriber>();
  let current = first;
  return {
    current: () => current,
    subscribe(...subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    commit(route, commit) {
      current = route;
      for (const [onCommit] of subscribers) onCommit(commit);
    },
    cancel(cancellation) {
      for (const [, onCancel] of subscribers) onCancel?.(cancellation);
    },
  };
}
