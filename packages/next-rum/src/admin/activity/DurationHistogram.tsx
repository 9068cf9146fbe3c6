import type { ReactElement } from 'react';
import type { HistogramBin } from '../../server/api.js';
import { formatCount, formatShare } from '../format.js';
import { formatDuration } from './figures.js';

interface DurationHistogramProps {
  readonly bins: readonly HistogramBin[];
  readonly n: number;
  readonly p75: number | null;
  /** What was counted, such as `requests`. */
  readonly what: string;
}

/** Share of the height that labels take, in percent. */
const [TOP, BOTTOM] = [14, 10];

/** How durations spread. Areas are counts, because the last bin may be wider than the others. */
export function DurationHistogram({ bins, n, p75, what }: DurationHistogramProps): ReactElement {
  const to = histogramEnd(bins, n);
  const x = (value: number): number => (Math.min(value, to) / to) * 100;
  const density = ({ low, high, n: count }: HistogramBin): number => count / (high - low);
  const highest = Math.max(...bins.map(density));
  return (
    <svg
      className="rum-histogram"
      role="img"
      aria-label={`Distribution of ${formatCount(n)} ${what}, told by the table below`}
    >
      {bins.map((bin) => {
        if (bin.n === 0 || bin.low >= to) return null;
        const height = Math.max((density(bin) / highest) * (100 - TOP - BOTTOM), 0.6);
        const left = x(bin.low);
        return (
          <rect
            key={bin.low}
            className="rum-histogram-plain"
            x={`${left}%`}
            y={`${100 - BOTTOM - height}%`}
            width={`${Math.max((x(bin.high) - left) * 0.9, 0.15)}%`}
            height={`${height}%`}
          >
            <title>
              {`${formatDuration(bin.low)} – ${formatDuration(bin.high)}: ${formatCount(bin.n)} (${formatShare(bin.n, n)})`}
            </title>
          </rect>
        );
      })}
      <line className="rum-axis" x1="0" x2="100%" y1={`${100 - BOTTOM}%`} y2={`${100 - BOTTOM}%`} />
      {p75 === null ? null : (
        <>
          <line
            className="rum-p75"
            x1={`${x(p75)}%`}
            x2={`${x(p75)}%`}
            y1={`${TOP - 4}%`}
            y2={`${100 - BOTTOM}%`}
          />
          <text x={`${x(p75)}%`} y="10" dx={x(p75) > 80 ? -5 : 5} textAnchor={x(p75) > 80 ? 'end' : 'start'}>
            p75 {formatDuration(p75)}
          </text>
        </>
      )}
      <text x="0" y="100%" dy="-5">
        0
      </text>
      {[to / 2, to].map((tick) => (
        <text key={tick} x={`${x(tick)}%`} y="100%" dy="-5" textAnchor={tick === to ? 'end' : 'middle'}>
          {formatDuration(tick)}
        </text>
      ))}
    </svg>
  );
}

/** Where the drawing ends: 99 % are within. */
function histogramEnd(bins: readonly HistogramBin[], n: number): number {
  let counted = 0;
  const end = bins.find((bin) => {
    counted += bin.n;
    return counted >= n * 0.99;
  });
  return Math.max(end?.high ?? 0, 1);
}
