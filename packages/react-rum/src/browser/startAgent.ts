import { guard } from './guard.js';
import { mayRecord, type Registry, type RumAgent, registry } from './registry.js';

/** The agent of a page on which nothing is recorded. */
const nothing = (): null => null;
const INERT: RumAgent = { flush: async () => {}, stop: nothing, sessionId: nothing, viewId: nothing };

/**
 * Starts the one agent of this page, or returns it if it runs already. A page that is only prerendered is watched from
 * when it is shown.
 *
 * @param create Called where one is to be started.
 */
export function startAgent(create: (page: Registry) => RumAgent): RumAgent {
  const page = registry();
  guard(() => {
    if (mayRecord() && !page.agent) page.agent = create(page);
  })();
  return page.agent ?? INERT;
}
