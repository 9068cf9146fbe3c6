import type { VitalName } from '@rumkit/react-rum/protocol';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { ENOUGH_SAMPLES } from '../../analysis/enoughEach.js';
import type { VitalResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useAskSpan } from '../address/useAskSpan.js';
import { ChartTable } from '../charts/ChartTable.js';
import { CourseNote } from '../charts/CourseNote.js';
import { PERCENTILES, type Percentile } from '../charts/percentiles.js';
import { formatCount, formatVital, intervalWords } from '../format.js';
import { MarkerList } from '../markers/MarkerList.js';
import { useIncidentColumn } from '../markers/useIncidentColumn.js';
import { EmptyNotice } from '../Notice.js';
import { OnDemand } from '../OnDemand.js';
import { ChartBox, Panel } from '../Panel.js';

interface PercentilesPanelProps {
  readonly metric: VitalName;
  readonly query: UseQueryResult<VitalResponse>;
}

/** Percentiles over time, each of which can be left out. */
export function PercentilesPanel({ metric, query }: PercentilesPanelProps): ReactElement {
  const { state, time, change } = useAddress();
  const askSpan = useAskSpan();
  const vital = query.data;
  const incidents = useIncidentColumn({ metric });
  const toggle = (name: Percentile): void => {
    const shown = PERCENTILES.filter((known) => (known === name) !== state.percentiles.includes(known));
    if (shown.length > 0) change({ percentiles: shown });
  };
  return (
    <Panel
      title="Over time"
      label="Percentiles over time"
      className="rum-percentiles"
      query={query}
      aside={
        <ul className="rum-legend">
          {PERCENTILES.map((name) => (
            <li key={name}>
              <button
                type="button"
                data-series={name}
                aria-pressed={state.percentiles.includes(name)}
                onClick={() => toggle(name)}
              >
                {name}
              </button>
            </li>
          ))}
        </ul>
      }
    >
      <ChartBox
        query={query}
        failure="The percentiles could not be loaded"
        brush
        empty={({ figures }) =>
          figures.n > 0 ? null : (
            <EmptyNotice title="Nothing to draw yet">
              Each time with at least {ENOUGH_SAMPLES} views that have this vital is a point here.
            </EmptyNotice>
          )
        }
      >
        {(given) => (
          <>
            <CourseNote points={given.series} bucketMs={given.range.bucketMs} />
            <OnDemand name="percentiles" load={() => import('../charts/PercentilesChart.js')}>
              {({ PercentilesChart }) => (
                <PercentilesChart vital={given} shown={state.percentiles} time={time} onBrush={askSpan} />
              )}
            </OnDemand>
          </>
        )}
      </ChartBox>
      <ChartTable
        label="Percentiles as a table"
        head={[`Time (${time.zoneName})`, 'n', ...PERCENTILES, '95 % interval of p75', ...incidents.head]}
        rows={() =>
          (vital?.series ?? []).map((bucket) => [
            time.span(bucket.t, bucket.until),
            formatCount(bucket.n),
            ...PERCENTILES.map((name) => formatVital(metric, bucket[name])),
            intervalWords(metric, bucket.interval),
            ...incidents.cells(bucket.t, bucket.until),
          ])
        }
      />
      <MarkerList of="percentiles" range={vital?.range} charted={{ metric }} />
    </Panel>
  );
}
