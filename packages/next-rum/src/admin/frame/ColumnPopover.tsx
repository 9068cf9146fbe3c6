import type { ReactElement } from 'react';
import { Popover, type PopoverProps } from './Popover.js';
import '../pages/PagesTable.css';

interface ColumnPopoverProps<Id extends string> {
  /** Two of one page have different ones. */
  readonly name?: Extract<PopoverProps['name'], 'columns' | 'moreColumns'>;
  /** What the button is called where there are several. */
  readonly label?: string;
  readonly columns: readonly { readonly id: Id; readonly label: string }[];
  readonly isShown: (id: Id) => boolean;
  readonly onToggle: (id: Id) => void;
}

/** Which columns a table has; at least one of those that can be chosen. */
export function ColumnPopover<Id extends string>({
  name = 'columns',
  label = 'Columns',
  columns,
  isShown,
  onToggle,
}: ColumnPopoverProps<Id>): ReactElement {
  return (
    <Popover name={name} label={label} buttonClass="rum-quiet" button="Columns">
      {() => (
        <fieldset className="rum-columns-choice">
          <legend className="rum-sr-only">{label}</legend>
          {columns.map(({ id, label: text }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={isShown(id)}
                disabled={isShown(id) && columns.filter((column) => isShown(column.id)).length === 1}
                onChange={() => onToggle(id)}
              />
              {text}
            </label>
          ))}
        </fieldset>
      )}
    </Popover>
  );
}
