import { type ReactElement, useState } from 'react';
import { useRegionName } from '../regionName.js';
import { TableFiles } from '../TableFiles.js';
import '../table.css';
import './charts.css';

interface ChartTableProps {
  /** What the table shows, for whoever cannot see that it belongs to the chart. */
  readonly label: string;
  readonly head: readonly string[];
  /** Asked only when the table is opened. The first cell names the row. */
  readonly rows: () => readonly (readonly string[])[];
}

/** What a chart shows, as a table. */
export function ChartTable({ label, head, rows }: ChartTableProps): ReactElement {
  const [open, setOpen] = useState(false);
  const name = useRegionName(label);
  return (
    <details className="rum-chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show as table</summary>
      {open ? (
        // Scrolls by itself, so it must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys
        <section className="rum-scroll" aria-label={name} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {head.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows().map(([first, ...cells]) => (
                <tr key={first}>
                  <th scope="row">{first}</th>
                  {cells.map((cell, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column's
                    <td key={index}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <TableFiles />
        </section>
      ) : null}
    </details>
  );
}
