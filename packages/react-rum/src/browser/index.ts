import { createAttributedVitals } from './collect/attributedVitals.js';
import { createErrors } from './collect/errors.js';
import { createTracing } from './collect/tracing.js';
import { createViews } from './collect/views.js';
import { createHistoryRoutes } from './historyRoutes.js';
import { ignoredPaths } from './ignoredPaths.js';
import type { RumAgentOptions, RumEnvironment } from './options.js';
import type { RumAgent } from './registry.js';
import { startAgent } from './startAgent.js';

export type { Properties, PropertyValue, RouterKind } from '../protocol/index.js';
export { createHistoryRoutes } from './historyRoutes.js';
export type { RumAgentOptions, RumEnvironment } from './options.js';
export { type RumAgent, reportError, track } from './registry.js';
export type { Route, RouteSource } from './routes.js';

/**
 * Starts the agent of this page: views, the five vitals with attribution, errors, custom events, and trace headers on
 * same-origin requests. If one runs already, that one is returned and the options are not looked at.
 *
 * Does nothing on a server and where the visitor sends Global Privacy Control. Never throws.
 *
 * @param environment For tests: clock and fetch.
 * @example
 * ```ts
 * import { startRum } from '@rumkit/react-rum/agent';
 *
 * startRum({ endpoint: '/api/rum', release: '1.4.0' });
 * ```
 */
export function startRum(options: RumAgentOptions = {}, environment: RumEnvironment = {}): RumAgent {
  const { ignore = [], tracing = true, routes } = options;
  if (typeof window === 'undefined') return startAgent(options, environment, []);
  return startAgent(options, environment, [
    createViews(routes ?? createHistoryRoutes(window), ignoredPaths(ignore)),
    createAttributedVitals(),
    createErrors(),
    ...(tracing ? [createTracing()] : []),
  ]);
}
