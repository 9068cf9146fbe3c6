import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Audience, RangeName } from '../server/api.js';
import type { AdminApi } from './adminApi.js';
import { formatCount } from './format.js';
import { EmptyNotice, FailureNotice } from './Notice.js';
import { routesQuery } from './queries.js';
import { RoutesTable } from './RoutesTable.js';
import { changeUrlState, type RouteSort } from './urlState.js';

interface RoutesPanelProps {
  readonly api: AdminApi;
  readonly audience: Audience;
  readonly range: RangeName;
  readonly sort: RouteSort;
}

/** Every route with its traffic and vitals. */
export function RoutesPanel({ api, audience, range, sort }: RoutesPanelProps): ReactElement {
  const query = useQuery(routesQuery(api, audience, range));
  const routes = query.data?.routes;
  return (
    <section
      className="rum-panel rum-routes"
      aria-labelledby="rum-routes-title"
      data-stale={query.isPlaceholderData}
    >
      <header className="rum-panel-head">
        <h2 id="rum-routes-title">Routes</h2>
        <p className="rum-muted">{caption(routes?.length, query.data?.truncated)}</p>
      </header>
      {routes === undefined && query.isError ? (
        <FailureNotice
          title="The routes could not be loaded"
          error={query.error}
          retrying={query.isFetching}
          onRetry={() => void query.refetch()}
        />
      ) : routes?.length === 0 ? (
        <EmptyNotice title="No routes yet">
          Every route that is viewed in this range is listed here.
        </EmptyNotice>
      ) : (
        <RoutesTable routes={routes} sort={sort} onSort={(next) => changeUrlState({ sort: next })} />
      )}
    </section>
  );
}

function caption(count: number | undefined, truncated: boolean | undefined): string {
  if (count === undefined) return '';
  if (truncated) return `The ${formatCount(count)} with the most views`;
  return `${formatCount(count)} ${count === 1 ? 'route' : 'routes'}`;
}
