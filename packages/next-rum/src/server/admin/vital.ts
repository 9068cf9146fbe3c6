import type { VitalName } from '@rumkit/react-rum/protocol';
import { VITAL_NAMES } from '../../store/rows.js';
import type { VitalBucket, VitalResponse } from '../api.js';
import { readChoice } from '../question.js';
import { fillBuckets } from '../range.js';
import { json } from '../respond.js';
import { type DataRoute, oneInOf, readBoth, resolve } from './dataRoute.js';

/** One vital, told in full. */
export const vital: DataRoute = async (asked) => {
  const metric = readMetric(asked.parameters);
  const resolved = resolve(asked);
  const { range, earlier } = resolved;
  const [[present, compared], oneIn] = await Promise.all([
    readBoth(resolved, (span) => asked.store.vital(span, metric, range.bucketMs)),
    oneInOf(asked.store, resolved, 'vital'),
  ]);
  const body: VitalResponse = {
    range,
    oneIn,
    metric,
    figures: present.summary,
    percentiles: present.percentiles,
    histogram: present.histogram,
    series: fillBuckets(range, present.series, emptyBucket),
    compared:
      compared === null || earlier === null
        ? null
        : {
            from: earlier.views.from,
            to: earlier.views.to,
            figures: compared.summary,
            percentiles: compared.percentiles,
            series: fillBuckets(earlier.range, compared.series, emptyBucket),
          },
  };
  return json(200, body);
};

/** @throws {InvalidParameter} */
export function readMetric(parameters: URLSearchParams): VitalName {
  return readChoice(parameters, 'metric', VITAL_NAMES, 'lcp');
}

function emptyBucket(t: number): VitalBucket {
  return { t, n: 0, p50: null, p75: null, p90: null, p95: null, p99: null };
}
