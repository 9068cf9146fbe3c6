import type { MouseEvent, ReactElement } from 'react';
import { toCsv } from '../server/csv.js';
import { toNdjson } from '../server/ndjson.js';
import { FORMATS } from './ExportLinks.js';
import { saveFile } from './saveFile.js';
import { shownRows } from './shownRows.js';

const WRITERS = {
  csv: { type: 'text/csv', write: toCsv },
  ndjson: { type: 'application/x-ndjson', write: toNdjson },
} as const;

interface TableFilesProps {
  /** Default: what the table says, as it reads. */
  readonly rows?: () => readonly object[];
}

/** Stands right after a table, whose rows the browser writes to a file: of tables that the API has no file of. */
export function TableFiles({ rows }: TableFilesProps): ReactElement {
  const save = ({ currentTarget }: MouseEvent, format: keyof typeof WRITERS): void => {
    const table = currentTarget.closest('.rum-table-files')?.previousElementSibling;
    if (!(table instanceof HTMLTableElement)) return;
    const { type, write } = WRITERS[format];
    saveFile(`${nameOf(table)}.${format}`, type, write(rows?.() ?? shownRows(table)));
  };
  return (
    <p className="rum-table-files">
      <span className="rum-export">
        {FORMATS.map(({ format, label }) => (
          <button
            key={format}
            type="button"
            className="rum-link-button"
            title={`Download these rows as ${label}`}
            onClick={(event) => save(event, format)}
          >
            {label}
          </button>
        ))}
      </span>
    </p>
  );
}

/** `latest` of the region “Latest table”. */
function nameOf(table: HTMLTableElement): string {
  const label = table.closest('[aria-label]')?.ariaLabel ?? '';
  const words = label
    .replace(/,? (as a )?(table|list)$/, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-').slice(0, 80) ?? 'table';
}
