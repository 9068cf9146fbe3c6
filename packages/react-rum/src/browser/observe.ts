import type { Stop } from './collector.js';
import { guard } from './guard.js';

/**
 * Watches performance entries, those from before included.
 *
 * @param types The first that the browser knows is watched.
 */
export function observe<Entry extends PerformanceEntry>(
  types: readonly string[],
  each: (entry: Entry) => void,
): Stop {
  const guarded = guard(each);
  let observer: PerformanceObserver | undefined;
  guard(() => {
    const type = types.find((candidate) => PerformanceObserver.supportedEntryTypes.includes(candidate));
    if (!type) return;
    observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) guarded(entry as Entry);
    });
    observer.observe({ type, buffered: true });
  })();
  return () => observer?.disconnect();
}
