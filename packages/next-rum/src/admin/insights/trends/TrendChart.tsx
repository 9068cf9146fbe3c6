import type { ReactElement } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartTooltip } from '../../charts/ChartTooltip.js';
import { gridAxes, timeAxis } from '../../charts/timeAxis.js';
import { createTimeFormat } from '../../timeFormat.js';
import type { TrendEvidence } from './trendEvidence.js';

const DAY = 86_400_000;
/** Days are those of UTC, whatever else is shown. */
const time = createTimeFormat('utc');
const TOLD = [
  { dataKey: 'line', name: 'The trend' },
  { dataKey: 'before', name: 'Before' },
  { dataKey: 'after', name: 'After' },
] as const;

/** Days, and the line of their trend or the levels before and after a shift. Fills the box it is put in. */
export function TrendChart({ evidence }: { readonly evidence: TrendEvidence }): ReactElement {
  const { points, dated, format, name } = evidence;
  const [first, last] = [points[0]?.t ?? 0, points.at(-1)?.t ?? 0];
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={[...points]} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
        <CartesianGrid {...gridAxes.grid} />
        <XAxis {...timeAxis(first, last, time)} tickFormatter={time.day} />
        <YAxis {...gridAxes.y} tickFormatter={format} />
        <Tooltip
          content={(props) => <ChartTooltip {...props} format={format} title={time.day} />}
          cursor={{ className: 'rum-cursor' }}
          isAnimationActive={false}
        />
        {dated === null ? null : (
          <ReferenceArea
            className="rum-trend-dated"
            x1={Math.max(first, dated[0] - DAY / 2)}
            x2={Math.min(last, dated[1] + DAY / 2)}
            ifOverflow="hidden"
          />
        )}
        {TOLD.map(({ dataKey, name: told }) => (
          <Line
            key={dataKey}
            dataKey={dataKey}
            name={told}
            type="linear"
            stroke="var(--rum-second)"
            strokeDasharray="5 4"
            strokeWidth={2}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
        ))}
        <Line
          dataKey="seen"
          name={name}
          type="linear"
          stroke="var(--rum-accent)"
          strokeWidth={1.75}
          dot={{ r: 2 }}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}
