import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { formatAge } from '../format.js';
import { NobodyYet } from '../live/NobodyYet.js';
import { QueryFailure } from '../QueryFailure.js';
import { liveQuery } from '../queries.js';
import { Skeleton } from '../Skeleton.js';

const SHOWN = 5;
const PLACES = ['a', 'b', 'c', 'd', 'e'];

/** The very latest views, and the way to all of them. */
export function LiveSummary(): ReactElement {
  const { state } = useAddress();
  const query = useQuery(liveQuery(useApi(), state));
  const { data } = query;
  return (
    <section className="rum-panel rum-live-summary" aria-labelledby="rum-live-title">
      <header className="rum-panel-head">
        <h2 id="rum-live-title">Live</h2>
        <Link to={{ name: 'live' }} className="rum-more">
          All of the last 30 minutes
        </Link>
      </header>
      {data === undefined && query.isError ? (
        <QueryFailure title="The live views could not be loaded" query={query} />
      ) : data?.views.length === 0 ? (
        <NobodyYet question={state.question} />
      ) : (
        <ol aria-busy={data === undefined}>
          {data === undefined
            ? PLACES.map((place) => (
                <li key={place}>
                  <Skeleton size="l" />
                </li>
              ))
            : data.views.slice(0, SHOWN).map((view) => (
                <li key={view.id}>
                  <bdi title={view.route}>{view.route}</bdi>
                  <span className="rum-muted">{view.country ?? view.browser}</span>
                  <time className="rum-muted" dateTime={new Date(view.startedAt).toISOString()}>
                    {formatAge(data.now - view.startedAt)}
                  </time>
                </li>
              ))}
        </ol>
      )}
    </section>
  );
}
