import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { COLUMNS } from '../address/urlState.js';
import { Popover } from '../frame/Popover.js';
import { COLUMN_LABELS } from './columns.js';

/** Which columns the routes table has. */
export function ColumnChoice(): ReactElement {
  const { state, change } = useAddress();
  return (
    <Popover name="columns" label="Columns" buttonClass="rum-quiet" button="Columns">
      {() => (
        <fieldset className="rum-columns-choice">
          <legend className="rum-sr-only">Columns</legend>
          {COLUMNS.map((column) => {
            const shown = state.columns.includes(column);
            return (
              <label key={column}>
                <input
                  type="checkbox"
                  checked={shown}
                  disabled={shown && state.columns.length === 1}
                  onChange={() =>
                    change({
                      columns: COLUMNS.filter(
                        (known) => (known === column) !== state.columns.includes(known),
                      ),
                    })
                  }
                />
                {COLUMN_LABELS[column].long}
              </label>
            );
          })}
        </fieldset>
      )}
    </Popover>
  );
}
