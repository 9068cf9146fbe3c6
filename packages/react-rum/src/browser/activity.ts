import type { Stop } from './collector.js';
import { guard } from './guard.js';
import { listen } from './listen.js';

/** Tells when the page has settled after something. */
export interface Activity {
  /** The page does something now. */
  touch(): void;
  /** A request begins (1) or ends (-1). */
  request(change: 1 | -1): void;
  /**
   * Waits until nothing was active for 100 ms: no DOM mutation, no request under way, no document loading.
   *
   * @param patience How long to wait for a first activity, in ms.
   * @param settled Gets when the last activity was, epoch ms; undefined: there was none.
   * @returns Settles at once.
   */
  wait(patience: number, settled: (activeAt?: number) => void): Stop;
}

/**
 * Silence that means settled, in ms; as in Datadog's RUM.
 *
 * @see https://docs.datadoghq.com/real_user_monitoring/browser/monitoring_page_performance/
 */
const SILENCE_MS = 100;
/** A page that never settles is not waited for longer than this, in ms. */
const LONGEST_MS = 10_000;
const TICK_MS = 50;

/** @param now Epoch ms. */
export function createActivity(now: () => number): Activity {
  const checks = new Set<() => void>();
  let requests = 0;
  let activeAt = 0;
  let timer: ReturnType<typeof setInterval>;
  let unlisten: Stop;
  // Not made before it is needed: a test's window may be without it.
  let mutations: MutationObserver | undefined;

  const touch = (): void => {
    activeAt = now();
  };

  return {
    touch,
    request(change) {
      requests += change;
      touch();
    },
    wait(patience, settled) {
      const startedAt = now();
      const finish = (): void => {
        if (!checks.delete(check)) return;
        if (checks.size === 0) {
          clearInterval(timer);
          mutations?.disconnect();
          unlisten();
        }
        guard(settled)(activeAt > startedAt ? activeAt : undefined);
      };
      const check = (): void => {
        const busy = requests > 0 || document.readyState !== 'complete';
        if (busy) touch();
        const quiet = now() - Math.max(activeAt, startedAt);
        if (quiet >= (activeAt > startedAt ? SILENCE_MS : patience) || now() - startedAt > LONGEST_MS)
          finish();
      };
      if (checks.size === 0) {
        timer = setInterval(() => {
          for (const run of checks) run();
        }, TICK_MS);
        mutations ??= new MutationObserver(touch);
        mutations.observe(document, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        });
        unlisten = listen(document, 'scroll input focusin selectionchange copy toggle', touch);
      }
      checks.add(check);
      return finish;
    },
  };
}
