import type { MetricType } from 'web-vitals';
import type { Vital, VitalName } from '../../protocol/index.js';
import type { Collector } from '../collector.js';
import { guard } from '../guard.js';

/** Calls the functions of a `web-vitals` build with what they take. */
export type ObserveVitals<Metric> = (
  report: (metric: Metric) => void,
  options: { readonly reportAllChanges: true },
) => void;

/**
 * Puts the five vitals on the view of the document they belong to, raw as `web-vitals` reports them.
 *
 * All changes are asked for: what counts is the last one, and a page may end without another chance to report.
 *
 * @param attribute What explains a metric, flat.
 */
export function createVitals<Metric extends MetricType>(
  observe: ObserveVitals<Metric>,
  attribute?: (metric: Metric) => Vital['attribution'],
): Collector {
  return {
    name: 'vitals',
    start({ views, changed }) {
      let stopped = false;
      const report = guard((metric: Metric) => {
        const view = views.ofDocument(metric.navigationStartTime ?? 0);
        if (stopped || !view || isMadeUp(metric)) return;
        const vital: Vital = { value: metric.value, attribution: attribute?.(metric) };
        view.vitals = { ...view.vitals, [metric.name.toLowerCase() as VitalName]: vital };
        changed();
      });
      observe(report, { reportAllChanges: true });
      return () => {
        // `web-vitals` cannot be told to stop.
        stopped = true;
      };
    },
  };
}

/** After a return from the back/forward cache `web-vitals` reports an INP of 8 for interactions too short to be seen. */
function isMadeUp(metric: MetricType): boolean {
  return metric.name === 'INP' && metric.entries.length === 0;
}
