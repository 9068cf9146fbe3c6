import type { RumAgentOptions, RumEnvironment } from './options.js';
import type { RumAgent } from './registry.js';
import { startFull } from './startFull.js';

export type { Properties, PropertyValue, RouterKind } from '../protocol/index.js';
export * from './api.js';
export { createHistoryRoutes } from './historyRoutes.js';
export type { Consent, FrustrationMet, RumAgentOptions, RumEnvironment, RumHooks } from './options.js';
export type { ErrorDetails, RumAgent, Timing } from './registry.js';
export type { Route, RouteCancellation, RouteCommit, RouteSource } from './routes.js';

/**
 * Starts the agent of this page with everything that it can watch; options turn parts off. If one runs already, that one
 * is returned and the options are not looked at.
 *
 * Does nothing on a server and where the visitor sends Global Privacy Control, and returns null. Never throws.
 *
 * @param environment For tests: clock and fetch.
 * @example
 * ```ts
 * import { startRum } from '@rumkit/react-rum/agent';
 *
 * startRum({ endpoint: '/api/rum', release: '1.4.0' });
 * ```
 */
export function startRum(options: RumAgentOptions = {}, environment: RumEnvironment = {}): RumAgent | null {
  return startFull(options, environment, {
    debug: () => import('./debug/index.js'),
    offline: () => import('./offline/index.js'),
  });
}
