import { newId } from '../protocol/newId.js';
import type { Collector } from './collector.js';
import { guard } from './guard.js';
import { IDLE_MS, LONGEST_SESSION_MS, SAVE_MS } from './limits.js';
import { listen } from './listen.js';
import type { RumAgentOptions } from './options.js';
import type { Registry } from './registry.js';
import type { Session } from './session.js';

interface TimedSession extends Session {
  /** Epoch ms. */
  startedAt: number;
  /** When the visitor was last active, epoch ms. */
  activeAt: number;
}

/** The session of the page: in memory, and where it may be stored the same one in all tabs. */
export interface Sessions {
  current(): Session;
  /** Whether the browser may be given anything to store now. */
  mayStore(): boolean;
  /** Begins sessions, keeps troubled ones, and follows what the visitor decides on storage. */
  readonly collector: Collector;
}

const KEY = 'rum.session';

/** @param now Epoch ms. */
export function createSessions(
  { privacy, sampleRate = 1, keepTroubled = true }: RumAgentOptions,
  page: Registry,
  now: () => number,
): Sessions {
  let savedAt = 0;
  const create = (): TimedSession => ({
    id: newId(now()),
    sampled: Math.random() < sampleRate ? 1 : 0,
    startedAt: now(),
    activeAt: now(),
  });
  const mayStore = (): boolean => privacy === 'consent' && page.consent === 'granted';
  const isOver = ({ startedAt, activeAt }: TimedSession): boolean =>
    now() - activeAt > IDLE_MS || now() - startedAt > LONGEST_SESSION_MS;

  /** Storage may be blocked or hold something else: the session then ends with the page, as in strict mode. */
  function withStorage<T>(use: () => T): T | undefined {
    try {
      return mayStore() ? use() : undefined;
    } catch {
      return undefined;
    }
  }
  function load(): TimedSession | undefined {
    const found = withStorage(() => JSON.parse(localStorage.getItem(KEY) as string));
    return found?.id && !isOver(found) ? found : undefined;
  }
  function save(): void {
    savedAt = now();
    withStorage(() => localStorage.setItem(KEY, JSON.stringify(session)));
  }
  let session = create();

  return {
    current: () => session,
    mayStore,
    collector: {
      name: 'sessions',
      start({ views, on }) {
        const adopt = (): void => {
          Object.assign(session, load());
          save();
        };
        adopt();
        page.consentListeners.add(adopt);
        on.settle.push(() => {
          for (const tell of page.leaving ?? []) guard(tell)();
        });
        on.event.push((event, view) => {
          const isTroubled = event.type === 'error' || (event.type === 'action' && event.frustrations);
          if (keepTroubled && isTroubled) {
            view.session.sampled ||= 2;
            save();
          }
          return undefined;
        });
        const unlisten = listen(window, 'click keydown scroll', () => {
          if (isOver(session)) {
            // Another tab may have kept it alive, or begun the next one.
            const next = load() ?? create();
            const isSame = next.id === session.id;
            session = isSame ? Object.assign(session, next) : next;
            save();
            if (!isSame && views.current()) views.begin('resume');
          }
          session.activeAt = now();
          if (now() - savedAt > SAVE_MS) save();
        });
        return [
          unlisten,
          listen(window, 'online', () => page.agent?.flush()),
          () => {
            // All collectors stop together, and fill these anew when they start again.
            for (const listeners of Object.values(on)) listeners.length = 0;
            page.consentListeners.delete(adopt);
            if (page.consent === 'denied' && privacy === 'consent') localStorage.removeItem(KEY);
          },
        ];
      },
    },
  };
}
