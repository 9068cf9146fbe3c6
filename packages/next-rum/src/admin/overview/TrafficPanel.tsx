import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { OverviewResponse, Totals } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useAskSpan } from '../address/useAskSpan.js';
import { ChartTable } from '../charts/ChartTable.js';
import { formatCount, formatGrowth, NO_VALUE } from '../format.js';
import { MarkerList } from '../markers/MarkerList.js';
import { useIncidentColumn } from '../markers/useIncidentColumn.js';
import { OnDemand } from '../OnDemand.js';
import { ChartBox, Panel } from '../Panel.js';
import { Skeleton } from '../Skeleton.js';
import { KeptApart } from './KeptApart.js';
import { NoViews } from './NoViews.js';
import '../charts/charts.css';

interface TrafficPanelProps {
  readonly query: UseQueryResult<OverviewResponse>;
  /** Null where whatever is shown is narrower than an audience. */
  readonly onShowBots: (() => void) | null;
}

const VIEWS = { metric: 'views' } as const;

/** Totals of the range, and views and sessions over time. A span drawn over the chart becomes the range. */
export function TrafficPanel({ query, onShowBots }: TrafficPanelProps): ReactElement {
  const overview = query.data;
  const failed = query.isError && overview === undefined;
  return (
    <Panel
      title="Traffic"
      className="rum-traffic"
      query={query}
      aside={
        <ul className="rum-legend">
          <li data-series="views">Views</li>
          <li data-series="sessions">Sessions</li>
          {overview?.compared ? <li data-series="before">Views before</li> : null}
        </ul>
      }
    >
      <TotalsList totals={overview?.totals} before={overview?.compared?.totals} loading={!failed} />
      <ChartBox query={query} failure="The traffic could not be loaded" brush>
        {(given) => <Chart overview={given} onShowBots={onShowBots} />}
      </ChartBox>
      <div className="rum-traffic-foot">
        <TrafficTable overview={overview} />
        <MarkerList of="traffic" range={overview?.range} charted={VIEWS} />
        {onShowBots !== null && overview !== undefined ? <ApartNote overview={overview} /> : null}
      </div>
    </Panel>
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
  /** Of the span compared with. */
  readonly before: Totals | undefined;
  readonly loading: boolean;
}

function TotalsList({ totals, before, loading }: TotalsListProps): ReactElement {
  return (
    <dl className="rum-totals">
      {TOTALS.map(({ key, label }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            {totals !== undefined ? formatCount(totals[key]) : loading ? <Skeleton size="s" /> : NO_VALUE}
            {totals !== undefined && before !== undefined ? (
              <small title={`${formatCount(before[key])} before`}>
                {' '}
                {formatGrowth(before[key], totals[key])}
              </small>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ChartProps {
  readonly overview: OverviewResponse;
  readonly onShowBots: (() => void) | null;
}

function Chart({ overview, onShowBots }: ChartProps): ReactElement {
  const { state, time } = useAddress();
  const askSpan = useAskSpan();
  const { range, totals, traffic, compared, bots } = overview;
  if (totals.views === 0 && (compared?.totals.views ?? 0) === 0) {
    return <NoViews question={state.question} bots={bots} onShowBots={onShowBots} />;
  }
  return (
    <OnDemand name="traffic" load={() => import('../charts/TrafficChart.js')}>
      {({ TrafficChart }) => (
        <TrafficChart
          range={range}
          traffic={traffic}
          before={compared?.traffic ?? []}
          time={time}
          onBrush={askSpan}
        />
      )}
    </OnDemand>
  );
}

/** Says how many views the totals leave out. Where they leave out all there are, the chart's place says so. */
function ApartNote({ overview }: { readonly overview: OverviewResponse }): ReactElement | null {
  const { state } = useAddress();
  if (state.question.audience !== 'visitors' || state.question.filters.length > 0) return null;
  if (overview.totals.views === 0 || overview.bots.views === 0) return null;
  return (
    <p className="rum-apart">
      <KeptApart views={overview.bots.views} />
    </p>
  );
}

function TrafficTable({ overview }: { readonly overview: OverviewResponse | undefined }): ReactElement {
  const { time } = useAddress();
  const compared = overview?.compared ?? null;
  const incidents = useIncidentColumn(VIEWS);
  return (
    <ChartTable
      label="Traffic as a table"
      head={[
        `Time (${time.zoneName})`,
        'Views',
        'Sessions',
        ...(compared === null ? [] : ['Views before']),
        ...incidents.head,
      ]}
      rows={() =>
        (overview?.traffic ?? []).map(({ t, views, sessions }, index) => [
          time.span(t, t + (overview?.range.bucketMs ?? 0)),
          formatCount(views),
          formatCount(sessions),
          ...(compared === null ? [] : [formatCount(compared.traffic[index]?.views ?? 0)]),
          ...incidents.cells(t, t + (overview?.range.bucketMs ?? 0)),
        ])
      }
    />
  );
}
