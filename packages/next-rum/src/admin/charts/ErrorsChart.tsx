import type { ReactElement } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ErrorResponse } from '../../server/api.js';
import { formatCompactCount, formatCount } from '../format.js';
import { ChartMarkers } from '../markers/ChartMarkers.js';
import type { TimeFormat } from '../timeFormat.js';
import { ChartTooltip } from './ChartTooltip.js';
import { gridAxes, timeAxis } from './timeAxis.js';
import { useBrush } from './useBrush.js';

interface ErrorsChartProps extends Pick<ErrorResponse, 'range' | 'series'> {
  /** Of the error; without it all are shown together. */
  readonly fingerprint?: string;
  readonly time: TimeFormat;
  /** Called with a span that was drawn over, epoch ms. */
  readonly onBrush: (from: number, to: number) => void;
}

/** How often an error, or any, happened over time. Fills the box it is put in. */
export function ErrorsChart({ range, series, fingerprint, time, onBrush }: ErrorsChartProps): ReactElement {
  const { handlers, area } = useBrush(range.bucketMs, onBrush);
  const half = range.bucketMs / 2;
  const charted = { metric: 'errors', ...(fingerprint !== undefined && { fingerprint }) } as const;
  const first = series[0]?.t ?? range.from;
  const last = series.at(-1)?.t ?? range.to;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={series} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} {...handlers}>
        <CartesianGrid {...gridAxes.grid} />
        <XAxis {...timeAxis(first, last, time)} domain={[first - half, last + half]} />
        <YAxis {...gridAxes.y} allowDecimals={false} tickFormatter={formatCompactCount} />
        <Tooltip
          content={(props) => (
            <ChartTooltip {...props} format={formatCount} title={(t) => time.span(t, t + range.bucketMs)} />
          )}
          cursor={{ className: 'rum-cursor' }}
          isAnimationActive={false}
        />
        <Bar
          dataKey="n"
          name="Events"
          fill="var(--rum-poor-fill)"
          maxBarSize={18}
          isAnimationActive={false}
        />
        <ChartMarkers range={range} of={charted} />
        {area}
      </BarChart>
    </ResponsiveContainer>
  );
}
