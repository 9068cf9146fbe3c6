import type { ViewDocument } from '../protocol/index.js';
import type { Route } from './routes.js';
import type { Session } from './session.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A view as it is being recorded. Whoever changes it calls {@link Views.changed}. */
export interface View extends Mutable<Omit<ViewDocument, 'route' | 'router' | 'counts' | 'vitals'>> {
  readonly vitals: Mutable<ViewDocument['vitals']>;
  readonly counts: Record<string, number>;
  readonly session: Session;
  /** Null while the router has not said. */
  route: Route | null;
  /** `performance.now()` when it began; 0 of a load. */
  readonly timeStamp: number;
  /** Differs from what was sent last. */
  isDirty: boolean;
}

/** The route by which a view is known: its router's, or once it is settled its path. Null while it waits for the router. */
export function routeOf({ route, duration, path }: View): Route | null {
  return route ?? (duration === undefined ? null : { template: path, router: 'none' });
}
