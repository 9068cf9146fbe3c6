import type { ReactElement } from 'react';
import { OverviewPiece } from '../../admin/embed/OverviewPiece.js';
import { Gated, type RumPieceProps } from './Gated.js';

/** What {@link RumOverview} takes. */
export type RumOverviewProps = RumPieceProps;

/**
 * The overview as a part of a page of your own: how the app feels in words, the five vitals, and traffic over time.
 *
 * A server component for the App Router. Whoever `authorize` does not let in sees a sentence instead, and the data routes
 * refuse as well. It is as wide as its container and lays itself out by that.
 *
 * @example
 * ```tsx
 * // app/team/page.tsx
 * import { defineRum } from '@rumkit/next-rum';
 * import { RumOverview } from '@rumkit/next-rum/embed';
 *
 * // In an app it comes from where the collector's route has it: import { rum } from '../../lib/rum';
 * const rum = defineRum({ authorize: ({ headers }) => headers.get('x-team') === 'shop' });
 *
 * export default function TeamPage() {
 *   return (
 *     <main>
 *       <h1>How the shop is doing</h1>
 *       <RumOverview rum={rum} range="7d" compare="previous" adminPath="/admin/rum" />
 *     </main>
 *   );
 * }
 * ```
 */
export function RumOverview(props: RumOverviewProps): ReactElement {
  return (
    <Gated
      {...props}
      usualTitle="Overview"
      piece={(settings) => <OverviewPiece {...settings} />}
      place={(settings) => <OverviewPiece {...settings} title="Overview" />}
    />
  );
}
