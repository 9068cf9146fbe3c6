import { type MetricType, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import type { Vital, VitalName } from '../../protocol/index.js';
import type { Collector } from '../collector.js';
import { guard } from '../guard.js';

/**
 * Puts the five vitals on the view of the document or soft navigation they belong to, raw as `web-vitals` reports them.
 *
 * All changes are asked for: what counts is the last one, and a page may end without another chance to report.
 *
 * @param attribute What explains a metric, flat.
 */
export function createVitals(attribute?: (metric: MetricType) => Vital['attribution']): Collector {
  return {
    name: 'vitals',
    start({ views }) {
      const report = guard((metric: MetricType) => {
        const { name, value, entries, navigationType, navigationStartTime = 0, navigationURL } = metric;
        // A router's view begins within its navigation. What began no view, such as another query, has no vitals.
        const path = navigationType === 'soft-navigation' && new URL(navigationURL as string).pathname;
        const view = views.find((candidate) =>
          navigationStartTime
            ? candidate.timeStamp >= navigationStartTime &&
              (!path || [candidate.path, candidate.redirectedFrom].includes(path))
            : !candidate.timeStamp,
        );
        // After a return from the back/forward cache an INP of 8 is reported for interactions too short to be seen.
        if (!view || (name === 'INP' && !entries[0])) return;
        const vital: Vital = { value, attribution: attribute?.(metric) };
        view.vitals[name.toLowerCase() as VitalName] = vital;
        views.changed(view);
      });
      for (const observe of [onTTFB, onFCP, onLCP, onCLS, onINP])
        observe(report, { reportAllChanges: true, reportSoftNavs: true });
      // `web-vitals` cannot be told to stop: afterwards it finds no view.
      return [];
    },
  };
}
