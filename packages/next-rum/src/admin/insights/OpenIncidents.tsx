import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { formatCount } from '../format.js';
import { RatingIcon } from '../Rating.js';
import { openIncidentsQuery } from './insightQueries.js';
import './Insights.css';

/** How many incidents are open, and the way to them. Its height is that of a line, whatever it says. */
export function OpenIncidents(): ReactElement {
  const { paused } = useAddress().state;
  const { data, isError } = useQuery(openIncidentsQuery(useApi(), { paused }));
  const open = data?.open ?? 0;
  return (
    <p className="rum-open-incidents" aria-busy={data === undefined && !isError}>
      {data === undefined ? (
        ' '
      ) : open > 0 ? (
        <span className="rum-rating" data-rating="poor">
          <RatingIcon rating="poor" />
          <Link to={{ name: 'insights' }}>
            {formatCount(open)} open {open === 1 ? 'incident' : 'incidents'}
          </Link>
        </span>
      ) : (
        <Link to={{ name: 'insights' }} className="rum-more">
          {data.watched === null ? 'Nothing is watched yet' : 'Nothing unusual is going on'}
        </Link>
      )}
    </p>
  );
}
