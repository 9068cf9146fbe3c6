import type { ReactElement } from 'react';
import type { RequestResponse } from '../../server/api.js';
import { type FigureColumn, FigureTable } from '../activity/FigureTable.js';
import { formatDuration } from '../activity/figures.js';
import { useAddress } from '../address/Address.js';
import { valueLabel } from '../dimensions.js';
import { formatBytes, NO_VALUE } from '../format.js';
import { Panel } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { statusLabel } from './requestWords.js';

type Occurrence = RequestResponse['occurrences'][number];

/** The latest times that it was made. */
export function LatestPanel({ request }: { readonly request: RequestResponse }): ReactElement {
  const { time } = useAddress();
  const columns: readonly FigureColumn<Occurrence>[] = [
    {
      id: 'name',
      label: 'Time',
      of: ({ at }) => at,
      show: ({ at }) => <time dateTime={new Date(at).toISOString()}>{time.moment(at)}</time>,
    },
    {
      id: 'route',
      label: 'Route',
      of: ({ route }) => route,
      show: ({ route }) => <RouteLink route={route} />,
    },
    {
      id: 'duration',
      label: 'Duration',
      of: ({ duration }) => duration,
      show: ({ duration }) => formatDuration(duration),
    },
    {
      id: 'status',
      label: 'Status',
      of: ({ status }) => status,
      show: ({ status }) => <bdi>{statusLabel(status)}</bdi>,
    },
    {
      id: 'bytes',
      label: 'Size',
      of: ({ bytes }) => bytes,
      show: ({ bytes, cached }) => (cached ? 'cache' : formatBytes(bytes)),
    },
    {
      id: 'browser',
      label: 'Browser',
      of: ({ browser }) => browser,
      show: ({ browser }) => <bdi>{browser ?? NO_VALUE}</bdi>,
    },
    {
      id: 'country',
      label: 'Country',
      of: ({ country }) => country,
      show: ({ country }) => (country === null ? NO_VALUE : valueLabel('country', country)),
    },
  ];
  return (
    <Panel title="The latest" className="rum-figure-panel">
      <FigureTable
        name="latest"
        label="Latest table"
        columns={columns}
        rows={request.occurrences}
        keyOf={({ id }) => id}
        usual="name"
        files
      />
    </Panel>
  );
}
