import type { Stop } from './collector.js';
import { guard } from './guard.js';

/**
 * Watches performance entries, those from before included.
 *
 * @param type Where the browser does not know it, nothing is watched.
 */
export function observe<Entry extends PerformanceEntry>(type: string, each: (entry: Entry) => void): Stop {
  const guarded = guard(each);
  let observer: PerformanceObserver | undefined;
  guard(() => {
    if (!PerformanceObserver.supportedEntryTypes?.includes(type)) return;
    observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) guarded(entry as Entry);
    });
    observer.observe({ type, buffered: true });
  })();
  return () => observer?.disconnect();
}
