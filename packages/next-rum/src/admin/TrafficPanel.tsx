import { useQuery } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useState } from 'react';
import type { Audience, OverviewResponse, Totals } from '../server/api.js';
import { formatCount, formatSpan, NO_VALUE, viewerTimeZone } from './format.js';
import { KeptApart } from './KeptApart.js';
import { FailureNotice } from './Notice.js';
import { NoViews } from './NoViews.js';
import { Skeleton } from './Skeleton.js';
import './table.css';
import './TrafficPanel.css';

interface TrafficPanelProps {
  readonly audience: Audience;
  /** Undefined while loading. */
  readonly overview: OverviewResponse | undefined;
  /** Whether `overview` is of another range than the one asked for. */
  readonly stale: boolean;
  /** What to show in place of the chart when there is no answer at all. */
  readonly failure: ReactNode;
  readonly onShowBots: () => void;
}

/** Totals of the range, and views and sessions over time. */
export function TrafficPanel(props: TrafficPanelProps): ReactElement {
  const { audience, overview, stale, failure, onShowBots } = props;
  return (
    <section className="rum-panel rum-traffic" aria-labelledby="rum-traffic-title" data-stale={stale}>
      <header className="rum-panel-head">
        <h2 id="rum-traffic-title">Traffic</h2>
        <ul className="rum-legend">
          <li data-series="views">Views</li>
          <li data-series="sessions">Sessions</li>
        </ul>
      </header>
      <TotalsList totals={overview?.totals} loading={failure === null} />
      <div className="rum-chart" aria-busy={overview === undefined && failure === null}>
        {overview === undefined ? (
          failure
        ) : (
          <Chart audience={audience} overview={overview} onShowBots={onShowBots} />
        )}
      </div>
      <div className="rum-traffic-foot">
        <TrafficTable overview={overview} />
        {audience === 'visitors' && overview !== undefined ? <ApartNote overview={overview} /> : null}
      </div>
    </section>
  );
}

const TOTALS = [
  { key: 'views', label: 'Views' },
  { key: 'sessions', label: 'Sessions' },
  { key: 'events', label: 'Events' },
  { key: 'errors', label: 'Errors' },
] as const satisfies readonly { key: keyof Totals; label: string }[];

interface TotalsListProps {
  readonly totals: Totals | undefined;
  readonly loading: boolean;
}

function TotalsList({ totals, loading }: TotalsListProps): ReactElement {
  return (
    <dl className="rum-totals">
      {TOTALS.map(({ key, label }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            {totals !== undefined ? formatCount(totals[key]) : loading ? <Skeleton size="s" /> : NO_VALUE}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ChartProps {
  readonly audience: Audience;
  readonly overview: OverviewResponse;
  readonly onShowBots: () => void;
}

function Chart({ audience, overview, onShowBots }: ChartProps): ReactElement | null {
  // The chart library is most of the page's weight, so it comes after the numbers. As a query, its loading can
  // fail and be tried again like everything else here.
  const chart = useQuery({
    queryKey: ['rum', 'traffic-chart'],
    queryFn: () => import('./TrafficChart.js'),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  if (overview.totals.views === 0) {
    return <NoViews audience={audience} bots={overview.bots} onShowBots={onShowBots} />;
  }
  if (chart.data !== undefined) {
    return <chart.data.TrafficChart range={overview.range} traffic={overview.traffic} />;
  }
  if (chart.isError) {
    return (
      <FailureNotice
        title="The chart could not be loaded"
        error={chart.error}
        retrying={chart.isFetching}
        onRetry={() => void chart.refetch()}
      />
    );
  }
  return null;
}

/** Says how many views the totals leave out. Where they leave out all there are, the chart's place says so. */
function ApartNote({ overview }: { readonly overview: OverviewResponse }): ReactElement | null {
  if (overview.totals.views === 0 || overview.bots.views === 0) return null;
  return (
    <p className="rum-apart">
      <KeptApart views={overview.bots.views} />
    </p>
  );
}

function TrafficTable({ overview }: { readonly overview: OverviewResponse | undefined }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <details className="rum-chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Show as table</summary>
      {open && overview !== undefined ? (
        // Scrolls by itself, so it must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys
        <section className="rum-scroll" aria-label="Traffic as a table" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Time ({viewerTimeZone()})</th>
                <th scope="col">Views</th>
                <th scope="col">Sessions</th>
              </tr>
            </thead>
            <tbody>
              {overview.traffic.map((bucket) => (
                <tr key={bucket.t}>
                  <th scope="row">{formatSpan(bucket.t, bucket.t + overview.range.bucketMs)}</th>
                  <td>{formatCount(bucket.views)}</td>
                  <td>{formatCount(bucket.sessions)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </details>
  );
}
