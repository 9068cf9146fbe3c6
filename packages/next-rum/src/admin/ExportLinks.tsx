import type { ReactElement } from 'react';
import type { BreakdownResponse } from '../server/api.js';
import { toCsv, toNdjson } from './exportRows.js';

const FORMATS = [
  { name: 'CSV', end: 'csv', type: 'text/csv;charset=utf-8', write: toCsv },
  { name: 'NDJSON', end: 'ndjson', type: 'application/x-ndjson', write: toNdjson },
] as const;

/** What a table shows, as files. */
export function ExportLinks({
  response,
}: {
  readonly response: BreakdownResponse | undefined;
}): ReactElement {
  const save = ({ end, type, write }: (typeof FORMATS)[number]): void => {
    if (response === undefined) return;
    const url = URL.createObjectURL(new Blob([write(response)], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `rum-${response.dimension}-${new Date(response.range.to).toISOString().slice(0, 10)}.${end}`;
    link.click();
    // The download has begun when click returns; the file is the browser's from there.
    URL.revokeObjectURL(url);
  };
  return (
    <span className="rum-export">
      {FORMATS.map((format) => (
        <button
          key={format.name}
          type="button"
          className="rum-link-button"
          disabled={response === undefined}
          title={`Download the table as ${format.name}`}
          onClick={() => save(format)}
        >
          {format.name}
        </button>
      ))}
    </span>
  );
}
