import type { VitalName } from '@rumkit/react-rum/protocol';
import type { ReactElement } from 'react';
import { rateVital, VITAL_THRESHOLDS } from '../../analysis/rating.js';
import type { HistogramBin } from '../../server/api.js';
import { formatShare, formatThreshold, formatViews, formatVital } from '../format.js';

interface HistogramProps {
  readonly metric: VitalName;
  readonly bins: readonly HistogramBin[];
  readonly n: number;
  readonly p75: number | null;
}

/** Share of the height that labels take, in percent. */
const [TOP, BOTTOM] = [14, 10];

/**
 * How the values of a vital spread, its thresholds marked. Areas are counts, because the last bin may be wider than the others.
 * Positions are percentages of the box, so it needs no measuring and stretches with it.
 */
export function Histogram({ metric, bins, n, p75 }: HistogramProps): ReactElement {
  const { good, poor } = VITAL_THRESHOLDS[metric];
  const to = histogramEnd(metric, bins, n);
  const x = (value: number): number => (Math.min(value, to) / to) * 100;
  const density = ({ low, high, n: count }: HistogramBin): number => count / (high - low);
  const highest = Math.max(...bins.map(density));
  const ticks = [good, poor, to];
  return (
    <svg
      className="rum-histogram"
      role="img"
      aria-label={`Distribution of ${formatViews(n)}, told by the table below`}
    >
      {bins.map((bin) => {
        if (bin.n === 0 || bin.low >= to) return null;
        const height = Math.max((density(bin) / highest) * (100 - TOP - BOTTOM), 0.6);
        const left = x(bin.low);
        return (
          <rect
            key={bin.low}
            data-rating={rateVital(metric, (bin.low + bin.high) / 2)}
            x={`${left}%`}
            y={`${100 - BOTTOM - height}%`}
            width={`${Math.max((x(bin.high) - left) * 0.9, 0.15)}%`}
            height={`${height}%`}
          >
            <title>
              {`${formatVital(metric, bin.low)} – ${formatVital(metric, bin.high)}: ${formatViews(bin.n)} (${formatShare(bin.n, n)})`}
            </title>
          </rect>
        );
      })}
      <line className="rum-axis" x1="0" x2="100%" y1={`${100 - BOTTOM}%`} y2={`${100 - BOTTOM}%`} />
      {[good, poor].map((threshold) => (
        <line
          key={threshold}
          className={threshold === good ? 'rum-threshold-good' : 'rum-threshold-poor'}
          x1={`${x(threshold)}%`}
          x2={`${x(threshold)}%`}
          y1="0"
          y2={`${100 - BOTTOM}%`}
        />
      ))}
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
            p75 {formatVital(metric, p75)}
          </text>
        </>
      )}
      <text x="0" y="100%" dy="-5">
        0
      </text>
      {ticks.map((tick, index) => (
        <text
          key={tick}
          x={`${x(tick)}%`}
          y="100%"
          dy="-5"
          textAnchor={index === ticks.length - 1 ? 'end' : 'middle'}
        >
          {formatThreshold(metric, tidy(tick))}
        </text>
      ))}
    </svg>
  );
}

/** Where the drawing ends: 99 % of the views are within, and both thresholds are seen. */
export function histogramEnd(metric: VitalName, bins: readonly HistogramBin[], n: number): number {
  let counted = 0;
  const end = bins.find((bin) => {
    counted += bin.n;
    return counted >= n * 0.99;
  });
  return Math.max(end?.high ?? 0, VITAL_THRESHOLDS[metric].poor * 1.25);
}

function tidy(value: number): number {
  return Number(value.toPrecision(2));
}
