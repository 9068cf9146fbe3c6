import { type ReactElement, useId } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { ResolvedRange, TrafficBucket } from '../../server/api.js';
import { formatCompactCount, formatCount } from '../format.js';
import { ChartMarkers } from '../markers/ChartMarkers.js';
import type { TimeFormat } from '../timeFormat.js';
import { ChartTooltip } from './ChartTooltip.js';
import { gridAxes, timeAxis } from './timeAxis.js';
import { useBrush } from './useBrush.js';

interface TrafficChartProps {
  readonly range: ResolvedRange;
  readonly traffic: readonly TrafficBucket[];
  /** Of the span compared with, bucket by bucket; empty without one. */
  readonly before: readonly TrafficBucket[];
  readonly time: TimeFormat;
  /** Called with a span that was drawn over, epoch ms. */
  readonly onBrush: (from: number, to: number) => void;
}

/** Views and sessions over time. Fills the box it is put in. */
export function TrafficChart({ range, traffic, before, time, onBrush }: TrafficChartProps): ReactElement {
  const gradient = useId();
  const { handlers, area } = useBrush(range.bucketMs, onBrush);
  const first = traffic[0]?.t ?? range.from;
  const last = traffic.at(-1)?.t ?? range.to;
  const data = traffic.map((bucket, index) => ({ ...bucket, before: before[index]?.views }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={data} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} {...handlers}>
        <defs>
          <linearGradient id={gradient} x1="0" y1="0" x2="0" y2="1">
            <stop className="rum-gradient-top" offset="0" />
            <stop className="rum-gradient-bottom" offset="1" />
          </linearGradient>
        </defs>
        <CartesianGrid {...gridAxes.grid} />
        <XAxis {...timeAxis(first, last, time)} />
        <YAxis {...gridAxes.y} allowDecimals={false} tickFormatter={formatCompactCount} />
        <Tooltip
          content={(props) => (
            <ChartTooltip {...props} format={formatCount} title={(t) => time.span(t, t + range.bucketMs)} />
          )}
          cursor={{ className: 'rum-cursor' }}
          isAnimationActive={false}
        />
        {before.length === 0 ? null : (
          <Line
            dataKey="before"
            name="Views before"
            type="monotone"
            stroke="var(--rum-line-strong)"
            strokeWidth={1.5}
            strokeDasharray="2 3"
            dot={false}
            isAnimationActive={false}
          />
        )}
        <Area
          dataKey="views"
          name="Views"
          type="monotone"
          stroke="var(--rum-accent)"
          strokeWidth={2}
          fill={`url(#${gradient})`}
          fillOpacity={1}
          dot={traffic.length < 3}
          isAnimationActive={false}
        />
        <Line
          dataKey="sessions"
          name="Sessions"
          type="monotone"
          stroke="var(--rum-second)"
          strokeWidth={1.75}
          strokeDasharray="5 4"
          dot={traffic.length < 3}
          isAnimationActive={false}
        />
        <ChartMarkers range={range} of={{ metric: 'views' }} />
        {area}
      </ComposedChart>
    </ResponsiveContainer>
  );
}
