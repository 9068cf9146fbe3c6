import type { ReactElement } from 'react';

/** Stands where text will be, one line high whatever the size of that text. */
export function Skeleton({ size = 'm' }: { readonly size?: 's' | 'm' | 'l' }): ReactElement {
  return (
    <span className="rum-skeleton" data-size={size} aria-hidden="true">
      &nbsp;
    </span>
  );
}
