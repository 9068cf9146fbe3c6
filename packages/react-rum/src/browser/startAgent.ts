import { createAgent } from './agent.js';
import type { Collector } from './collector.js';
import type { RumAgentOptions, RumEnvironment } from './options.js';
import { mayRecord, type RumAgent, registry } from './registry.js';

/** The agent of a page on which nothing is recorded. */
const INERT: RumAgent = {
  track() {},
  reportError() {},
  flush: () => Promise.resolve(),
  stop() {},
  sessionId: null,
  viewId: () => null,
};

/**
 * Starts the one agent of this page, or returns it if it runs already. A page that is only prerendered is watched from
 * when it is shown.
 *
 * @param collectors What to watch, in the order in which it starts.
 */
export function startAgent(
  options: RumAgentOptions,
  environment: RumEnvironment,
  collectors: readonly Collector[],
): RumAgent {
  if (!mayRecord()) return INERT;
  const page = registry();
  if (page.agent) return page.agent;
  try {
    const { agent, start } = createAgent(options, environment, collectors, () => {
      page.agent = page.recorder = null;
    });
    page.agent = agent;
    whenActivated(() => {
      if (page.agent !== agent) return;
      page.recorder = start();
      for (const call of page.early.splice(0)) call(page.recorder);
    });
    return agent;
  } catch (cause) {
    console.warn('RUM: the agent could not start', cause);
    return INERT;
  }
}

function whenActivated(run: () => void): void {
  if (document.prerendering) addEventListener('prerenderingchange', run, { once: true });
  else run();
}
