import type { VitalName } from '@rumkit/react-rum/protocol';
import type { ReactElement } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { VITAL_THRESHOLDS } from '../../analysis/rating.js';
import type { VitalResponse } from '../../server/api.js';
import { formatThreshold, formatVital } from '../format.js';
import { ChartMarkers } from '../markers/ChartMarkers.js';
import type { TimeFormat } from '../timeFormat.js';
import { ChartTooltip } from './ChartTooltip.js';
import { courseTitle, drawnCourse } from './course.js';
import type { Percentile } from './percentiles.js';
import { gridAxes, timeAxis } from './timeAxis.js';
import { useBrush } from './useBrush.js';

interface PercentilesChartProps {
  readonly vital: VitalResponse;
  readonly shown: readonly Percentile[];
  readonly time: TimeFormat;
  /** Called with a span that was drawn over, epoch ms. */
  readonly onBrush: (from: number, to: number) => void;
}

const STROKES: {
  readonly [name in Percentile]: { stroke: string; strokeWidth: number; strokeDasharray?: string };
} = {
  p50: { stroke: 'var(--rum-second)', strokeWidth: 1.75 },
  p75: { stroke: 'var(--rum-accent)', strokeWidth: 2.25 },
  p90: { stroke: 'var(--rum-accent)', strokeWidth: 1.5, strokeDasharray: '6 3' },
  p95: { stroke: 'var(--rum-second)', strokeWidth: 1.5, strokeDasharray: '5 4' },
  p99: { stroke: 'var(--rum-line-strong)', strokeWidth: 1.25, strokeDasharray: '2 3' },
};

/** Percentiles of a vital over time, and its p75 in the span compared with. Fills the box it is put in. */
export function PercentilesChart({ vital, shown, time, onBrush }: PercentilesChartProps): ReactElement {
  const { range, metric, series, compared } = vital;
  const { handlers, area } = useBrush(range.bucketMs, onBrush);
  const shift = compared === null ? 0 : range.from - compared.from;
  const before = drawnCourse(
    range,
    (compared?.series ?? []).map(({ t, until, n, p75 }) => ({ t: t + shift, until: until + shift, n, p75 })),
  );
  const data = drawnCourse(range, series).map(({ t, point }, index) => ({
    ...point,
    t,
    before: before[index]?.point?.p75,
  }));
  const dotted = data.filter(({ n }) => n !== undefined).length < 3;
  const format = (value: number): string => formatVital(metric, value);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={data} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} {...handlers}>
        <CartesianGrid {...gridAxes.grid} />
        <XAxis {...timeAxis(range.from, range.to - range.bucketMs, time)} />
        <YAxis {...gridAxes.y} tickFormatter={(value: number) => formatTick(metric, value)} />
        <Tooltip
          content={(props) => (
            <ChartTooltip
              {...props}
              format={format}
              title={(t) => courseTitle(series, t, range.bucketMs, time)}
            />
          )}
          cursor={{ className: 'rum-cursor' }}
          isAnimationActive={false}
        />
        <ReferenceLine className="rum-threshold-good" y={VITAL_THRESHOLDS[metric].good} ifOverflow="hidden" />
        <ReferenceLine className="rum-threshold-poor" y={VITAL_THRESHOLDS[metric].poor} ifOverflow="hidden" />
        {compared === null ? null : (
          <Line
            dataKey="before"
            name="p75 before"
            type="monotone"
            stroke="var(--rum-line-strong)"
            strokeDasharray="2 3"
            strokeWidth={1.5}
            dot={false}
            connectNulls
            isAnimationActive={false}
          />
        )}
        {shown.map((name) => (
          <Line
            key={name}
            dataKey={name}
            type="monotone"
            {...STROKES[name]}
            dot={dotted}
            connectNulls
            isAnimationActive={false}
          />
        ))}
        <ChartMarkers range={range} of={{ metric }} />
        {area}
      </LineChart>
    </ResponsiveContainer>
  );
}

function formatTick(metric: VitalName, value: number): string {
  return metric === 'cls' ? String(Number(value.toFixed(3))) : formatThreshold(metric, value);
}
