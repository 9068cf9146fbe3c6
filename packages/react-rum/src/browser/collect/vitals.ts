import type { Vital, VitalName } from '../../protocol/index.js';
import type { Collector } from '../collector.js';
import { guard } from '../guard.js';
import { withoutQuery } from '../withoutQuery.js';
import type { Metric } from './navigation.js';
import { watchVitals } from './watchVitals.js';

/**
 * Puts the five vitals on the view of the document or soft navigation they belong to, raw as they are reported.
 *
 * All changes are asked for: what counts is the last one, and a page may end without another chance to report.
 *
 * @param attribute What explains a metric, flat; gets the last events that took long with an INP.
 */
export function createVitals(
  attribute?: (metric: Metric, events?: readonly PerformanceEventTiming[]) => Vital['attribution'],
): Collector {
  return {
    name: 'vitals',
    start({ views }) {
      const report = guard((metric: Metric, events: readonly PerformanceEventTiming[]) => {
        const { name, value, beganAt, softUrl } = metric;
        // A router's view begins within its navigation. What began no view, such as another query, has no vitals.
        const path = softUrl && withoutQuery(softUrl);
        const view = views.find((candidate) =>
          beganAt
            ? candidate.timeStamp >= beganAt &&
              (!path || [candidate.path, candidate.redirectedFrom].includes(path))
            : !candidate.timeStamp,
        );
        if (!view) return;
        view.vitals[name.toLowerCase() as VitalName] = { value, attribution: attribute?.(metric, events) };
        views.changed(view);
      });
      return [watchVitals(report)];
    },
  };
}
