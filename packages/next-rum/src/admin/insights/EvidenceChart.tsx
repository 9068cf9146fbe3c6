import type { ReactElement } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartTooltip } from '../charts/ChartTooltip.js';
import { gridAxes, timeAxis } from '../charts/timeAxis.js';
import type { TimeFormat } from '../timeFormat.js';
import type { Evidence } from './evidence.js';

interface EvidenceChartProps {
  readonly evidence: Evidence;
  readonly time: TimeFormat;
}

const HOUR = 3_600_000;

/** Days by their names, hours between them by theirs. */
function tickOf(t: number, time: TimeFormat): string {
  const hour = time.timeOfDay(t);
  return hour === '00:00' ? time.day(t) : hour;
}

/** What was seen hour by hour over the band of what is usual, and since when it is an incident. Fills the box it is put in. */
export function EvidenceChart({ evidence, time }: EvidenceChartProps): ReactElement {
  const { points, began, ended, format, name } = evidence;
  const first = points[0]?.t ?? began;
  const last = points.at(-1)?.t ?? began;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...points]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
        <CartesianGrid {...gridAxes.grid} />
        <XAxis {...timeAxis(first, last, time)} tickFormatter={(t: number) => tickOf(t, time)} />
        <YAxis {...gridAxes.y} tickFormatter={format} />
        <Tooltip
          content={(props) => (
            <ChartTooltip
              {...props}
              payload={props.payload.filter(({ dataKey }) => dataKey !== 'band')}
              format={format}
              title={(t) => time.span(t, t + HOUR)}
            />
          )}
          cursor={{ className: 'rum-cursor' }}
          isAnimationActive={false}
        />
        <ReferenceArea
          className="rum-incident-area"
          x1={Math.max(first, began)}
          x2={Math.min(last, ended ?? last)}
          ifOverflow="hidden"
        />
        <Area
          dataKey="band"
          type="monotone"
          stroke="none"
          fill="var(--rum-second)"
          fillOpacity={0.22}
          connectNulls
          activeDot={false}
          isAnimationActive={false}
        />
        <Line
          dataKey="expected"
          name="Usual"
          type="monotone"
          stroke="var(--rum-second)"
          strokeDasharray="5 4"
          strokeWidth={1.5}
          dot={false}
          activeDot={false}
          connectNulls
          isAnimationActive={false}
        />
        <Line
          dataKey="seen"
          name={name}
          type="linear"
          stroke="var(--rum-accent)"
          strokeWidth={2.25}
          dot={points.length < 3}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
