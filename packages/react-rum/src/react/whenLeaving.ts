import { listen } from '../browser/listen.js';

/**
 * Calls when the page is hidden, shown again or left, and at the end. To be hidden is on phones often the last thing heard,
 * so what was summed up until then must be told.
 *
 * @param stops Called before the last report.
 * @returns Ends it.
 */
export function whenLeaving(report: () => void, ...stops: (() => void)[]): () => void {
  stops.push(listen(window, 'visibilitychange pagehide', report));
  return () => {
    for (const stop of stops) stop();
    report();
  };
}
