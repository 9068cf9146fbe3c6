import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { GoalsResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { ChartTable } from '../charts/ChartTable.js';
import { formatCount } from '../format.js';
import { markersOf } from '../markers/markersOf.js';
import { markersQuery } from '../saved/savedQueries.js';
import { createTimeFormat } from '../timeFormat.js';
import { formatPercent, formatPercents } from './shares.js';
import { useWidth } from './timeline/useWidth.js';
import '../charts/charts.css';

const DAY = 86_400_000;
const HEIGHT = 150;
const [LEFT, BOTTOM, TOP] = [44, 22, 8];
const utc = createTimeFormat('utc');

interface GoalChartProps extends Pick<GoalsResponse, 'range'> {
  readonly goal: GoalsResponse['goals'][number];
}

/** The share of sessions that had a goal, a point a day with its interval. */
export function GoalChart({ goal, range }: GoalChartProps): ReactElement {
  const [box, width] = useWidth<HTMLDivElement>();
  const { state } = useAddress();
  const markers = useQuery(markersQuery(useApi(), state.question));
  const { days, name } = goal;
  const most = Math.max(0.02, ...days.map(({ interval }) => interval?.[1] ?? 0));
  const top = [0.02, 0.05, 0.1, 0.2, 0.5].find((each) => each >= most) ?? 1;
  const y = (share: number): number => TOP + (1 - share / top) * (HEIGHT - TOP - BOTTOM);
  const [first, last] = [days[0]?.t ?? 0, days.at(-1)?.t ?? 0];
  const x = (t: number): number =>
    LEFT + 14 + (last === first ? 0.5 : (t - first) / (last - first)) * (width - LEFT - 34);
  const every = Math.max(1, Math.ceil((days.length * 60) / width));
  return (
    <>
      <div ref={box} className="rum-goal-chart">
        <svg width={width} height={HEIGHT} role="img" aria-label={`${name}: share of sessions by day`}>
          {[0, 0.5, 1].map((part) => (
            <g key={part} className="rum-goal-grid">
              <line x1={LEFT} x2={width - 6} y1={y(part * top)} y2={y(part * top)} />
              <text x={LEFT - 6} y={y(part * top) + 4} textAnchor="end">
                {formatPercent(part * top)}
              </text>
            </g>
          ))}
          {markersOf(markers.data, range, utc).map(({ key, kind, at, number }) => (
            <g key={key} className="rum-goal-marker" data-kind={kind}>
              <line x1={x(dayOf(at))} x2={x(dayOf(at))} y1={TOP} y2={HEIGHT - BOTTOM} />
              <text x={x(dayOf(at)) - 4} y={TOP + 10} textAnchor="end">
                {number}
              </text>
            </g>
          ))}
          {days.map(({ t, share, interval }, index) => (
            <g key={t} className="rum-goal-day">
              <title>
                {`${utc.day(t)}: ${share === null ? '' : formatPercent(share)} (${interval === null ? '' : formatPercents(interval)})`}
              </title>
              {interval === null ? null : (
                <line x1={x(t)} x2={x(t)} y1={y(interval[0])} y2={y(interval[1])} />
              )}
              {share === null ? null : <circle cx={x(t)} cy={y(share)} r={4} />}
              {index % every === 0 ? (
                <text x={x(t)} y={HEIGHT - 6} textAnchor="middle">
                  {utc.day(t)}
                </text>
              ) : null}
            </g>
          ))}
        </svg>
      </div>
      <ChartTable
        label={`${name} by day, as a table`}
        head={['Day (UTC)', 'Sessions', 'With it', 'Share', '95 % interval']}
        rows={() =>
          days.map(({ t, part, whole, share, interval }) => [
            utc.day(t),
            formatCount(whole),
            formatCount(part),
            share === null ? '' : formatPercent(share),
            interval === null ? '' : formatPercents(interval),
          ])
        }
      />
    </>
  );
}

/** A chart's points are its days. */
function dayOf(at: number): number {
  return Math.floor(at / DAY) * DAY;
}
