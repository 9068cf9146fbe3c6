import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { type ReactElement, type RefObject, useRef } from 'react';
import type { Audience, OverviewResponse } from '../server/api.js';
import type { AdminApi } from './adminApi.js';
import { formatCount, formatSpan, viewerTimeZone } from './format.js';
import { Header } from './Header.js';
import { HealthPanel } from './HealthPanel.js';
import { LivePanel } from './LivePanel.js';
import { FailureNotice } from './Notice.js';
import { overviewQuery } from './queries.js';
import { RoutesPanel } from './RoutesPanel.js';
import { Skeleton } from './Skeleton.js';
import { TrafficPanel } from './TrafficPanel.js';
import { changeUrlState, type UrlState } from './urlState.js';
import { VitalCard } from './VitalCard.js';
import { VITALS } from './vitals.js';
import './Dashboard.css';

interface DashboardProps {
  readonly api: AdminApi;
  readonly title: string;
  readonly url: UrlState;
  readonly onSignedOut: (() => void) | null;
}

/** The overview: vitals, traffic, live views and routes, and whether all that was sent arrived. */
export function Dashboard({ api, title, url, onSignedOut }: DashboardProps): ReactElement {
  const { audience } = url;
  const heading = useRef<HTMLHeadingElement>(null);
  const overview = useQuery(overviewQuery(api, audience, url.range));
  const failed = overview.isError && overview.data === undefined;
  const showBots = (): void => {
    changeUrlState({ audience: 'bots' });
    // The button that was pressed goes, and its focus would be lost.
    heading.current?.focus();
  };
  return (
    <>
      <Header api={api} title={title} url={url} onSignedOut={onSignedOut} />
      <main className="rum-main">
        <Heading
          headingRef={heading}
          audience={audience}
          overview={overview.data}
          loading={overview.isPending}
        />
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
            audience={audience}
            overview={overview.data}
            stale={overview.isPlaceholderData}
            failure={
              failed ? <OverviewFailure title="The traffic could not be loaded" query={overview} /> : null
            }
            onShowBots={showBots}
          />
          <LivePanel api={api} audience={audience} />
        </div>
        <RoutesPanel api={api} audience={audience} range={url.range} sort={url.sort} />
        <HealthPanel api={api} />
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
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
  readonly audience: Audience;
  readonly overview: OverviewResponse | undefined;
  readonly loading: boolean;
}

/** Says whose views of which time are shown, and whether it is real. The line is always there, so nothing moves when it fills. */
function Heading({ headingRef, audience, overview, loading }: HeadingProps): ReactElement {
  const sampleViews = overview?.totals.sampleViews ?? 0;
  return (
    <div className="rum-heading" data-sample={sampleViews > 0}>
      <h1 ref={headingRef} tabIndex={-1}>
        {audience === 'bots' ? 'Overview of bots' : 'Overview'}
      </h1>
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
