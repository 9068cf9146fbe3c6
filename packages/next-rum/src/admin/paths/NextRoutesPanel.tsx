import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { JourneyResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { formatCount, formatShare } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { SkeletonRows } from '../Skeleton.js';
import { TableFiles } from '../TableFiles.js';
import { nodeLabel } from './journeyWords.js';
import { journeyQuery } from './pathQueries.js';
import { seenWords } from './seenWords.js';
import '../table.css';
import './Paths.css';

/** Where sessions came from right before they were on a route, and where they went on to. */
export function NextRoutesPanel({ route }: { readonly route: string }): ReactElement {
  return (
    <div className="rum-next-routes">
      <OneStep route={route} direction="to" title="Came from" />
      <OneStep route={route} direction="from" title="Went on to" />
    </div>
  );
}

interface OneStepProps {
  readonly route: string;
  readonly direction: JourneyResponse['direction'];
  readonly title: string;
}

function OneStep({ route, direction, title }: OneStepProps): ReactElement {
  const { state, time } = useAddress();
  const query = useQuery(journeyQuery(useApi(), state, { anchor: route, direction, depth: 1, share: '1' }));
  const change = { paths: { ...state.paths, anchor: route, direction } };
  return (
    <Panel
      title={title}
      query={query}
      aside={
        <Link to={{ name: 'journeys' }} change={change} className="rum-link-button">
          Journeys
        </Link>
      }
    >
      <Answer
        query={query}
        failure="The neighbouring pages could not be loaded"
        empty={({ sessions }) =>
          sessions > 0 ? null : (
            <EmptyNotice title="Nobody was here">
              No session of this time that passes the filters.
            </EmptyNotice>
          )
        }
      >
        {(journey) => (
          <ScrollRegion label={`${title}, as a table`} busy={journey === undefined}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Page</th>
                  <th scope="col">Sessions</th>
                  <th scope="col">Share</th>
                </tr>
              </thead>
              <tbody>
                {journey === undefined ? (
                  <SkeletonRows rows={5} columns={3} />
                ) : (
                  journey.nodes
                    .filter(({ layer }) => layer === 1)
                    .map((node) => (
                      <tr key={`${node.kind} ${node.route}`}>
                        <th scope="row">
                          {node.kind === 'route' ? (
                            <RouteLink route={node.route} />
                          ) : (
                            <span className="rum-muted">{nodeLabel(node, direction)}</span>
                          )}
                        </th>
                        <td>{formatCount(node.sessions)}</td>
                        <td>{formatShare(node.sessions, journey.sessions)}</td>
                      </tr>
                    ))
                )}
              </tbody>
            </table>
            <TableFiles />
          </ScrollRegion>
        )}
      </Answer>
      <p className="rum-panel-foot rum-muted">
        {query.data === undefined ? '\u00a0' : `Told from ${seenWords(query.data.seen, time)}.`}
      </p>
    </Panel>
  );
}
