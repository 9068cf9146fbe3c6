import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { HostRow } from '../../analysis/requests/requestsOf.js';
import type { RequestsResponse } from '../../server/api.js';
import { type FigureColumn, FigureTable } from '../activity/FigureTable.js';
import { Bytes, formatDuration, P75, Percentile, Share, Wait } from '../activity/figures.js';
import { TableColumns } from '../activity/TableColumns.js';
import { useAddress } from '../address/Address.js';
import { formatCount } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { hostLabel } from './requestWords.js';

/** Whom pages ask, and what that costs. A row narrows the list above it. */
export function HostsPanel({ query }: { readonly query: UseQueryResult<RequestsResponse> }): ReactElement {
  const views = query.data?.views ?? 0;
  return (
    <Panel
      title="Hosts"
      className="rum-figure-panel"
      query={query}
      aside={
        <div className="rum-panel-choices">
          <p className="rum-muted">Press one to list only its requests</p>
          <TableColumns table="hosts" second="hosts" columns={columnsOf(views)} />
        </div>
      }
    >
      <Answer
        query={query}
        failure="The hosts could not be loaded"
        empty={({ hosts }) =>
          hosts.length > 0 ? null : (
            <EmptyNotice title="No hosts">
              Nothing was loaded in this time by views that pass the filters.
            </EmptyNotice>
          )
        }
      >
        {(data) => (
          <FigureTable
            name="hosts"
            label="Hosts table"
            columns={columnsOf(views)}
            rows={data?.hosts}
            keyOf={({ host }) => host}
            usual="n"
            files
          />
        )}
      </Answer>
    </Panel>
  );
}

function columnsOf(views: number): readonly FigureColumn<HostRow>[] {
  return [
    { id: 'name', label: 'Host', of: ({ host }) => host, show: ({ host }) => <HostButton host={host} /> },
    {
      id: 'n',
      label: 'Requests',
      of: ({ n }) => n,
      show: ({ n, templates }) => (
        <span className="rum-cell">
          <span>{formatCount(n)}</span>
          <small>{formatCount(templates)} different</small>
        </span>
      ),
    },
    {
      id: 'views',
      label: 'Views',
      title: 'Share of views that load from it',
      of: (row) => row.views,
      show: (row) => <Share part={row.views} whole={views} />,
    },
    {
      id: 'p75',
      label: 'p75',
      of: ({ duration }) => duration.p75,
      show: ({ duration }) => <P75 {...duration} />,
    },
    {
      id: 'p95',
      label: 'p95',
      of: ({ duration }) => duration.p95,
      show: ({ duration }) => <Percentile value={duration.p95} interval={duration.intervals.p95} />,
    },
    {
      id: 'wait',
      label: 'Wait',
      title: 'Median from sending to the first byte, and of the download',
      of: ({ phases }) => phases.wait?.median ?? null,
      show: ({ phases }) => <Wait {...phases} />,
    },
    {
      id: 'time',
      label: 'Time a view',
      title: 'Durations of its requests together, for each view that loads from it',
      of: (row) => row.duration.total / row.views,
      show: (row) => formatDuration(row.duration.total / row.views),
    },
    {
      id: 'bytes',
      label: 'On the wire',
      of: ({ bytes, sized }) => (sized === 0 ? null : bytes),
      show: ({ bytes, sized }) => (
        <Bytes of={sized === 0 ? null : bytes} small={sized === 0 ? 'not told' : 'together'} />
      ),
    },
    {
      id: 'failed',
      label: 'Failed',
      of: ({ failedShare }) => failedShare,
      show: ({ failed, n, aborted, failedInterval }) => (
        <Share part={failed} whole={n - aborted} interval={failedInterval} />
      ),
    },
    {
      id: 'cached',
      label: 'Cached',
      of: ({ cached, sized }) => (sized === 0 ? null : cached / sized),
      show: ({ cached, sized }) => <Share part={cached} whole={sized} />,
    },
  ];
}

function HostButton({ host }: { readonly host: string }): ReactElement {
  const { state, change } = useAddress();
  return (
    <button
      type="button"
      className="rum-row-button"
      title={`List only requests to ${hostLabel(host)}`}
      onClick={() => change({ listing: { ...state.listing, host } })}
    >
      <bdi>{hostLabel(host)}</bdi>
    </button>
  );
}
