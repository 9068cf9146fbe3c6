import type { ReactElement } from 'react';
import { useAddress } from './address/Address.js';
import { useApi } from './apiContext.js';
import type { Dimension } from './dimensions.js';

const FORMATS = [
  { format: 'csv', label: 'CSV' },
  { format: 'ndjson', label: 'NDJSON' },
] as const;

/** What a breakdown shows, as files. */
export function ExportLinks({ dimension }: { readonly dimension: Dimension }): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  return (
    <span className="rum-export">
      {FORMATS.map(({ format, label }) => (
        <a
          key={format}
          className="rum-link-button"
          href={api.fileOf(state.question, dimension, format)}
          download
          title={`Download these rows as ${label}`}
        >
          {label}
        </a>
      ))}
    </span>
  );
}
