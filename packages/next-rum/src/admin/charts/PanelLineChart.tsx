import type { ReactElement, ReactNode } from 'react';
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { PanelResponse } from '../../server/api.js';
import type { TimeFormat } from '../timeFormat.js';
import { ChartTooltip } from './ChartTooltip.js';
import { drawnCourse } from './course.js';
import { gridAxes, timeAxis } from './timeAxis.js';
import { useBrush } from './useBrush.js';

interface PanelLineChartProps {
  readonly answer: PanelResponse;
  /** What the line is of. */
  readonly name: string;
  /** Of the time that is pointed at. @param t Epoch ms. */
  readonly title: (t: number) => string;
  readonly format: (value: number) => string;
  readonly time: TimeFormat;
  /** Called with a span that was drawn over, epoch ms; without it nothing can be drawn. */
  readonly onBrush?: ((from: number, to: number) => void) | undefined;
  /** Lines of what happened. */
  readonly children?: ReactNode;
}

/** One metric over time. Fills the box it is put in. */
export function PanelLineChart({
  answer,
  name,
  title,
  format,
  time,
  onBrush,
  children,
}: PanelLineChartProps): ReactElement {
  const { range, series } = answer;
  const { handlers, area } = useBrush(range.bucketMs, onBrush);
  const data = drawnCourse(range, series).map(({ t, point }) => ({ t, value: point?.value ?? null }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={data} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} {...handlers}>
        <CartesianGrid {...gridAxes.grid} />
        <XAxis {...timeAxis(range.from, range.to - range.bucketMs, time)} />
        <YAxis {...gridAxes.y} tickFormatter={format} />
        <Tooltip
          content={(props) => <ChartTooltip {...props} format={format} title={title} />}
          cursor={{ className: 'rum-cursor' }}
          isAnimationActive={false}
        />
        {children}
        {area}
        <Line
          dataKey="value"
          name={name}
          type="monotone"
          stroke="var(--rum-accent)"
          strokeWidth={2}
          dot={data.filter(({ value }) => value !== null).length < 3}
          connectNulls
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
