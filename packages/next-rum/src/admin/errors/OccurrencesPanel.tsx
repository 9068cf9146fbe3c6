import type { ReactElement } from 'react';
import type { ErrorResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { valueLabel } from '../dimensions.js';
import { formatCount, NO_VALUE } from '../format.js';
import { Panel, ScrollRegion } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { TableFiles } from '../TableFiles.js';
import '../table.css';

/** The latest times that it happened. */
export function OccurrencesPanel({ occurrences }: Pick<ErrorResponse, 'occurrences'>): ReactElement {
  const { time } = useAddress();
  return (
    <Panel title="Latest occurrences" className="rum-occurrences">
      <ScrollRegion label="Occurrences table">
        <table>
          <thead>
            <tr>
              {['Time', 'Route', 'Message', 'Times', 'Browser', 'Release', 'Country'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {occurrences.map(({ id, at, route, message, count, browser, os, release, country }) => (
              <tr key={id}>
                <th scope="row">
                  <time dateTime={new Date(at).toISOString()}>{time.moment(at)}</time>
                </th>
                <td>
                  <RouteLink route={route} />
                </td>
                <td>
                  <bdi className="rum-occurrence-message" title={message.slice(0, 1000)}>
                    {message.slice(0, 300)}
                  </bdi>
                </td>
                <td>{formatCount(count)}</td>
                <td>
                  <bdi>{[browser, os].filter(Boolean).join(' · ') || NO_VALUE}</bdi>
                </td>
                <td>
                  <bdi>{release ?? NO_VALUE}</bdi>
                </td>
                <td>{country === null ? NO_VALUE : valueLabel('country', country)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <TableFiles />
      </ScrollRegion>
    </Panel>
  );
}
