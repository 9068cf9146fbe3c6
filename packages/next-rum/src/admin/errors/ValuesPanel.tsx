import type { ReactElement, ReactNode } from 'react';
import { ERROR_DIMENSIONS, type ErrorDimension, type ErrorResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { dimensionLabel, valueLabel } from '../dimensions.js';
import { addValue } from '../filters.js';
import { formatCount, formatShare } from '../format.js';
import { Panel, ScrollRegion } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { TableFiles } from '../TableFiles.js';
import '../table.css';

/** Where, for whom and in what a group of errors happened; a row is a filter. */
export function ValuesPanel({
  error,
  told,
}: {
  readonly error: ErrorResponse;
  readonly told: string;
}): ReactElement {
  return (
    <Panel title="Where and for whom" className="rum-error-values" aside={told}>
      <div className="rum-error-tables">
        {ERROR_DIMENSIONS.map((dimension) => (
          <Values key={dimension} dimension={dimension} error={error} />
        ))}
      </div>
    </Panel>
  );
}

function labelOf(dimension: ErrorDimension): string {
  return dimension === 'source' ? 'Source' : dimensionLabel(dimension);
}

function Values({
  dimension,
  error,
}: {
  readonly dimension: ErrorDimension;
  readonly error: ErrorResponse;
}): ReactElement {
  const label = labelOf(dimension);
  return (
    <ScrollRegion label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col">Events</th>
            <th scope="col">Share</th>
            <th scope="col">Visitors</th>
          </tr>
        </thead>
        <tbody>
          {error.by[dimension].map(({ value, events, visitors }) => (
            <tr key={value}>
              <th scope="row">
                <Value dimension={dimension} value={value} />
              </th>
              <td>{formatCount(events)}</td>
              <td className="rum-muted">{formatShare(events, error.told.events)}</td>
              <td>{formatCount(visitors)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <TableFiles />
    </ScrollRegion>
  );
}

function Value({
  dimension,
  value,
}: {
  readonly dimension: ErrorDimension;
  readonly value: string;
}): ReactNode {
  const { state, ask } = useAddress();
  if (dimension === 'route') return <RouteLink route={value} />;
  if (dimension === 'source') return <bdi>{SOURCES[value] ?? value}</bdi>;
  const label = value === '' ? '(not known)' : valueLabel(dimension, value);
  return (
    <button
      type="button"
      className="rum-row-button"
      title={`Show only ${dimensionLabel(dimension)} ${label}`}
      onClick={() => ask({ filters: addValue(state.question.filters, dimension, true, value) })}
    >
      <bdi>{label}</bdi>
    </button>
  );
}

const SOURCES: { readonly [source: string]: string | undefined } = {
  '': '(not known)',
  'window.error': 'Uncaught',
  unhandledrejection: 'Unhandled rejection',
  'console.error': 'Console',
  react: 'React',
  resource: 'File that did not load',
  csp: 'Content Security Policy',
  report: 'Browser report',
  reported: 'Reported by the app',
};
