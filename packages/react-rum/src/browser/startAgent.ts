import { guard } from './guard.js';
import { mayRecord, type Registry, type RumAgent, registry } from './registry.js';

/**
 * Starts the one agent of this page, or returns it if it runs already; null where nothing is recorded.
 *
 * @param create Called where one is to be started.
 */
export function startAgent(create: (page: Registry) => RumAgent): RumAgent | null {
  const page = registry();
  guard(() => {
    if (mayRecord() && !page.agent) page.agent = create(page);
  })();
  return page.agent;
}
