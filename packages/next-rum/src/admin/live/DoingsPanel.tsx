import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { LiveEvent } from '../../server/api.js';
import { formatAge } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { SkeletonRows } from '../Skeleton.js';
import { TableFiles } from '../TableFiles.js';
import type { Live } from './liveQueries.js';
import '../table.css';

const KINDS: { readonly [type in LiveEvent['type']]: string } = {
  action: 'Action',
  error: 'Error',
  custom: 'Event',
};

/** What visitors do, and what goes wrong for them, as it comes in. */
export function DoingsPanel({ query }: { readonly query: UseQueryResult<Live> }): ReactElement {
  return (
    <Panel title="What they do" className="rum-doings" aside="Actions, events, errors">
      <Answer
        query={query}
        failure="What visitors do could not be loaded"
        empty={({ events }) =>
          events.length > 0 ? null : (
            <EmptyNotice title="Nothing yet">
              Clicks, events of your own and errors of the last 30 minutes appear here.
            </EmptyNotice>
          )
        }
      >
        {(live) => (
          <ScrollRegion label="What they do, as a list" busy={live === undefined}>
            <table>
              <thead>
                <tr>
                  {['What', 'Kind', 'Route', 'Ago'].map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {live === undefined ? (
                  <SkeletonRows rows={6} columns={4} />
                ) : (
                  live.events.map(({ id, at, type, name, route }) => (
                    <tr key={id}>
                      <th scope="row">
                        <bdi className="rum-doing" title={name.slice(0, 1000)}>
                          {name.slice(0, 300)}
                        </bdi>
                      </th>
                      <td>
                        <span className="rum-kind" data-kind={type}>
                          {KINDS[type]}
                        </span>
                      </td>
                      <td>
                        <RouteLink route={route} />
                      </td>
                      <td>
                        <time dateTime={new Date(at).toISOString()}>
                          {formatAge(Math.max(live.now - at, 0))}
                        </time>
                      </td>
                    </tr>
                  ))
                )}
              </tbody>
            </table>
            <TableFiles />
          </ScrollRegion>
        )}
      </Answer>
    </Panel>
  );
}
