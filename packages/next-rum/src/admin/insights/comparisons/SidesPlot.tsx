import type { ReactElement } from 'react';
import { figureText, sideIntervalText } from '../../../analysis/insights/comparisonWords.js';
import type { ComparedFinding } from '../../../server/api.js';
import { formatCount } from '../../format.js';

type Test = Pick<ComparedFinding, 'metric' | 'without' | 'with'>;

interface SidesPlotProps {
  readonly test: Test;
  /** What the two sides are called. */
  readonly names: readonly [before: string, after: string];
}

const WIDTH = 100;
/** Of the width, what the largest end leaves free. */
const FREE = 0.04;

/** What is so without a change and with it, as points with their 95 % intervals on one scale from zero; the numbers stand beside them. */
export function SidesPlot({ test, names }: SidesPlotProps): ReactElement {
  const sides = [test.without, test.with] as const;
  const most = Math.max(...sides.map(({ value }) => value?.high ?? 0));
  const x = (value: number): number => (most === 0 ? 0 : (value / most) * WIDTH * (1 - FREE));
  return (
    <dl className="rum-sides">
      {sides.map((side, place) => {
        const { value } = side;
        const interval = sideIntervalText(test.metric, side);
        return (
          <div key={names[place]} data-side={place === 0 ? 'without' : 'with'}>
            <dt>
              <bdi>{names[place]}</bdi>
            </dt>
            <dd>
              {/* An SVG, because the place of a styled box would need a style attribute, which a strict CSP refuses. */}
              <svg viewBox={`0 0 ${WIDTH} 8`} preserveAspectRatio="none" aria-hidden="true">
                <rect className="rum-side-track" y="3.5" width={WIDTH} height="1" />
                {value === null ? null : (
                  <>
                    <rect
                      className="rum-side-interval"
                      x={x(value.low)}
                      y="2"
                      width={Math.max(0.6, x(value.high) - x(value.low))}
                      height="4"
                    />
                    <rect
                      className="rum-side-value"
                      x={Math.max(0, x(value.value) - 0.3)}
                      width="0.6"
                      height="8"
                    />
                  </>
                )}
              </svg>
              <span>
                <b>{figureText(test.metric, side)}</b>{' '}
                <span className="rum-muted">
                  {interval === '' ? '' : `${interval}, `}n = {formatCount(side.n)}
                </span>
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
