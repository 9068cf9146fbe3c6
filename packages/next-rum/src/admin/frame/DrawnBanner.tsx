import type { ReactElement } from 'react';
import type { Recorded } from '../../server/api.js';
import { formatCount } from '../format.js';

/** Says so where not all sessions are recorded, and where those with trouble are more than their share. */
export function DrawnBanner({ drawn }: { readonly drawn: Recorded['drawn'] }): ReactElement | null {
  if (drawn === null) return null;
  const { share, kept, of } = drawn;
  return (
    <p className="rum-banner" role="status">
      <strong>{shareWords(share)} of sessions</strong> are recorded
      {kept === 0
        ? '.'
        : `, and those that meet trouble: ${formatCount(kept)} of the latest ${formatCount(of)} views, so that errors and slow pages weigh more.`}
    </p>
  );
}

/** `10 %`, `0.5–10 %` */
function shareWords(share: readonly [least: number, most: number]): string {
  const [least, most] = share.map((each) => String(Number((each * 100).toPrecision(2))));
  return least === most ? `${least} %` : `${least}–${most} %`;
}
