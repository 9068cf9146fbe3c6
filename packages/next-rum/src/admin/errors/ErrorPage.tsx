import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ErrorResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useAskSpan } from '../address/useAskSpan.js';
import { ApiFailure } from '../adminApi.js';
import { useApi } from '../apiContext.js';
import { ChartTable } from '../charts/ChartTable.js';
import { formatCount, formatGrowth, NO_VALUE } from '../format.js';
import { PageHead } from '../frame/PageHead.js';
import { MarkerList } from '../markers/MarkerList.js';
import { useIncidentColumn } from '../markers/useIncidentColumn.js';
import type { Charted } from '../markers/useMarkers.js';
import { EmptyNotice } from '../Notice.js';
import { OnDemand } from '../OnDemand.js';
import { ChartBox, Panel } from '../Panel.js';
import { errorQuery } from '../queries.js';
import { Skeleton } from '../Skeleton.js';
import { OccurrencesPanel } from './OccurrencesPanel.js';
import { SamplePanel } from './SamplePanel.js';
import { toldWords } from './toldWords.js';
import { ValuesPanel } from './ValuesPanel.js';
import '../charts/charts.css';
import '../overview/Overview.css';
import './Errors.css';

/** One group of errors in full. */
export function ErrorPage({ fingerprint }: { readonly fingerprint: string }): ReactElement {
  const { state, time } = useAddress();
  const query = useQuery(errorQuery(useApi(), state, fingerprint));
  // What was there under other filters is no answer to these.
  const isGone = query.error instanceof ApiFailure && query.error.status === 404;
  const error = isGone ? undefined : query.data;
  const title = error?.title ?? `Error ${fingerprint.slice(0, 8)}`;
  return (
    <>
      <p className="rum-crumb">
        <Link to={{ name: 'errors' }}>Errors</Link> <span aria-hidden="true">/</span>
      </p>
      <PageHead title={title} range={query.isError ? null : error?.range} oneIn={error?.oneIn} />
      {isGone ? (
        <section className="rum-panel rum-error-gone">
          <EmptyNotice title="It did not happen here">
            There is no such error in this time, or none that passes the filters. Choose a longer time, or
            remove a filter.
          </EmptyNotice>
        </section>
      ) : (
        <>
          <CoursePanel query={query} fingerprint={fingerprint} />
          {error === undefined ? null : (
            <>
              <SamplePanel latest={error.latest} />
              {error.latest === null ? null : (
                <>
                  <ValuesPanel error={error} told={`Of ${toldWords(error, time)}`} />
                  <OccurrencesPanel occurrences={error.occurrences} />
                </>
              )}
            </>
          )}
        </>
      )}
    </>
  );
}

function CoursePanel({
  query,
  fingerprint,
}: {
  readonly query: UseQueryResult<ErrorResponse>;
  readonly fingerprint: string;
}): ReactElement {
  const { time } = useAddress();
  const askSpan = useAskSpan();
  const error = query.data;
  const failed = query.isError && error === undefined;
  const charted: Charted = { metric: 'errors', fingerprint };
  const incidents = useIncidentColumn(charted);
  return (
    <Panel
      title="How often"
      className="rum-traffic rum-error-course"
      aside={error?.isNew ? 'New: there was none in the 30 days before' : ''}
      query={query}
    >
      <dl className="rum-totals" data-columns="5">
        {FACTS.map(([label, tell]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {error !== undefined ? tell(error, time.moment) : failed ? NO_VALUE : <Skeleton size="s" />}
            </dd>
          </div>
        ))}
      </dl>
      <ChartBox query={query} failure="The error could not be loaded" brush>
        {({ range, series }) => (
          <OnDemand name="errors" load={() => import('../charts/ErrorsChart.js')}>
            {({ ErrorsChart }) => (
              <ErrorsChart
                range={range}
                series={series}
                fingerprint={fingerprint}
                time={time}
                onBrush={askSpan}
              />
            )}
          </OnDemand>
        )}
      </ChartBox>
      <ChartTable
        label="How often, as a table"
        head={[`Time (${time.zoneName})`, 'Events', ...incidents.head]}
        rows={() =>
          (error?.series ?? []).map(({ t, n }) => [
            time.span(t, t + (error?.range.bucketMs ?? 0)),
            formatCount(n),
            ...incidents.cells(t, t + (error?.range.bucketMs ?? 0)),
          ])
        }
      />
      <MarkerList of="errors" range={error?.range} charted={charted} />
    </Panel>
  );
}

type Fact = (error: ErrorResponse, moment: (time: number) => string) => string;

const FACTS: readonly (readonly [label: string, tell: Fact])[] = [
  [
    'Events',
    ({ events, compared }) =>
      compared === null || compared.events === 0
        ? formatCount(events)
        : `${formatCount(events)} ${formatGrowth(compared.events, events)}`,
  ],
  ['Visitors', (error) => atLeast(error, error.visitors)],
  ['Views', (error) => atLeast(error, error.views)],
  ['First seen', ({ firstSeen }, moment) => moment(firstSeen)],
  ['Last seen', ({ lastSeen }, moment) => moment(lastSeen)],
];

/** Where not all events were looked at there may be more. */
function atLeast({ told, latest }: ErrorResponse, count: number): string {
  if (latest === null) return NO_VALUE;
  return `${told.complete ? '' : '≥ '}${formatCount(count)}`;
}
