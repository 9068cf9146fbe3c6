import type { Stop } from './collector.js';
import { guard } from './guard.js';
import { LONGEST_WAIT_MS, LOOK_MS, SILENCE_MS } from './limits.js';
import { listen } from './listen.js';

/** Tells when the page has settled after something. */
export interface Activity {
  /** The page does something now. */
  touch(): void;
  /** A request begins (1) or ends (-1). */
  request(change: 1 | -1): void;
  /** Tells now who waits for what has settled already. */
  check(): void;
  /**
   * Waits until nothing was active for 100 ms: no DOM mutation, no request under way, no document loading. That it was so
   * is told later: at the next activity, at a {@link check}, or after 1,250 ms at the latest, since each timer costs a page
   * more than all that is done in it.
   *
   * @param patience How long to wait for a first activity, in ms.
   * @param settled Gets when the last activity was, epoch ms; undefined: there was none.
   * @returns Settles at once.
   */
  wait(patience: number, settled: (activeAt?: number) => void): Stop;
}

/** @param now Epoch ms. */
export function createActivity(now: () => number): Activity {
  const looks = new Set<() => void>();
  let requests = 0;
  let activeAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLoading = document.readyState !== 'complete';
  let unwatch: Stop | undefined;

  const check = (): void => {
    if (requests > 0) activeAt = now();
    for (const look of looks) look();
  };
  const touch = (): void => {
    check();
    activeAt = now();
  };
  const request = (change: 1 | -1): void => {
    touch();
    requests += change;
  };
  const watch = (): void => {
    const mutations = new MutationObserver(touch);
    mutations.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const unlisten = listen(document, 'scroll input focusin selectionchange copy', touch);
    unwatch = () => {
      mutations.disconnect();
      unlisten();
    };
  };
  const lookLater = (): void => {
    timer = setTimeout(() => {
      check();
      if (looks.size > 0) return lookLater();
      timer = undefined;
      unwatch?.();
    }, LOOK_MS);
  };

  if (isLoading) {
    // As long as the document loads it need not be watched: that would cost more than all else the agent does then.
    request(1);
    const unlisten = listen(document, 'readystatechange', () => {
      if (document.readyState !== 'complete') return;
      unlisten();
      isLoading = false;
      request(-1);
      if (timer !== undefined) watch();
    });
  }

  return {
    touch,
    request,
    check,
    wait(patience, settled) {
      check();
      const startedAt = now();
      const finish = (): void => {
        if (looks.delete(look)) guard(settled)(activeAt >= startedAt ? activeAt : undefined);
      };
      const look = (): void => {
        const quiet = now() - Math.max(activeAt, startedAt);
        // A clock that is set back ends the wait as well.
        const isLong = Math.abs(now() - startedAt) > LONGEST_WAIT_MS;
        if (isLong || quiet >= (activeAt >= startedAt ? SILENCE_MS : patience)) finish();
      };
      looks.add(look);
      if (timer === undefined) {
        lookLater();
        if (!isLoading) watch();
      }
      return finish;
    },
  };
}
