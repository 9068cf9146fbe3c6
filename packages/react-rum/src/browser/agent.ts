import type { LossReason, RumEvent, ViewDocument } from '../protocol/index.js';
import { PROTOCOL_VERSION } from '../protocol/limits.js';
import { newId } from '../protocol/newId.js';
import type { Collector, CollectorContext, Stop } from './collector.js';
import { copyProperties } from './copyProperties.js';
import { endpointOf } from './endpointOf.js';
import type { EventDraft } from './eventDraft.js';
import { guard } from './guard.js';
import { createHistoryRoutes } from './historyRoutes.js';
import { ignoredPaths } from './ignoredPaths.js';
import { FLUSH_EVENTS, MAX_WAITING_EVENTS } from './limits.js';
import { listen } from './listen.js';
import { beginDocument, followNavigations, isPrerendering } from './navigations.js';
import type { RumCoreOptions, RumEnvironment } from './options.js';
import type { Recorder, Registry, RumAgent } from './registry.js';
import type { Session } from './session.js';
import type { Emit, Listeners } from './signals.js';
import { type Compress, createTransport } from './transport/transport.js';
import { routeOf, type View } from './view.js';
import { createViews } from './views.js';

/** What a larger agent brings besides collectors. */
export interface AgentParts {
  /** The session now, asked for each view. Default one that lives as long as the page. */
  readonly session?: () => Session;
  /** What holds for all of a batch, besides what the core knows. */
  readonly envelope?: (session: Session) => object;
  readonly compress?: Compress;
  /** Tells the collectors, who listen `on` the agent. */
  readonly emit?: Emit;
  readonly on?: Listeners;
}

/**
 * Puts an agent together and starts it; on a page that is only prerendered it starts when that is shown.
 *
 * @param page Where the agent tells that it records, and that it stopped.
 * @param collectors What to watch, in the order in which it starts.
 */
export function createAgent(
  options: RumCoreOptions,
  environment: RumEnvironment,
  page: Registry,
  collectors: readonly Collector[],
  parts: AgentParts = {},
): RumAgent {
  const { now = Date.now } = environment;
  const at = (timeStamp: number): number => now() - Math.max(0, Math.round(performance.now() - timeStamp));
  const url = endpointOf(options);
  const routes = options.routes ?? createHistoryRoutes(window);
  const pageSession: Session = { id: newId(now()), sampled: 1 };
  const session = parts.session ?? (() => pageSession);
  const losses = new Map<LossReason, number>();
  /**
   * Events that go with the next flush, or whose view still has to learn its route, or whose session is not sent unless it
   * turns out to be worth it; with their id once they were begun to be added.
   */
  const waiting = new Set<[draft: EventDraft, view: View, at: number, id?: string]>();
  const { emit } = parts;
  const stops: Stop[] = [];
  let isAway = false;

  page.hooks = { ...options, ...page.hooks };
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
    () => page.consent === 'granted',
    (from) => ({
      v: PROTOCOL_VERSION,
      app: from.app ?? options.app ?? 'default',
      sessionId: from.id,
      release: options.release,
      environment: options.environment,
      ...parts.envelope?.(from),
    }),
    lose,
    pull,
    end,
    parts.compress,
    emit,
  );
  const views = createViews(routes, session, ignoredPaths(options.ignore), now, at, emit, transport.changed);
  const context = {
    on: parts.on,
    now,
    at,
    views,
    recorder,
    lose,
    record(
      draft: EventDraft | undefined,
      happenedAt: number = now(),
      view: View | null = views.current(),
      most = 1e9,
    ): void {
      // What was waited for may come after the end.
      if (!view || !draft || !page.recorder) return;
      const { type, count = 1 } = draft as { type: EventDraft['type']; count?: number };
      const counted = (view.counts[type] ?? 0) + count;
      // Told first: those who listen may record something of another type that came before.
      if (counted <= most && !emit?.('event', draft, view)) addEvent(draft, view, happenedAt);
      view.counts[type] = counted;
      views.changed(view);
    },
  } as CollectorContext;

  function lose(reason: LossReason, count = 1): void {
    if (count) losses.set(reason, count + (losses.get(reason) ?? 0));
  }
  function add(item: ViewDocument | RumEvent, view: View): void {
    const { beforeSend = (given) => given } = page.hooks;
    try {
      const kept = beforeSend(item);
      if (kept) transport.add(kept, view.session);
    } catch {
      // The application's mistake, which it finds among the losses.
      lose('before_send');
    }
  }
  function addEvent(draft: EventDraft, view: View, happenedAt: number): void {
    waiting.add([draft, view, happenedAt]);
    // What the page made may be large, so that its size has to be known at once.
    const { type, properties } = draft as { type: string; properties?: unknown };
    if (properties || type === 'error' || waiting.size % FLUSH_EVENTS === 0) addWaiting();
    if (waiting.size > MAX_WAITING_EVENTS) {
      for (const oldest of waiting) {
        waiting.delete(oldest);
        break;
      }
      if (view.session.sampled) lose('queue_full');
    }
  }
  /** Many together take a fraction of the time that each by itself does. */
  function addWaiting(isLeaving?: boolean): void {
    for (const event of [...waiting]) {
      const [draft, view, at, begun] = event;
      const route = routeOf(view)?.template;
      if (!waiting.has(event) || !route || !view.session.sampled) continue;
      // Either a hook that looks at this one called, or the page was ended in the middle of it.
      if (begun && !isLeaving) continue;
      event[3] ??= newId(now());
      add({ ...draft, id: event[3], viewId: view.id, at, route } as RumEvent, view);
      // Last: Firefox ends what runs in a page that it closes, wherever it is, and the page is asked once more after that.
      waiting.delete(event);
    }
  }
  function pull(isLeaving: boolean): void {
    emit?.('flush', isLeaving);
    const view = views.current() ?? views.find(() => true);
    if (!view) return;
    addWaiting(isLeaving);
    // One by one, for the same reason; not to be counted twice matters more than to be counted.
    for (const [reason, count] of [...losses]) {
      lose(reason, -count);
      if (count) addEvent({ type: 'loss', reason, count }, view, now());
    }
    addWaiting(isLeaving);
    views.drain(add);
  }

  /**
   * @param isLast The document itself goes or stands still; else it is only hidden, which on phones is often the last thing
   *   heard.
   */
  function leave(isLast: boolean): void {
    if (!isAway) views.settle();
    isAway = true;
    transport.leave(isLast);
  }
  function start(): void {
    stops.push(...followNavigations(routes, views));
    for (const collector of collectors) guard(() => void stops.push(...collector.start(context)))();
    beginDocument(views, at);
    stops.push(
      // After those of the collectors, which bring what they have up to date.
      listen(
        document,
        'visibilitychange',
        () => {
          if (document.hidden) leave(false);
          else isAway = false;
        },
        true,
      ),
      listen(window, 'pagehide', () => leave(true), true),
      // A frozen page can do no more: it may be thrown away as it is.
      listen(document, 'freeze', () => leave(true), true),
    );
    page.recorder = recorder;
    for (const play of page.early.splice(0)) play(recorder);
  }
  function halt(): void {
    for (const stop of stops.splice(0)) guard(stop)();
    waiting.clear();
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
    else if (!page.recorder && !isPrerendering()) start();
    transport.changed();
  }

  page.consentListeners.add(followConsent);
  if (isPrerendering()) stops.push(listen(window, 'prerenderingchange', followConsent));
  followConsent();

  return {
    flush: transport.flush,
    stop: guard(() => {
      leave(true);
      end();
    }),
    sessionId: () => session().id,
    viewId: () => views.current()?.id ?? null,
  };
}
