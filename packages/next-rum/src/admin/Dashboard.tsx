import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { OverviewResponse } from '../server/api.js';
import type { AdminApi } from './adminApi.js';
import { formatCount, formatSpan, viewerTimeZone } from './format.js';
import { Header } from './Header.js';
import { LivePanel } from './LivePanel.js';
import { FailureNotice } from './Notice.js';
import { overviewQuery } from './queries.js';
import { RoutesPanel } from './RoutesPanel.js';
import { Skeleton } from './Skeleton.js';
import { TrafficPanel } from './TrafficPanel.js';
import type { UrlState } from './urlState.js';
import { VitalCard } from './VitalCard.js';
import { VITALS } from './vitals.js';
import './Dashboard.css';

interface DashboardProps {
  readonly api: AdminApi;
  readonly title: string;
  readonly url: UrlState;
  readonly onSignedOut: (() => void) | null;
}

/** The overview: vitals, traffic, live views and routes. */
export function Dashboard({ api, title, url, onSignedOut }: DashboardProps): ReactElement {
  const overview = useQuery(overviewQuery(api, url.range));
  const failed = overview.isError && overview.data === undefined;
  return (
    <>
      <Header api={api} title={title} url={url} onSignedOut={onSignedOut} />
      <main className="rum-main">
        <Heading overview={overview.data} loading={overview.isPending} />
        <section
          className="rum-vitals"
          aria-label="Web vitals"
          data-failed={failed}
          data-stale={overview.isPlaceholderData}
        >
          {failed ? (
            <OverviewFailure title="The overview could not be loaded" query={overview} />
          ) : (
            VITALS.map((vital) => (
              <VitalCard key={vital.name} vital={vital} summary={overview.data?.vitals[vital.name]} />
            ))
          )}
        </section>
        <div className="rum-columns">
          <TrafficPanel
            overview={overview.data}
            stale={overview.isPlaceholderData}
            failure={
              failed ? <OverviewFailure title="The traffic could not be loaded" query={overview} /> : null
            }
          />
          <LivePanel api={api} />
        </div>
        <RoutesPanel api={api} range={url.range} sort={url.sort} />
      </main>
    </>
  );
}

interface OverviewFailureProps {
  readonly title: string;
  readonly query: UseQueryResult<OverviewResponse>;
}

function OverviewFailure({ title, query }: OverviewFailureProps): ReactElement | null {
  if (query.error === null) return null;
  return (
    <FailureNotice
      title={title}
      error={query.error}
      retrying={query.isFetching}
      onRetry={() => void query.refetch()}
    />
  );
}

interface HeadingProps {
  readonly overview: OverviewResponse | undefined;
  readonly loading: boolean;
}

/** Says which time is shown, and whether it is real. The line is always there, so nothing moves when it fills. */
function Heading({ overview, loading }: HeadingProps): ReactElement {
  const sampleViews = overview?.totals.sampleViews ?? 0;
  return (
    <div className="rum-heading" data-sample={sampleViews > 0}>
      <h1>Overview</h1>
      <p className="rum-period">
        {overview !== undefined ? periodOf(overview) : loading ? <Skeleton size="l" /> : null}
      </p>
      {overview !== undefined && sampleViews > 0 ? (
        <p className="rum-banner" role="status">
          <strong>Sample data:</strong> {formatCount(sampleViews)} of {formatCount(overview.totals.views)}{' '}
          views are made up to show what this page looks like.
        </p>
      ) : null}
    </div>
  );
}

function periodOf({ range }: OverviewResponse): string {
  return `${formatSpan(range.from, range.to)} · ${viewerTimeZone()}`;
}
