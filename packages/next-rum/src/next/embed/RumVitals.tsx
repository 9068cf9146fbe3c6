import type { VitalName } from '@rumkit/react-rum/protocol';
import type { ReactElement } from 'react';
import { VitalsPiece } from '../../admin/embed/VitalsPiece.js';
import { Gated, type RumPieceProps } from './Gated.js';

/** What {@link RumVitals} takes. */
export interface RumVitalsProps extends RumPieceProps {
  /** Route as the admin names it, such as `/product/[id]`; default: all together. */
  readonly route?: string;
  /** The vital whose distribution and percentiles over time stand below the five; default `lcp`. */
  readonly metric?: VitalName;
}

/**
 * The vitals of one route as a part of a page of your own: p75 of all five with interval and number of views, and one of them in full.
 *
 * As {@link RumOverview}, it is a server component and shows nothing to whoever `authorize` does not let in.
 *
 * @example
 * ```tsx
 * import { defineRum } from '@rumkit/next-rum';
 * import { RumVitals } from '@rumkit/next-rum/embed';
 *
 * const rum = defineRum({ authorize: ({ headers }) => headers.get('x-team') === 'checkout' });
 *
 * export const Checkout = () => (
 *   <RumVitals rum={rum} route="/checkout" metric="inp" filters={['device:mobile']} fallback={null} />
 * );
 * ```
 */
export function RumVitals({ route, metric = 'lcp', ...props }: RumVitalsProps): ReactElement {
  return (
    <Gated
      {...props}
      usualTitle={route === undefined ? 'Vitals' : `Vitals of ${route}`}
      piece={(settings) => <VitalsPiece {...settings} route={route ?? null} metric={metric} />}
      place={(settings) => <VitalsPiece {...settings} title="Vitals" route={null} metric={metric} />}
    />
  );
}
