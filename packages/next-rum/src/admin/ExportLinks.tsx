import type { ReactElement } from 'react';
import { useAddress } from './address/Address.js';
import { useApi } from './apiContext.js';
import type { Dimension } from './dimensions.js';

export const FORMATS = [
  { format: 'csv', label: 'CSV' },
  { format: 'ndjson', label: 'NDJSON' },
] as const;

type Format = (typeof FORMATS)[number]['format'];

/** What a breakdown shows, as files. */
export function ExportLinks({ dimension }: { readonly dimension: Dimension }): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  return <FileLinks hrefOf={(format) => api.fileOf(state.question, dimension, format)} />;
}

/** What a table shows, as files. */
export function FileLinks({ hrefOf }: { readonly hrefOf: (format: Format) => string }): ReactElement {
  return (
    <span className="rum-export">
      {FORMATS.map(({ format, label }) => (
        <a
          key={format}
          className="rum-link-button"
          href={hrefOf(format)}
          download
          title={`Download these rows as ${label}`}
        >
          {label}
        </a>
      ))}
    </span>
  );
}
