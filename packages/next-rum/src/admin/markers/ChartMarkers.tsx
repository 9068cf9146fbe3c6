import type { ReactElement } from 'react';
import { ReferenceArea, ReferenceLine } from 'recharts';
import type { ResolvedRange } from '../../server/api.js';
import { type Charted, useMarkers } from './useMarkers.js';

interface ChartMarkersProps {
  readonly range: ResolvedRange;
  /** What the chart shows. */
  readonly of: Charted;
}

/**
 * What happened in the time of a chart, as lines, and of incidents as bands, with the numbers that `MarkerList` beside the chart explains. To be
 * put into any chart of Recharts over time whose axis is `timeAxis`.
 */
export function ChartMarkers({ range, of }: ChartMarkersProps): ReactElement {
  // A chart's points are its buckets.
  const bucketOf = (at: number): number =>
    range.from + Math.floor((at - range.from) / range.bucketMs) * range.bucketMs;
  return (
    <>
      {useMarkers(range, of).map(({ key, kind, at, until, number }) =>
        kind === 'incident' ? (
          <ReferenceArea
            key={key}
            className="rum-marker-incident"
            x1={bucketOf(Math.max(range.from, at))}
            x2={bucketOf(Math.min(range.to, until ?? range.to) - 1)}
            ifOverflow="hidden"
            label={{ value: String(number), position: 'insideTopLeft', className: 'rum-marker-number' }}
          />
        ) : (
          <ReferenceLine
            key={key}
            className={kind === 'release' ? 'rum-marker-release' : 'rum-marker-note'}
            x={bucketOf(at)}
            ifOverflow="hidden"
            label={{ value: String(number), position: 'insideTopRight', className: 'rum-marker-number' }}
          />
        ),
      )}
    </>
  );
}
