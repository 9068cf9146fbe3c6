import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ErrorsResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useAskSpan } from '../address/useAskSpan.js';
import { ChartTable } from '../charts/ChartTable.js';
import { formatCount } from '../format.js';
import { MarkerList } from '../markers/MarkerList.js';
import { useIncidentColumn } from '../markers/useIncidentColumn.js';
import { EmptyNotice } from '../Notice.js';
import { OnDemand } from '../OnDemand.js';
import { ChartBox, Panel } from '../Panel.js';
import '../charts/charts.css';
import '../overview/Overview.css';
import './Errors.css';

const ERRORS = { metric: 'errors' } as const;

/** How often errors happened over time, all groups together. A span drawn over the chart becomes the range. */
export function ErrorsOverTime({ query }: { readonly query: UseQueryResult<ErrorsResponse> }): ReactElement {
  const { time } = useAddress();
  const askSpan = useAskSpan();
  const errors = query.data;
  const incidents = useIncidentColumn(ERRORS);
  return (
    <Panel
      title="Over time"
      label="Errors over time"
      className="rum-traffic rum-error-course"
      query={query}
      aside={
        <ul className="rum-legend">
          <li data-series="errors">Events, repetitions too</li>
        </ul>
      }
    >
      <ChartBox
        query={query}
        failure="The course of errors could not be loaded"
        brush
        empty={({ events }) =>
          events > 0 ? null : (
            <EmptyNotice title="Nothing to draw">No error happened in this time.</EmptyNotice>
          )
        }
      >
        {({ range, series }) => (
          <OnDemand name="errors" load={() => import('../charts/ErrorsChart.js')}>
            {({ ErrorsChart }) => <ErrorsChart range={range} series={series} time={time} onBrush={askSpan} />}
          </OnDemand>
        )}
      </ChartBox>
      <ChartTable
        label="Errors over time as a table"
        head={[`Time (${time.zoneName})`, 'Events', ...incidents.head]}
        rows={() =>
          (errors?.series ?? []).map(({ t, n }) => [
            time.span(t, t + (errors?.range.bucketMs ?? 0)),
            formatCount(n),
            ...incidents.cells(t, t + (errors?.range.bucketMs ?? 0)),
          ])
        }
      />
      <MarkerList of="all errors" range={errors?.range} charted={ERRORS} />
    </Panel>
  );
}
