import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Rating } from '../../analysis/rating.js';
import type { HealthResponse, HealthStatus } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { formatCount, NO_VALUE } from '../format.js';
import { Answer, Panel } from '../Panel.js';
import { healthQuery } from '../queries.js';
import { RatingIcon } from '../Rating.js';
import { Skeleton } from '../Skeleton.js';

const STATES: { readonly [status in HealthStatus]: { readonly rating: Rating; readonly words: string } } = {
  ok: { rating: 'good', words: 'All is taken in and counted' },
  degraded: { rating: 'needsImprovement', words: 'Taken in, but something fails or lags' },
  draining: { rating: 'needsImprovement', words: 'This server is about to end' },
  unavailable: { rating: 'poor', words: 'The database cannot be reached' },
};

/** Whether the figures can be trusted, and the way to why. */
export function HealthSummary(): ReactElement {
  const { state } = useAddress();
  const query = useQuery(healthQuery(useApi(), state));
  return (
    <Panel
      title="Data health"
      className="rum-health-summary"
      aside={
        <Link to={{ name: 'health' }} className="rum-more">
          Details
        </Link>
      }
    >
      <Answer query={query} failure="The data health could not be loaded">
        {(data) => (
          <div className="rum-health-words">
            {data === undefined ? <Skeleton size="l" /> : <Words health={data} />}
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function Words({ health }: { readonly health: HealthResponse }): ReactElement {
  const { rating, words } = STATES[health.status];
  const items = health.lastDay?.items;
  return (
    <>
      <p className="rum-rating" data-rating={rating}>
        <RatingIcon rating={rating} />
        {words}
      </p>
      <p className="rum-muted">
        {items === undefined ? NO_VALUE : formatCount(items.accepted)} of{' '}
        {items === undefined ? NO_VALUE : formatCount(items.received)} accepted in 24 hours
      </p>
    </>
  );
}
