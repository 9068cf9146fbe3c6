import type { CartesianGridProps, XAxisProps, YAxisProps } from 'recharts';
import type { TimeFormat } from '../timeFormat.js';
import { timeTicks } from './timeTicks.js';

const DAY = 86_400_000;
const MOST_TICKS = 9;

/** How a time axis from `first` to `last` (epoch ms) is drawn. */
export function timeAxis(first: number, last: number, time: TimeFormat): XAxisProps {
  return {
    dataKey: 't',
    type: 'number',
    scale: 'linear',
    domain: [first, last],
    ticks: [...timeTicks(first, last, MOST_TICKS, time.zone)],
    tickFormatter: last - first > 2 * DAY ? time.day : time.timeOfDay,
    interval: 'equidistantPreserveStart',
    minTickGap: 24,
    tickLine: false,
    axisLine: false,
    tickMargin: 8,
    height: 28,
  };
}

/** What all charts over time have in common besides. */
export const gridAxes: { readonly grid: CartesianGridProps; readonly y: YAxisProps } = {
  grid: { stroke: 'var(--rum-line)', vertical: false },
  y: { niceTicks: 'snap125', tickCount: 5, tickLine: false, axisLine: false, width: 60 },
};
