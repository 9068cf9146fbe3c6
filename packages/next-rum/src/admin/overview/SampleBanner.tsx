import type { ReactElement } from 'react';
import type { Totals } from '../../server/api.js';
import { formatCount } from '../format.js';

/** Says so where what is shown was made up. */
export function SampleBanner({ totals }: { readonly totals: Totals | undefined }): ReactElement | null {
  if (totals === undefined || totals.sampleViews === 0) return null;
  return (
    <p className="rum-banner" role="status">
      <strong>Sample data:</strong> {formatCount(totals.sampleViews)} of {formatCount(totals.views)} views are
      made up to show what this page looks like.
    </p>
  );
}
