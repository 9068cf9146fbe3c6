import { type AgentParts, createAgent } from './agent.js';
import type { Collector } from './collector.js';
import { guard } from './guard.js';
import type { RumCoreOptions, RumEnvironment } from './options.js';
import { mayRecord, type RumAgent, registry } from './registry.js';

/** The agent of a page on which nothing is recorded. */
const nothing = (): null => null;
const INERT: RumAgent = { flush: async () => {}, stop: nothing, sessionId: nothing, viewId: nothing };

/**
 * Starts the one agent of this page, or returns it if it runs already. A page that is only prerendered is watched from
 * when it is shown.
 *
 * @param collectors What to watch, in the order in which it starts.
 */
export function startAgent(
  options: RumCoreOptions,
  environment: RumEnvironment,
  collectors: readonly Collector[],
  parts: AgentParts = {},
): RumAgent {
  const page = registry();
  guard(() => {
    if (mayRecord() && !page.agent) page.agent = createAgent(options, environment, collectors, page, parts);
  })();
  return page.agent ?? INERT;
}
