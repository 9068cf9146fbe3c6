import type { ReactElement } from 'react';
import { ReferenceArea, ReferenceLine, useXAxisScale } from 'recharts';
import type { ResolvedRange } from '../../server/api.js';
import type { Marker } from './markersOf.js';
import { numberRows } from './numberRows.js';
import { type Charted, useMarkers } from './useMarkers.js';

interface ChartMarkersProps {
  readonly range: ResolvedRange;
  /** What the chart shows. */
  readonly of: Charted;
}

/** px */
const ROW_HEIGHT = 14;

/**
 * What happened in the time of a chart, as lines, and of incidents as bands, with the numbers that `MarkerList` beside the chart explains. To be
 * put into any chart of Recharts over time whose axis is `timeAxis`.
 */
export function ChartMarkers({ range, of }: ChartMarkersProps): ReactElement {
  const markers = useMarkers(range, of);
  const place = useXAxisScale();
  // A chart's points are its buckets.
  const bucketOf = (at: number): number =>
    range.from + Math.floor((at - range.from) / range.bucketMs) * range.bucketMs;
  const beginOf = ({ at }: Marker): number => bucketOf(Math.max(range.from, at));
  const rows = numberRows(
    markers.map((marker) => ({
      number: marker.number,
      x: place?.(beginOf(marker)) ?? 0,
      side: marker.kind === 'incident' ? 'right' : 'left',
    })),
  );
  return (
    <>
      {markers.map((marker, index) => {
        const { key, kind, until } = marker;
        const row = rows[index] ?? null;
        const label = row === null ? {} : { label: numberOf(marker, row) };
        return kind === 'incident' ? (
          <ReferenceArea
            key={key}
            className="rum-marker-incident"
            x1={beginOf(marker)}
            x2={bucketOf(Math.min(range.to, until ?? range.to) - 1)}
            ifOverflow="hidden"
            {...label}
          />
        ) : (
          <ReferenceLine
            key={key}
            className={kind === 'release' ? 'rum-marker-release' : 'rum-marker-note'}
            x={beginOf(marker)}
            ifOverflow="hidden"
            {...label}
          />
        );
      })}
    </>
  );
}

/** A marker's number, as a label of Recharts. */
function numberOf({ kind, number }: Marker, row: number) {
  return {
    value: String(number),
    position: kind === 'incident' ? ('insideTopLeft' as const) : ('insideTopRight' as const),
    className: 'rum-marker-number',
    dy: row * ROW_HEIGHT,
  };
}
