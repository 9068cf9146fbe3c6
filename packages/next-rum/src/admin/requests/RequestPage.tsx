import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { requestTitle } from '../../analysis/requests/requestTitle.js';
import type { RequestResponse } from '../../server/api.js';
import { type FigureColumn, FigureTable } from '../activity/FigureTable.js';
import { P75, Share } from '../activity/figures.js';
import { ToldNote } from '../activity/ToldNote.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { ApiFailure } from '../adminApi.js';
import { useApi } from '../apiContext.js';
import { formatCount } from '../format.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Panel } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { requestQuery } from '../queries.js';
import { DurationPanel } from './DurationPanel.js';
import { LatestPanel } from './LatestPanel.js';
import { PhasesPanel, StatusesPanel } from './PartsPanels.js';
import '../charts/charts.css';
import '../vitals/Vitals.css';
import '../activity/Activity.css';

/** Requests of one template in full. */
export function RequestPage({ requestKey }: { readonly requestKey: string }): ReactElement {
  const { state } = useAddress();
  const query = useQuery(requestQuery(useApi(), state, requestKey));
  // What was there under other filters is no answer to these.
  const isGone = query.error instanceof ApiFailure && query.error.status === 404;
  const request = isGone ? undefined : query.data;
  return (
    <>
      <p className="rum-crumb">
        <Link to={{ name: 'requests' }}>Requests</Link> <span aria-hidden="true">/</span>
      </p>
      <PageHead
        title={request === undefined ? 'Request' : requestTitle(request)}
        range={query.isError ? null : request?.range}
      />
      <ToldNote told={request?.told} what="requests and files" />
      {isGone ? (
        <section className="rum-panel rum-figure-panel">
          <EmptyNotice title="It was not made here">
            None of the latest requests of this time that pass the filters is this one. Choose another time,
            or remove a filter.
          </EmptyNotice>
        </section>
      ) : (
        <>
          <DurationPanel query={query} />
          {request === undefined ? null : (
            <>
              <div className="rum-side-by-side">
                <PhasesPanel phases={request.phases} />
                <StatusesPanel request={request} />
              </div>
              <RoutesPanel request={request} />
              <LatestPanel request={request} />
            </>
          )}
        </>
      )}
    </>
  );
}

type Route = RequestResponse['routes'][number];

const ROUTE_COLUMNS: readonly FigureColumn<Route>[] = [
  { id: 'name', label: 'Route', of: ({ route }) => route, show: ({ route }) => <RouteLink route={route} /> },
  { id: 'n', label: 'Count', of: ({ n }) => n, show: ({ n }) => formatCount(n) },
  { id: 'views', label: 'Views', of: ({ views }) => views, show: ({ views }) => formatCount(views) },
  {
    id: 'p75',
    label: 'p75',
    of: ({ duration }) => duration.p75,
    show: ({ duration }) => <P75 {...duration} />,
  },
  {
    id: 'failed',
    label: 'Failed',
    of: ({ failed, n }) => failed / n,
    show: ({ failed, n, failedInterval }) => <Share part={failed} whole={n} interval={failedInterval} />,
  },
];

function RoutesPanel({ request }: { readonly request: RequestResponse }): ReactElement {
  return (
    <Panel title="Routes that make it" className="rum-figure-panel">
      <FigureTable
        name="routes"
        label="Routes table"
        columns={ROUTE_COLUMNS}
        rows={request.routes}
        keyOf={({ route }) => route}
        usual="n"
        files
      />
    </Panel>
  );
}
