import type { RouteSource } from './routes.js';

/** What {@link startRum} takes. Everything has a default. */
export interface RumAgentOptions {
  /**
   * Where the collector is mounted; batches go to `${endpoint}/batch`, from `/api/rum/` to `/api/rum/batch/`. Default
   * `/api/rum`.
   */
  readonly endpoint?: string;
  /** Application id where several share a collector: letters, digits, `.`, `_`, `-`, at most 64. Default `default`. */
  readonly app?: string;
  /** Version of the application, such as a commit hash. */
  readonly release?: string;
  /** Such as `production` or `staging`. */
  readonly environment?: string;
  /**
   * `strict` (default): nothing is stored in the browser and the session ends with the page. `consent`: the session id
   * is kept in `sessionStorage`, so set it only once the visitor agreed.
   */
  readonly privacy?: 'strict' | 'consent';
  /** Path prefixes on which nothing is recorded. `/admin` covers `/admin` and `/admin/users`, not `/administer`. */
  readonly ignore?: readonly string[];
  /**
   * Sends `traceparent` and `baggage` with same-origin `fetch` requests. Default true. Turn it off where such a request
   * is redirected to another origin that does not allow these headers.
   */
  readonly tracing?: boolean;
  /** How the agent learns of routes. Default: the path is the route, navigations are read from `history`. */
  readonly routes?: RouteSource;
  /** Longest time that something recorded waits, in ms. Default 10,000. */
  readonly flushInterval?: number;
}

/** What the agent takes from its surroundings; tests give their own. */
export interface RumEnvironment {
  /** Epoch ms. */
  readonly now?: () => number;
  /** For the agent's own requests. */
  readonly fetch?: typeof globalThis.fetch;
}
