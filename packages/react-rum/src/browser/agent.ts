import type { LossReason, RumEvent, ViewDocument } from '../protocol/index.js';
import { MAX_BATCH_ITEMS, PROTOCOL_VERSION } from '../protocol/limits.js';
import { newId } from '../protocol/newId.js';
import type { Collector, CollectorContext, EventDraft, Stop } from './collector.js';
import { copyProperties } from './copyProperties.js';
import { endpointOf } from './endpointOf.js';
import { guard } from './guard.js';
import { createHistoryRoutes } from './historyRoutes.js';
import { ignoredPaths } from './ignoredPaths.js';
import { listen } from './listen.js';
import { beginDocument, createNavigations } from './navigations.js';
import type { RumCoreOptions, RumEnvironment } from './options.js';
import type { Recorder, Registry, RumAgent } from './registry.js';
import type { Session } from './session.js';
import type { Compress } from './transport/post.js';
import { createTransport, type OnSend } from './transport/transport.js';
import { createViews, routeOf, type View } from './views.js';

/** Last events of a session that was not drawn by the sample rate. */
const MAX_RING = 50;

/** What a larger agent brings besides collectors. */
export interface AgentParts {
  /** The session now, asked for each view. Default one that lives as long as the page. */
  readonly session?: () => Session;
  /** What holds for all of a batch, besides what the core knows. */
  readonly envelope?: (session: Session) => object;
  readonly compress?: Compress;
}

/**
 * Puts an agent together and starts it; on a page that is only prerendered it starts when that is shown.
 *
 * @param collectors What to watch, in the order in which it starts.
 * @param page Where the agent tells that it records, and that it stopped.
 */
export function createAgent(
  options: RumCoreOptions,
  environment: RumEnvironment,
  collectors: readonly Collector[],
  page: Registry,
  parts: AgentParts,
): RumAgent {
  const now = (): number => Math.floor((environment.now ?? Date.now)());
  const at = (timeStamp: number): number => now() - Math.max(0, Math.round(performance.now() - timeStamp));
  const url = endpointOf(options);
  const routes = options.routes ?? createHistoryRoutes(window);
  const pageSession: Session = { id: newId(now()), sampled: 1 };
  const session = parts.session ?? (() => pageSession);
  const losses = new Map<LossReason, number>();
  /** Events whose view still has to learn its route, or whose session is not sent unless it turns out to be worth it. */
  const waiting: [EventDraft, View, number][] = [];
  const stops: Stop[] = [];
  const onSend: OnSend[] = [];
  let isAway = false;

  page.consent = page.consent ?? options.consent ?? (options.privacy === 'consent' ? 'pending' : 'granted');

  const recorder: Recorder = {
    lose,
    custom(happenedAt, name, properties) {
      context.record({ type: 'custom', name: `${name}`, properties: copyProperties(properties) }, happenedAt);
    },
  };
  const transport = createTransport(
    url,
    options.flushInterval ?? 10_000,
    now,
    // Taken before a collector wraps it: the agent does not record itself.
    environment.fetch ?? window.fetch.bind(window),
    {
      lose,
      pull,
      mayDeliver: () => page.consent === 'granted',
      envelopeOf: (from) => ({
        v: PROTOCOL_VERSION,
        app: options.app ?? 'default',
        sessionId: from.id,
        release: options.release,
        environment: options.environment,
        ...parts.envelope?.(from),
      }),
      onUnsupported: end,
      onSend,
    },
    parts.compress,
  );
  const views = createViews(
    routes,
    session,
    ignoredPaths(options.ignore ?? []),
    now,
    at,
    (view, commit) => {
      for (const begun of context.onView) begun(view, commit);
    },
    transport.changed,
  );
  const context: CollectorContext = {
    now,
    at,
    views,
    recorder,
    lose,
    onView: [],
    onEvent: [],
    onFlush: [],
    onSend,
    isOwn: (address) => address.startsWith(new URL(url, document.baseURI).href),
    record(draft, happenedAt = now(), view = views.current(), most = Number.POSITIVE_INFINITY) {
      if (!view || !draft) return;
      const { type, count = 1 } = draft as { type: EventDraft['type']; count?: number };
      const counted = (view.counts[type] ?? 0) + count;
      view.counts[type] = counted;
      views.changed(view);
      if (counted <= most && !context.onEvent.some((isStopped) => isStopped(draft, view))) {
        addEvent(draft, view, happenedAt);
      }
    },
  };

  function lose(reason: LossReason, count = 1): void {
    if (count) losses.set(reason, count + (losses.get(reason) ?? 0));
  }
  function add(item: ViewDocument | RumEvent, view: View): void {
    const beforeSend = page.hooks.beforeSend ?? options.beforeSend;
    try {
      const kept = beforeSend ? beforeSend(item) : item;
      if (kept) transport.add(kept, view.session);
    } catch {
      // The application's mistake, which it finds among the losses.
      lose('before_send');
    }
  }
  function addEvent(draft: EventDraft, view: View, happenedAt: number): void {
    const route = routeOf(view)?.template;
    const { sampled } = view.session;
    if (route && sampled) {
      add({ ...draft, id: newId(now()), viewId: view.id, at: happenedAt, route } as RumEvent, view);
      return;
    }
    waiting.push([draft, view, happenedAt]);
    if (waiting.length > (sampled ? MAX_BATCH_ITEMS : MAX_RING)) {
      waiting.shift();
      if (sampled) lose('queue_full');
    }
  }
  function pull(isLeaving: boolean): void {
    for (const gather of context.onFlush) guard(gather)(isLeaving);
    for (const event of waiting.splice(0)) addEvent(...event);
    const view = views.latest();
    if (!view) return;
    const lost = [...losses];
    losses.clear();
    for (const [reason, count] of lost) addEvent({ type: 'loss', reason, count }, view, now());
    views.drain(add);
  }

  /** @param isLast The document itself goes; else it is only hidden, which on phones is often the last thing heard. */
  function leave(isLast: boolean): void {
    if (!isAway) views.settle();
    isAway = true;
    transport.leave(isLast);
  }
  function start(): void {
    if (page.recorder || document.prerendering || page.consent === 'denied') return;
    // Routes first: a view must be there before `web-vitals` reports for it from its own listeners.
    for (const collector of [createNavigations(routes), ...collectors]) {
      guard(() => void stops.push(collector.start(context)))();
    }
    beginDocument(views);
    stops.push(
      // After the listeners of `web-vitals`, which report their last values.
      listen(
        document,
        'visibilitychange freeze',
        () => {
          if (document.visibilityState === 'hidden') leave(false);
          else isAway = false;
        },
        true,
      ),
      listen(window, 'pagehide', () => leave(true), true),
      listen(window, 'online', () => transport.flush(true)),
    );
    page.recorder = recorder;
    for (const play of page.early.splice(0)) play(recorder);
  }
  function halt(): void {
    for (const stop of stops.splice(0)) stop();
    for (const list of [context.onView, context.onEvent, context.onFlush, onSend, waiting]) list.length = 0;
    views.clear();
    transport.clear();
    page.recorder = null;
  }
  function end(): void {
    halt();
    page.consentListeners.delete(followConsent);
    page.agent = null;
  }
  function followConsent(): void {
    if (page.consent === 'denied') halt();
    else start();
    if (page.consent === 'granted') transport.flush();
  }

  page.consentListeners.add(followConsent);
  if (document.prerendering) addEventListener('prerenderingchange', start, { once: true });
  start();

  return {
    flush: () => transport.flush(true),
    stop: guard(() => {
      views.settle();
      transport.leave(true);
      end();
    }),
    sessionId: () => (page.recorder ? session().id : null),
    viewId: () => views.current()?.id ?? null,
  };
}
