import { LIMITS, newId, type Properties, type RumEvent } from '../protocol/index.js';
import { createClock } from './clock.js';
import { describeError } from './collect/errors.js';
import type { Collector, CollectorContext, EventDraft } from './collector.js';
import { copyProperties } from './copyProperties.js';
import { cut } from './cut.js';
import { guard } from './guard.js';
import { whenLeaving } from './leaving.js';
import type { RumAgentOptions, RumEnvironment } from './options.js';
import type { Recorder, RumAgent } from './registry.js';
import { sessionIdOf } from './session.js';
import { createLosses } from './transport/losses.js';
import { createTransport } from './transport/transport.js';
import { createViewLog, routeOf, type View } from './viewLog.js';

/** An agent that was put together and watches nothing yet. */
export interface IdleAgent {
  readonly agent: RumAgent;
  /** Starts the collectors. */
  start(): Recorder;
}

/**
 * Puts an agent together.
 *
 * @param collectors What to watch, in the order in which it starts.
 * @param onStop Called once when the agent stopped.
 */
export function createAgent(
  options: RumAgentOptions,
  environment: RumEnvironment,
  collectors: readonly Collector[],
  onStop: () => void,
): IdleAgent {
  const { endpoint = '/api/rum', app = 'default', privacy = 'strict', flushInterval = 10_000 } = options;
  const clock = createClock(environment.now ?? Date.now, () => performance.now());
  const sessionId = sessionIdOf(privacy, clock.now());
  const views = createViewLog(clock);
  const losses = createLosses();
  const held: { readonly view: View; readonly event: Omit<RumEvent, 'route'> }[] = [];
  const stops: (() => void)[] = [];

  const transport = createTransport({
    endpoint,
    head: {
      app,
      sessionId,
      release: cut(options.release ?? '', 128) || undefined,
      environment: cut(options.environment ?? '', 64) || undefined,
    },
    flushInterval,
    losses,
    now: clock.now,
    // Taken before a collector wraps it: the agent does not trace itself.
    fetch: environment.fetch ?? window.fetch.bind(window),
    pull() {
      const view = views.current() ?? views.latest();
      if (!view) return;
      for (const [reason, count] of losses.take()) hold(view, { type: 'loss', reason, count }, clock.now());
      release();
      for (const document of views.drain()) transport.add(document);
    },
    onUnsupported: end,
  });

  function hold(view: View, draft: object, at: number): void {
    if (held.length >= LIMITS.batchItems) {
      losses.add('queue_full');
      return;
    }
    const event = { ...draft, id: newId(clock.now()), viewId: view.id, at } as Omit<RumEvent, 'route'>;
    held.push({ view, event });
  }
  /** Events name their view's route, so they wait for it as the view does. */
  function release(): void {
    for (const entry of held.splice(0)) {
      const route = routeOf(entry.view);
      if (route) transport.add({ ...entry.event, route: cut(route.template, LIMITS.label) } as RumEvent);
      else held.push(entry);
    }
  }
  function record(draft: EventDraft | null, at: number = clock.now()): void {
    const view = views.current();
    if (!view || !draft) return;
    hold(view, draft, at);
    release();
  }
  function end(): void {
    for (const stop of stops.splice(0)) stop();
    transport.stop();
    onStop();
  }

  const recorder: Recorder = {
    custom: guard((name, properties, at) => {
      let copy: Properties | undefined;
      try {
        copy = properties && copyProperties(properties);
      } catch {
        losses.add('serialize');
        return;
      }
      record({ type: 'custom', name: cut(String(name), LIMITS.label), properties: copy }, at);
    }),
    error: guard((error, at) => {
      record(describeError(error, 'window.error'), at);
    }),
  };
  const context: CollectorContext = { clock, sessionId, views, changed: transport.changed, record };

  return {
    agent: {
      track: (name, properties) => recorder.custom(name, properties),
      reportError: (error) => recorder.error(error),
      flush: () => transport.flush(),
      stop: guard(() => {
        views.settle();
        transport.leave(true);
        end();
      }),
      sessionId,
      viewId: () => views.current()?.id ?? null,
    },
    start() {
      for (const collector of collectors) {
        guard(() => {
          stops.push(collector.start(context));
        })();
      }
      stops.push(whenLeaving({ settle: views.settle, flush: transport.leave }));
      return recorder;
    },
  };
}
