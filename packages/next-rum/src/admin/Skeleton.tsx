import type { ReactElement } from 'react';

/** Stands where text will be, one line high whatever the size of that text. */
export function Skeleton({ size = 'm' }: { readonly size?: 's' | 'm' | 'l' }): ReactElement {
  return (
    <span className="rum-skeleton" data-size={size} aria-hidden="true">
      &nbsp;
    </span>
  );
}

/** Stands where rows of a table will be. */
export function SkeletonRows({
  rows,
  columns,
}: {
  readonly rows: number;
  readonly columns: number;
}): readonly ReactElement[] {
  return Array.from({ length: rows }, (_row, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same and never move
    <tr key={row}>
      {Array.from({ length: columns }, (_column, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <td key={column}>
          <Skeleton size={column === 0 ? 'l' : 's'} />
        </td>
      ))}
    </tr>
  ));
}
