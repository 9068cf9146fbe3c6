import { Fragment, type ReactElement, useId } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import type { ResolvedRange, TrafficBucket } from '../server/api.js';
import { formatCompactCount, formatCount, formatDay, formatSpan, formatTimeOfDay } from './format.js';
import { timeTicks } from './timeTicks.js';

const DAY = 86_400_000;
const MOST_TICKS = 9;

interface TrafficChartProps {
  readonly range: ResolvedRange;
  readonly traffic: readonly TrafficBucket[];
}

/** Views and sessions over time. Fills the box it is put in. */
export function TrafficChart({ range, traffic }: TrafficChartProps): ReactElement {
  const gradient = useId();
  const first = traffic[0]?.t ?? range.from;
  const last = traffic.at(-1)?.t ?? range.to;
  const formatTick = range.to - range.from > 2 * DAY ? formatDay : formatTimeOfDay;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...traffic]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
        <defs>
          <linearGradient id={gradient} x1="0" y1="0" x2="0" y2="1">
            <stop className="rum-gradient-top" offset="0" />
            <stop className="rum-gradient-bottom" offset="1" />
          </linearGradient>
        </defs>
        <CartesianGrid stroke="var(--rum-line)" vertical={false} />
        <XAxis
          dataKey="t"
          type="number"
          scale="linear"
          domain={[first, last]}
          ticks={[...timeTicks(first, last, MOST_TICKS)]}
          tickFormatter={formatTick}
          interval="equidistantPreserveStart"
          minTickGap={24}
          tickLine={false}
          axisLine={false}
          tickMargin={8}
          height={28}
        />
        <YAxis
          allowDecimals={false}
          tickFormatter={formatCompactCount}
          niceTicks="snap125"
          tickCount={5}
          tickLine={false}
          axisLine={false}
          width={44}
        />
        <Tooltip
          content={(props) => <BucketTooltip {...props} bucketMs={range.bucketMs} />}
          cursor={{ className: 'rum-cursor' }}
          isAnimationActive={false}
        />
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
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function BucketTooltip({
  active,
  payload,
  label,
  bucketMs,
}: TooltipContentProps & { readonly bucketMs: number }): ReactElement | null {
  const from = Number(label);
  if (!active || Number.isNaN(from)) return null;
  return (
    <div className="rum-tooltip">
      <p>{formatSpan(from, from + bucketMs)}</p>
      <dl>
        {payload.map((entry) => (
          <Fragment key={String(entry.dataKey)}>
            <dt data-series={String(entry.dataKey)}>{entry.name}</dt>
            <dd>{formatCount(Number(entry.value))}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}
