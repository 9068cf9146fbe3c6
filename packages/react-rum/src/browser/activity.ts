import type { Stop } from './collector.js';
import { guard } from './guard.js';
import { LONGEST_WAIT_MS, SILENCE_MS, TICK_MS } from './limits.js';
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
        // A clock that is set back ends the wait as well.
        const isLong = Math.abs(now() - startedAt) > LONGEST_WAIT_MS;
        if (isLong || quiet >= (activeAt > startedAt ? SILENCE_MS : patience)) finish();
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
        unlisten = listen(document, 'scroll input focusin selectionchange copy', touch);
      }
      checks.add(check);
      return finish;
    },
  };
}
