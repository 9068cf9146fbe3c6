import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { ReferenceLine } from 'recharts';
import type { ResolvedRange } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { markersQuery } from '../saved/savedQueries.js';
import type { TimeFormat } from '../timeFormat.js';
import { markersOf } from './markersOf.js';

interface ChartMarkersProps {
  readonly range: ResolvedRange;
  readonly time: TimeFormat;
}

/**
 * What happened in the time of a chart, as lines with the numbers that `MarkerList` beside the chart explains. To be put into any
 * chart of Recharts over time whose axis is `timeAxis`.
 */
export function ChartMarkers({ range, time }: ChartMarkersProps): ReactElement {
  const { state } = useAddress();
  const { data } = useQuery(markersQuery(useApi(), state.question));
  return (
    <>
      {markersOf(data, range, time).map(({ key, kind, at, number }) => (
        <ReferenceLine
          key={key}
          className={kind === 'release' ? 'rum-marker-release' : 'rum-marker-note'}
          // A chart's points are its buckets.
          x={range.from + Math.floor((at - range.from) / range.bucketMs) * range.bucketMs}
          ifOverflow="hidden"
          label={{ value: String(number), position: 'insideTopRight', className: 'rum-marker-number' }}
        />
      ))}
    </>
  );
}
