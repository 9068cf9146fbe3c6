import { registry } from '../browser/registry.js';

/**
 * Calls before the view shown ends, when the page is hidden or left, and at the end. To be hidden is on phones often the
 * last thing heard, so what was summed up until then must be told.
 *
 * @param stops Called before the last report.
 * @returns Ends it.
 */
export function whenLeaving(report: () => void, ...stops: (() => void)[]): () => void {
  const page = registry();
  const leaving = page.leaving ?? new Set();
  page.leaving = leaving.add(report);
  return () => {
    for (const stop of stops) stop();
    leaving.delete(report);
    report();
  };
}
