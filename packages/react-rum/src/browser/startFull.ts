import { createActivity } from './activity.js';
import { createAgent } from './agent.js';
import { appSessions } from './appSessions.js';
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
import { guard } from './guard.js';
import type { RumAgentOptions, RumEnvironment } from './options.js';
import type { RumAgent } from './registry.js';
import { createSessions } from './sessions.js';
import { createEmit, createListeners } from './signals.js';
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
      const stops = load().then((collector) => collector.start(context));
      stops.catch((cause) => console.warn('RUM', cause));
      return [
        () =>
          void stops.then(
            (each) => each.map((stop) => guard(stop)()),
            () => {},
          ),
      ];
    },
  };
}

/** Starts the agent with everything. */
export function startFull(
  options: RumAgentOptions,
  environment: RumEnvironment,
  onDemand: OnDemand,
): RumAgent | null {
  return startAgent((page) => {
    const { now = Date.now } = environment;
    const activity = createActivity(now);
    const sessions = createSessions(options, page, now);
    const on = createListeners();
    // Taken before a collector wraps it.
    const send = environment.fetch ?? fetch;
    return createAgent(
      options,
      environment,
      page,
      [
        sessions.collector,
        createCaps(options.maxPerMinute),
        createViewDetails(activity, options.routes),
        attributedVitals,
        appSignals,
        createNetwork(options, activity, () =>
          page.consent === 'granted' ? sessions.current().id : undefined,
        ),
        options.errors !== false && errors,
        options.longTasks !== false && longTasks,
        options.userTiming !== false && userTiming,
        options.actions !== false && createActions(options, activity),
        options.offline &&
          loaded('offline', async () =>
            (await onDemand.offline()).createOffline(options, sessions.mayStore, send),
          ),
        (options.debug || location.search.includes('rum_debug')) &&
          loaded('debug', async () => (await onDemand.debug()).createDebug(options)),
      ].filter((collector) => !!collector),
      {
        on,
        emit: createEmit(on),
        session: appSessions(options.apps, sessions.current),
        compress: gzip,
        envelope: ({ sampled }) => ({
          context: environmentFacts(),
          sampleRate: options.sampleRate,
          kept: sampled > 1,
          user: sessions.mayStore() ? page.user : undefined,
          attributes: page.attributes,
        }),
      },
    );
  });
}
