import type { ReactElement } from 'react';
import type { ErrorTrend } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { formatCount } from '../format.js';

/** Of the drawing, in its own units. */
const HEIGHT = 24;
const GAP = 0.8;
const BAR = 4;

interface SparklineProps {
  readonly trend: ErrorTrend;
  /** How often in each bucket, oldest first. */
  readonly counts: readonly number[];
}

/** The course of a count in the width of a few words. */
export function Sparkline({ trend, counts }: SparklineProps): ReactElement {
  const { time } = useAddress();
  const most = Math.max(...counts, 1);
  const peak = counts.indexOf(most);
  const from = trend.from + peak * trend.bucketMs;
  const words =
    peak === -1 ? 'None' : `Most: ${formatCount(most)}, ${time.span(from, from + trend.bucketMs)}`;
  return (
    <svg
      className="rum-sparkline"
      viewBox={`0 0 ${counts.length * BAR} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      {counts.map((n, index) => {
        // What is there is seen, however little it is beside the most.
        const height = n === 0 ? 0 : Math.max((n / most) * HEIGHT, 2);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its bucket's
            key={index}
            x={index * BAR}
            y={HEIGHT - height}
            width={BAR - GAP}
            height={height}
          />
        );
      })}
    </svg>
  );
}
