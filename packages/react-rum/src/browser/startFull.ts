import { createActivity } from './activity.js';
import { createActions } from './collect/actions.js';
import { appSignals } from './collect/appSignals.js';
import { attributedVitals } from './collect/attributedVitals.js';
import { createCaps } from './collect/caps.js';
import { errors } from './collect/errors.js';
import { longTasks } from './collect/longTasks.js';
import { createNetwork } from './collect/network.js';
import { userTiming } from './collect/userTiming.js';
import { createViewDetails } from './collect/viewDetails.js';
import { endpointOf } from './endpointOf.js';
import { environmentFacts } from './environmentFacts.js';
import type { RumAgentOptions, RumEnvironment } from './options.js';
import { type Registry, type RumAgent, registry } from './registry.js';
import { createSessions } from './sessions.js';
import { startAgent } from './startAgent.js';
import { gzip } from './transport/gzip.js';

/** What is off by default and loaded when it is asked for. */
export interface OnDemand {
  debug(): Promise<{ startDebug(page: Registry): void }>;
  offline(): Promise<{ createOfflineFetch: CreateOfflineFetch }>;
}

/**
 * A `fetch` that keeps bodies until they are answered for.
 *
 * @param mayStore Whether the browser may be given anything to store, asked each time.
 */
export type CreateOfflineFetch = (
  fetch: typeof globalThis.fetch,
  url: string,
  mayStore: () => boolean,
) => typeof globalThis.fetch;

/** Without what could not be loaded the agent goes on. */
function load(run: () => Promise<void>): void {
  run().catch((cause) => console.warn('RUM: a part that was asked for could not be loaded', cause));
}

/** Puts the agent with everything together. */
export function startFull(
  options: RumAgentOptions,
  environment: RumEnvironment,
  onDemand: OnDemand,
): RumAgent {
  const {
    errors: areErrorsOn = true,
    actions = true,
    longTasks: areTasksOn = true,
    userTiming: isTimingOn = true,
  } = options;
  const page = registry();
  const now = environment.now ?? Date.now;
  const activity = createActivity(now);
  const sessions = createSessions(options, page, now);
  let send = environment.fetch ?? globalThis.fetch;
  if (options.offline) {
    load(async () => {
      const { createOfflineFetch } = await onDemand.offline();
      send = createOfflineFetch(send, endpointOf(options), sessions.mayStore);
    });
  }
  if (options.debug || /[?&]rum_debug/.test(globalThis.location?.search)) {
    load(async () => (await onDemand.debug()).startDebug(page));
  }
  return startAgent(
    options,
    { now, fetch: (...args) => send(...args) },
    [
      sessions.collector,
      createCaps(options.maxPerMinute),
      createViewDetails(activity, options.routes),
      attributedVitals,
      appSignals,
      ...(areErrorsOn ? [errors] : []),
      createNetwork(options, activity, () =>
        page.consent === 'granted' ? sessions.current().id : undefined,
      ),
      ...(areTasksOn ? [longTasks] : []),
      ...(isTimingOn ? [userTiming] : []),
      ...(actions ? [createActions(options, activity)] : []),
    ],
    {
      session: sessions.current,
      compress: gzip,
      envelope: ({ sampled }) => ({
        context: environmentFacts(),
        sampleRate: options.sampleRate,
        kept: sampled > 1 || undefined,
        user: sessions.mayStore() ? page.user : undefined,
        attributes: page.attributes,
      }),
    },
  );
}
