import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { COLUMNS } from '../address/urlState.js';
import { ColumnPopover } from '../frame/ColumnPopover.js';
import { COLUMN_LABELS } from './columns.js';

/** Which columns the routes table has. */
export function ColumnChoice(): ReactElement {
  const { state, change } = useAddress();
  return (
    <ColumnPopover
      columns={COLUMNS.map((column) => ({ id: column, label: COLUMN_LABELS[column].long }))}
      isShown={(column) => state.columns.includes(column)}
      onToggle={(column) =>
        change({
          columns: COLUMNS.filter((known) => (known === column) !== state.columns.includes(known)),
        })
      }
    />
  );
}
