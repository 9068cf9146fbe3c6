import { createAgent } from './agent.js';
import { createVitals } from './collect/vitals.js';
import type { RumCoreOptions, RumEnvironment } from './options.js';
import type { RumAgent } from './registry.js';
import { startAgent } from './startAgent.js';

export * from './api.js';
export type { Consent, RumCoreOptions, RumEnvironment, RumHooks } from './options.js';
export type { ErrorDetails, RumAgent, Timing } from './registry.js';
export type { Route, RouteCancellation, RouteCommit, RouteSource } from './routes.js';

/**
 * The smallest agent: views, the five vitals by value, and what the application tells. The same as `startRum` of
 * `@rumkit/react-rum/agent` without attribution and without what that one watches besides.
 *
 * @example
 * ```ts
 * import { startRum } from '@rumkit/react-rum/core';
 *
 * startRum({ endpoint: '/api/rum' });
 * ```
 */
export function startRum(options: RumCoreOptions = {}, environment: RumEnvironment = {}): RumAgent | null {
  return startAgent((page) => createAgent(options, environment, page, [createVitals()]));
}
