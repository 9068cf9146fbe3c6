import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { OverviewResponse } from '../../server/api.js';
import { QueryFailure } from '../QueryFailure.js';
import { useRegionName } from '../regionName.js';
import { VITALS } from '../vitals.js';
import { VitalCard } from './VitalCard.js';

/** The five vitals side by side. */
export function VitalCards({ query }: { readonly query: UseQueryResult<OverviewResponse> }): ReactElement {
  const failed = query.isError && query.data === undefined;
  const compared = query.data?.compared;
  return (
    <section
      className="rum-vitals"
      aria-label={useRegionName('Web vitals')}
      data-failed={failed}
      data-stale={query.isPlaceholderData}
    >
      {failed ? (
        <QueryFailure title="The overview could not be loaded" query={query} />
      ) : (
        VITALS.map((vital) => (
          <VitalCard
            key={vital.name}
            vital={vital}
            figures={query.data?.vitals[vital.name]}
            before={compared?.vitals[vital.name]}
          />
        ))
      )}
    </section>
  );
}
