import { createPlainVitals } from './collect/plainVitals.js';
import { createViews } from './collect/views.js';
import { createHistoryRoutes } from './historyRoutes.js';
import { ignoredPaths } from './ignoredPaths.js';
import type { RumAgentOptions, RumEnvironment } from './options.js';
import type { RumAgent } from './registry.js';
import { startAgent } from './startAgent.js';

export type { RumAgentOptions, RumEnvironment } from './options.js';
export { type RumAgent, reportError, track } from './registry.js';
export type { Route, RouteSource } from './routes.js';

/**
 * The smallest agent: views, the five vitals by value, and custom events. The same as `startRum` of
 * `@rumkit/react-rum/agent` without attribution, uncaught errors and trace headers.
 *
 * @example
 * ```ts
 * import { startRum } from '@rumkit/react-rum/core';
 *
 * startRum({ endpoint: '/api/rum' });
 * ```
 */
export function startRum(
  options: Omit<RumAgentOptions, 'tracing'> = {},
  environment: RumEnvironment = {},
): RumAgent {
  const { ignore = [], routes } = options;
  if (typeof window === 'undefined') return startAgent(options, environment, []);
  return startAgent(options, environment, [
    createViews(routes ?? createHistoryRoutes(window), ignoredPaths(ignore)),
    createPlainVitals(),
  ]);
}
