import type { ReactElement } from 'react';
import type { ImpactResponse } from '../../server/api.js';
import { ChartTable } from '../charts/ChartTable.js';
import { formatCount, formatInterval, formatVital } from '../format.js';
import { VITALS } from '../vitals.js';
import { formatPercent, formatPercents } from './shares.js';
import { useWidth } from './timeline/useWidth.js';
import '../charts/charts.css';

const HEIGHT = 190;
const [LEFT, RIGHT, BOTTOM, TOP] = [44, 12, 34, 10];

/** The share of sessions that had the goal, a point a bucket of the vital with its interval, over the share of all. */
export function ImpactChart({ impact }: { readonly impact: ImpactResponse }): ReactElement {
  const [box, width] = useWidth<HTMLDivElement>();
  const { buckets, metric, total, goal } = impact;
  const vital = VITALS.find(({ name }) => name === metric)?.short ?? metric;
  const most = Math.max(0.02, ...buckets.map(({ interval }) => interval?.[1] ?? 0));
  const top = [0.02, 0.05, 0.1, 0.2, 0.5].find((each) => each >= most) ?? 1;
  const y = (share: number): number => TOP + (1 - share / top) * (HEIGHT - TOP - BOTTOM);
  const part = (width - LEFT - RIGHT) / Math.max(1, buckets.length);
  const x = (place: number): number => LEFT + (place + 0.5) * part;
  const every = Math.max(1, Math.ceil(72 / Math.max(1, part)));
  return (
    <>
      <div ref={box} className="rum-impact-chart">
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={`Share of sessions that had ${goal.name}, by ${vital}`}
        >
          {[0, 0.5, 1].map((each) => (
            <g key={each} className="rum-impact-grid">
              <line x1={LEFT} x2={width - RIGHT} y1={y(each * top)} y2={y(each * top)} />
              <text x={LEFT - 6} y={y(each * top) + 4} textAnchor="end">
                {formatPercent(each * top)}
              </text>
            </g>
          ))}
          {total.share === null ? null : (
            <line
              className="rum-impact-all"
              x1={LEFT}
              x2={width - RIGHT}
              y1={y(total.share)}
              y2={y(total.share)}
            />
          )}
          {buckets.map(({ from, to, share, interval, whole }, place) => (
            <g key={from} className="rum-impact-bucket">
              <title>
                {`${vital} ${formatInterval(metric, [from, to])}: ${share === null ? '' : formatPercent(share)} (${interval === null ? '' : formatPercents(interval)}) of ${formatCount(whole)}`}
              </title>
              {interval === null ? null : (
                <line x1={x(place)} x2={x(place)} y1={y(interval[0])} y2={y(interval[1])} />
              )}
              {share === null ? null : <circle cx={x(place)} cy={y(share)} r={4.5} />}
              {place % every === 0 ? (
                <text x={x(place)} y={HEIGHT - 18} textAnchor="middle">
                  ≤ {formatVital(metric, to)}
                </text>
              ) : null}
            </g>
          ))}
          <text className="rum-impact-axis" x={width - RIGHT} y={HEIGHT - 3} textAnchor="end">
            {vital} of the first page; as many sessions each
          </text>
        </svg>
      </div>
      <ul className="rum-legend rum-impact-legend">
        <li data-series="bucket">Share, 95 % interval</li>
        <li data-series="all">Share of all</li>
      </ul>
      <ChartTable
        label={`${goal.name} by ${vital}, as a table`}
        head={[vital, 'Sessions', 'With it', 'Share', '95 % interval']}
        rows={() =>
          buckets.map(({ from, to, part: reached, whole, share, interval }) => [
            formatInterval(metric, [from, to]),
            formatCount(whole),
            formatCount(reached),
            share === null ? '' : formatPercent(share),
            interval === null ? '' : formatPercents(interval),
          ])
        }
      />
    </>
  );
}
