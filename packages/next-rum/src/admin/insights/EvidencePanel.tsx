import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Insight } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { ChartTable } from '../charts/ChartTable.js';
import { formatCount } from '../format.js';
import { OnDemand } from '../OnDemand.js';
import { ChartBox } from '../Panel.js';
import { evidenceOf, formatCell } from './evidence.js';
import { insightQuery } from './insightQueries.js';
import '../charts/charts.css';

const HOUR = 3_600_000;

/** What an incident is told from, hour by hour. */
export function EvidencePanel({
  id,
  label,
}: {
  readonly id: Insight['id'];
  readonly label: string;
}): ReactElement {
  const { state, time } = useAddress();
  const query = useQuery(insightQuery(useApi(), state, id));
  const evidence = query.data && evidenceOf(query.data);
  return (
    <div className="rum-evidence">
      <ul className="rum-legend">
        <li data-series="seen">{evidence?.name ?? 'Seen'}</li>
        <li data-series="usual">Usual</li>
        <li data-series="band">95 of 100 hours</li>
        <li data-series="incident">The incident</li>
      </ul>
      <ChartBox query={query} failure="The hours could not be loaded">
        {(insight) => (
          <OnDemand name="evidence" load={() => import('./EvidenceChart.js')}>
            {({ EvidenceChart }) => <EvidenceChart evidence={evidenceOf(insight)} time={time} />}
          </OnDemand>
        )}
      </ChartBox>
      <ChartTable
        label={`${label}, hours as a table`}
        head={[
          `Hour (${time.zoneName})`,
          evidence?.name ?? 'Seen',
          'Usual',
          '95 of 100 hours',
          'Views',
          'Incident',
        ]}
        rows={() =>
          (evidence?.points ?? []).map((point) => [
            time.span(point.t, point.t + HOUR),
            evidence === undefined ? '' : formatCell(evidence, point.seen),
            evidence === undefined ? '' : formatCell(evidence, point.expected),
            evidence === undefined || point.band === null
              ? '—'
              : `${formatCell(evidence, point.band[0])}–${formatCell(evidence, point.band[1])}`,
            formatCount(point.n),
            evidence !== undefined &&
            point.t >= evidence.began &&
            (evidence.ended === null || point.t < evidence.ended)
              ? 'yes'
              : 'no',
          ])
        }
      />
    </div>
  );
}
