import { onCLS, onFCP, onLCP, onTTFB } from 'web-vitals';
import type { Vital, VitalName } from '../../protocol/index.js';
import type { Collector } from '../collector.js';
import { guard } from '../guard.js';
import { withoutQuery } from '../withoutQuery.js';
import { type ToldMetric, watchInp } from './inp.js';

/**
 * Puts the five vitals on the view of the document or soft navigation they belong to, raw as they are reported.
 *
 * All changes are asked for: what counts is the last one, and a page may end without another chance to report.
 *
 * @param attribute What explains a metric, flat; gets the last events that took long with an INP.
 */
export function createVitals(
  attribute?: (metric: ToldMetric, events?: readonly PerformanceEventTiming[]) => Vital['attribution'],
): Collector {
  return {
    name: 'vitals',
    start({ views }) {
      const report = guard((metric: ToldMetric, events?: readonly PerformanceEventTiming[]) => {
        const { name, value, navigationType, navigationStartTime = 0, navigationURL } = metric;
        // A router's view begins within its navigation. What began no view, such as another query, has no vitals.
        const path = navigationType === 'soft-navigation' && withoutQuery(navigationURL as string);
        const view = views.find((candidate) =>
          navigationStartTime
            ? candidate.timeStamp >= navigationStartTime &&
              (!path || [candidate.path, candidate.redirectedFrom].includes(path))
            : !candidate.timeStamp,
        );
        if (!view) return;
        view.vitals[name.toLowerCase() as VitalName] = { value, attribution: attribute?.(metric, events) };
        views.changed(view);
      });
      // Of a soft navigation a TTFB would always be 0.
      onTTFB(report);
      for (const observe of [onFCP, onLCP, onCLS])
        observe(report, { reportAllChanges: true, reportSoftNavs: true });
      // `web-vitals` cannot be told to stop: afterwards it finds no view.
      return [watchInp(report)];
    },
  };
}
