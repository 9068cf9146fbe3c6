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
import type { Collector } from './collector.js';
import { environmentFacts } from './environmentFacts.js';
import type { RumAgentOptions, RumEnvironment } from './options.js';
import { type RumAgent, registry } from './registry.js';
import { createSessions } from './sessions.js';
import { startAgent } from './startAgent.js';
import { gzip } from './transport/gzip.js';

/** What is off by default and loaded when it is asked for. */
export interface OnDemand {
  debug(): Promise<{ createDebug(options: RumAgentOptions): Collector }>;
  offline(): Promise<{
    createOffline(
      options: RumAgentOptions,
      mayStore: () => boolean,
      fetch: typeof globalThis.fetch,
    ): Collector;
  }>;
}

/** A collector whose code is loaded once the agent starts. Without what could not be loaded the agent goes on. */
function loaded(name: string, load: () => Promise<Collector>): Collector {
  return {
    name,
    start(context) {
      const started = load().then((collector) => collector.start(context));
      started.catch((cause) => console.warn(`RUM: ${name} could not be loaded`, cause));
      return () =>
        void started.then(
          (stop) => stop(),
          () => {},
        );
    },
  };
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
  // Taken before a collector wraps it.
  const { fetch = globalThis.fetch } = environment;
  return startAgent(
    options,
    environment,
    [
      sessions.collector,
      ...(options.offline
        ? [
            loaded('offline', async () =>
              (await onDemand.offline()).createOffline(options, sessions.mayStore, fetch),
            ),
          ]
        : []),
      ...(options.debug || /[?&]rum_debug/.test(globalThis.location?.search)
        ? [loaded('debug', async () => (await onDemand.debug()).createDebug(options))]
        : []),
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
