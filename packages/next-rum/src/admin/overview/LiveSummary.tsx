import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { formatAge } from '../format.js';
import { liveQuery } from '../live/liveQueries.js';
import { NobodyYet } from '../live/NobodyYet.js';
import { Answer, Panel } from '../Panel.js';
import { Skeleton } from '../Skeleton.js';

const SHOWN = 5;
const PLACES = ['a', 'b', 'c', 'd', 'e'];

/** The very latest views, and the way to all of them. */
export function LiveSummary(): ReactElement {
  const { state } = useAddress();
  const query = useQuery(liveQuery(useApi(), state));
  return (
    <Panel
      title="Live"
      className="rum-live-summary"
      aside={
        <Link to={{ name: 'live' }} className="rum-more">
          All of the last 30 minutes
        </Link>
      }
    >
      <Answer
        query={query}
        failure="The live views could not be loaded"
        empty={({ views }) => (views.length > 0 ? null : <NobodyYet question={state.question} />)}
      >
        {(data) => (
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
      </Answer>
    </Panel>
  );
}
