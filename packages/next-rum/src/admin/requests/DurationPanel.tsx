import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import type { RequestResponse } from '../../server/api.js';
import { DurationHistogram } from '../activity/DurationHistogram.js';
import { formatDuration, P75Change, shareInterval } from '../activity/figures.js';
import { ChartTable } from '../charts/ChartTable.js';
import { formatBytes, formatCount, formatInterval, formatShare, NO_VALUE } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { ChartBox, Panel } from '../Panel.js';
import { Skeleton } from '../Skeleton.js';

/** How long it takes, in figures and drawn. */
export function DurationPanel({ query }: { readonly query: UseQueryResult<RequestResponse> }): ReactElement {
  const request = query.data;
  const failed = query.isError && request === undefined;
  return (
    <Panel
      title="How long it takes"
      className="rum-glance rum-figure-panel"
      query={query}
      aside={request === undefined ? '' : `n = ${formatCount(request.n)}`}
    >
      <dl className="rum-totals" data-columns="5">
        {FACTS.map(([label, tell]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{request !== undefined ? tell(request) : failed ? NO_VALUE : <Skeleton size="s" />}</dd>
          </div>
        ))}
      </dl>
      <ChartBox
        query={query}
        failure="The request could not be loaded"
        className="rum-histogram-box"
        empty={({ duration }) =>
          duration.n > 0 ? null : (
            <EmptyNotice title="No durations">All of these requests were aborted.</EmptyNotice>
          )
        }
      >
        {({ histogram, duration }) => (
          <DurationHistogram bins={histogram} n={duration.n} p75={duration.p75} what="requests" />
        )}
      </ChartBox>
      <div className="rum-glance-words">
        {request === undefined || request.compared === null ? null : (
          <p>
            p75 against the time before:{' '}
            <P75Change before={request.compared.duration} now={request.duration} />
          </p>
        )}
      </div>
      <ChartTable
        label="Distribution as a table"
        head={['Duration', 'Requests', 'Share']}
        rows={() =>
          (request?.histogram ?? [])
            .filter(({ n }) => n > 0)
            .map(({ low, high, n }) => [
              `${formatDuration(low)} – ${formatDuration(high)}`,
              formatCount(n),
              formatShare(n, request?.duration.n ?? 0),
            ])
        }
      />
    </Panel>
  );
}

type Fact = (request: RequestResponse) => ReactNode;

const FACTS: readonly (readonly [label: string, tell: Fact])[] = [
  [
    'p75',
    ({ duration }) => (
      <>
        {formatDuration(duration.p75)}
        <IntervalNote interval={duration.interval} />
      </>
    ),
  ],
  [
    'p50',
    ({ duration }) => (
      <>
        {formatDuration(duration.p50)}
        <IntervalNote interval={duration.intervals.p50} />
      </>
    ),
  ],
  [
    'p95',
    ({ duration }) => (
      <>
        {formatDuration(duration.p95)}
        <IntervalNote interval={duration.intervals.p95} />
      </>
    ),
  ],
  [
    'Failed',
    ({ failed, n, aborted, failedInterval }) => (
      <>
        {formatShare(failed, n - aborted)}
        <small>
          {failedInterval === null ? NO_VALUE : shareInterval(failedInterval)}, {formatCount(aborted)} aborted
        </small>
      </>
    ),
  ],
  [
    'Size',
    ({ medianBytes, bytes }) => (
      <>
        {formatBytes(medianBytes)}
        <small>{medianBytes === null ? 'not told' : `${formatBytes(bytes)} together`}</small>
      </>
    ),
  ],
  [
    'From the cache',
    ({ cached, sized }) => (
      <>
        {formatShare(cached, sized)}
        <small>of {formatCount(sized)} that tell</small>
      </>
    ),
  ],
];

function IntervalNote({
  interval,
}: {
  readonly interval: RequestResponse['duration']['interval'];
}): ReactElement {
  return <small>{interval === null ? 'too few for an interval' : formatInterval('lcp', interval)}</small>;
}
