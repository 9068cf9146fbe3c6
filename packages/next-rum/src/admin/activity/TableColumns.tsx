import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { ColumnPopover } from '../frame/ColumnPopover.js';
import { isHidden, withHidden } from './listing.js';

interface TableColumnsProps {
  /** Short name of the table in the address. */
  readonly table: string;
  /** Only where a page has a second table: what it is called. */
  readonly second?: string;
  /** The first one names the row and stays. */
  readonly columns: readonly { readonly id: string; readonly label: string }[];
}

/** Which columns a table of figures has. */
export function TableColumns({ table, second, columns }: TableColumnsProps): ReactElement {
  const { state, change } = useAddress();
  const { listing } = state;
  return (
    <ColumnPopover
      {...(second !== undefined && { name: 'moreColumns', label: `Columns of ${second}` })}
      columns={columns.slice(1)}
      isShown={(column) => !isHidden(listing.hide, table, column)}
      onToggle={(column) =>
        change({ listing: { ...listing, hide: withHidden(listing.hide, table, column) } })
      }
    />
  );
}
