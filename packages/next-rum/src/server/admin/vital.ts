import type { VitalName } from '@rumkit/react-rum/protocol';
import { VITAL_NAMES } from '../../store/rows.js';
import type { VitalResponse } from '../api.js';
import { readChoice } from '../question.js';
import { json } from '../respond.js';
import { type DataRoute, oneInOf, readBoth, resolve } from './dataRoute.js';

/** One vital, told in full. */
export const vital: DataRoute = async (asked) => {
  const metric = readMetric(asked.parameters);
  const resolved = resolve(asked);
  const { range, earlier } = resolved;
  const [[present, compared], oneIn, drawn] = await Promise.all([
    readBoth(resolved, (span) => asked.store.vital(span, metric, range.bucketMs)),
    oneInOf(asked.store, resolved, 'vital'),
    asked.store.drawn(resolved.views),
  ]);
  const body: VitalResponse = {
    range,
    oneIn,
    drawn,
    metric,
    figures: present.summary,
    percentiles: present.percentiles,
    intervals: present.intervals,
    histogram: present.histogram,
    series: present.series,
    compared:
      compared === null || earlier === null
        ? null
        : {
            from: earlier.views.from,
            to: earlier.views.to,
            figures: compared.summary,
            percentiles: compared.percentiles,
            series: compared.series,
          },
  };
  return json(200, body);
};

/** @throws {InvalidParameter} */
export function readMetric(parameters: URLSearchParams): VitalName {
  return readChoice(parameters, 'metric', VITAL_NAMES, 'lcp');
}
