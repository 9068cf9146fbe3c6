import type { ReactElement } from 'react';
import { FunnelPiece } from '../../admin/embed/FunnelPiece.js';
import type { PathStep } from '../../server/api.js';
import { Gated, type RumPieceProps } from './Gated.js';

/** What {@link RumFunnel} takes. */
export interface RumFunnelProps extends RumPieceProps {
  /**
   * 2 to 8, in the order in which they are to be taken: `view` is a page by its route, `custom` an event by the name that the
   * application reports it by, `action` an action by its name.
   */
  readonly steps: readonly PathStep[];
  /** Minutes in which all of them have to be taken; default: within one session. */
  readonly window?: 5 | 15 | 30 | 60 | 240 | 1440;
}

/**
 * A funnel as a part of a page of your own: how many took each step, with the 95 % interval of every share, and how long it took them.
 *
 * As {@link RumOverview}, it is a server component and shows nothing to whoever `authorize` does not let in.
 *
 * @example
 * ```tsx
 * import { defineRum } from '@rumkit/next-rum';
 * import { RumFunnel } from '@rumkit/next-rum/embed';
 *
 * const rum = defineRum({ authorize: () => 'viewer' });
 *
 * export const Buying = () => (
 *   <RumFunnel
 *     rum={rum}
 *     title="From lamp to order"
 *     steps={[
 *       { kind: 'view', name: '/product/[id]' },
 *       { kind: 'custom', name: 'add-to-cart' },
 *       { kind: 'view', name: '/checkout' },
 *     ]}
 *     window={60}
 *     range="30d"
 *   />
 * );
 * ```
 */
export function RumFunnel({ steps, window, ...props }: RumFunnelProps): ReactElement {
  return (
    <Gated
      {...props}
      usualTitle="Funnel"
      piece={(settings) => (
        <FunnelPiece
          {...settings}
          steps={steps}
          window={window === undefined ? '' : (String(window) as `${typeof window}`)}
        />
      )}
      place={(settings) => (
        <FunnelPiece
          {...settings}
          title="Funnel"
          // As many, without their names: who may read them is not known yet.
          steps={steps.map(() => ({ kind: 'view', name: '' }))}
          window=""
        />
      )}
    />
  );
}
