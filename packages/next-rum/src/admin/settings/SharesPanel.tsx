import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Share } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { useMayChange } from '../roleContext.js';
import { SkeletonRows } from '../Skeleton.js';
import { sharesQuery, useChange } from '../saved/savedQueries.js';
import { TableFiles } from '../TableFiles.js';
import '../table.css';

const STATES: { readonly [state in Share['state']]: string } = {
  open: 'Open',
  expired: 'Ended',
  revoked: 'Revoked',
  gone: 'Board removed',
};

/** Links that open a board, and a way to revoke them. */
export function SharesPanel(): ReactElement {
  const query = useQuery(sharesQuery(useApi()));
  return (
    <Panel title="Share links" className="rum-share-links" query={query} aside="Of boards, without a sign-in">
      <Answer
        query={query}
        failure="The links could not be loaded"
        empty={({ shares }) =>
          shares.length > 0 ? null : (
            <EmptyNotice title="No link was made">“Share” on a board makes one.</EmptyNotice>
          )
        }
      >
        {(data) => (
          <ScrollRegion label="Share links, table">
            <table>
              <thead>
                <tr>
                  <th scope="col">For</th>
                  <th scope="col">Board</th>
                  <th scope="col">Made</th>
                  <th scope="col">Ends</th>
                  <th scope="col">State</th>
                  <th scope="col">
                    <span className="rum-sr-only">Revoke</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {data === undefined ? (
                  <SkeletonRows rows={3} columns={6} />
                ) : (
                  data.shares.map((share) => <Row key={share.id} share={share} />)
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

function Row({ share }: { readonly share: Share }): ReactElement {
  const { time } = useAddress();
  const mayChange = useMayChange();
  const revoke = useChange('shares');
  return (
    <tr>
      <th scope="row">
        <bdi>{share.name}</bdi>
      </th>
      <td>
        {share.boardName === null ? (
          '—'
        ) : (
          <Link to={{ name: 'board', id: share.board }}>
            <bdi>{share.boardName}</bdi>
          </Link>
        )}
      </td>
      <td className="rum-muted">{time.moment(share.createdAt)}</td>
      <td className="rum-muted">{time.moment(share.expiresAt)}</td>
      <td>
        {revoke.isError ? <span className="rum-error">{revoke.error.message}</span> : STATES[share.state]}
      </td>
      <td>
        {share.state === 'open' ? (
          <button
            type="button"
            className="rum-quiet"
            disabled={!mayChange || revoke.isPending}
            title={mayChange ? undefined : 'Only admins revoke links'}
            onClick={() => revoke.mutate({ do: 'revoke', id: share.id })}
          >
            Revoke<span className="rum-sr-only"> the link for {share.name}</span>
          </button>
        ) : null}
      </td>
    </tr>
  );
}
