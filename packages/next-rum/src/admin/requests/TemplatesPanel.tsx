import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { REQUEST_KINDS } from '../../analysis/requests/requestKey.js';
import { requestTitle } from '../../analysis/requests/requestTitle.js';
import type { RequestsResponse, RequestTemplateRow } from '../../server/api.js';
import type { Question } from '../../server/question.js';
import { type FigureColumn, FigureTable } from '../activity/FigureTable.js';
import { Bytes, P75, P75Change, Percentile, Share, Wait } from '../activity/figures.js';
import { TableColumns } from '../activity/TableColumns.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatBytes, formatCount } from '../format.js';
import { Choice } from '../frame/Choice.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { Segmented } from '../Segmented.js';
import { hostLabel, initiatorLabel } from './requestWords.js';

interface TemplatesPanelProps {
  readonly query: UseQueryResult<RequestsResponse>;
}

/** Requests that are alike as one row. */
export function TemplatesPanel({ query }: TemplatesPanelProps): ReactElement {
  const { state } = useAddress();
  const { data } = query;
  return (
    <Panel
      title="By what is asked for"
      className="rum-figure-panel"
      query={query}
      aside={<Choices data={data} />}
    >
      <Answer
        query={query}
        failure="The requests could not be loaded"
        empty={({ rows }) =>
          rows.length > 0 ? null : (
            <EmptyNotice title="No requests">
              None was made in this time that passes the filters. Choose a longer time, other kinds, or fewer
              filters; whether the agent records requests is set by its option <code>resources</code>.
            </EmptyNotice>
          )
        }
      >
        {(answer) => (
          <FigureTable
            name="requests"
            label="Requests table"
            columns={columnsFor(state.question)}
            rows={answer?.rows}
            keyOf={({ key }) => key}
            usual="n"
          />
        )}
      </Answer>
      {data?.truncated ? (
        <p className="rum-panel-foot rum-muted">Only the most frequent ones are listed.</p>
      ) : null}
    </Panel>
  );
}

const KIND_LABELS = { all: 'All', requests: 'Requests', files: 'Files' } as const;

function Choices({ data }: { readonly data: RequestsResponse | undefined }): ReactElement {
  const { state, change } = useAddress();
  const { listing, question } = state;
  const api = useApi();
  return (
    <div className="rum-panel-choices">
      <Segmented
        legend="Kind"
        options={REQUEST_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))}
        value={listing.kind}
        onChange={(kind) => change({ listing: { ...listing, kind } })}
      />
      <Choice
        label="Host"
        options={optionsOf(
          'Any host',
          listing.host,
          data?.hosts.map(({ host }) => host),
          hostLabel,
        )}
        value={listing.host}
        onChange={(host) => change({ listing: { ...listing, host } })}
      />
      <Choice
        label="Initiator"
        options={optionsOf(
          'Any initiator',
          listing.initiator,
          data?.initiators.map(({ initiator }) => initiator),
          initiatorLabel,
        )}
        value={listing.initiator}
        onChange={(initiator) => change({ listing: { ...listing, initiator } })}
      />
      <TableColumns table="requests" columns={columnsFor(question)} />
      <FileLinks hrefOf={(format) => api.requestsFile(question, listing, format)} />
    </div>
  );
}

/** What there is, and what is chosen even where there is none of it. */
function optionsOf(
  unset: string,
  chosen: string,
  values: readonly string[] = [],
  labelOf: (value: string) => string,
): readonly { readonly value: string; readonly label: string }[] {
  const all = chosen === '' || values.includes(chosen) ? values : [chosen, ...values];
  return [{ value: '', label: unset }, ...all.map((value) => ({ value, label: labelOf(value) }))];
}

function columnsFor({ compare }: Question): typeof COLUMNS {
  return compare === 'none' ? COLUMNS : [...COLUMNS, CHANGE];
}

const COLUMNS: readonly FigureColumn<RequestTemplateRow>[] = [
  {
    id: 'name',
    label: 'Request',
    of: (row) => row.name,
    show: (row) => (
      <span className="rum-figure-name">
        <Link to={{ name: 'request', key: row.key }} className="rum-route-link">
          <bdi title={requestTitle(row)}>{requestTitle(row)}</bdi>
        </Link>
        <small>
          {initiatorLabel(row.initiator)} · <bdi>{hostLabel(row.host)}</bdi>
        </small>
      </span>
    ),
  },
  {
    id: 'n',
    label: 'Count',
    of: ({ n }) => n,
    show: (row) => (
      <span className="rum-cell">
        <span>{formatCount(row.n)}</span>
        <small>in {formatCount(row.views)} views</small>
      </span>
    ),
  },
  {
    id: 'p50',
    label: 'p50',
    of: ({ duration }) => duration.p50,
    show: ({ duration }) => <Percentile value={duration.p50} interval={duration.intervals.p50} />,
  },
  {
    id: 'p75',
    label: 'p75',
    title: 'With its 95 % interval',
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
    id: 'bytes',
    label: 'Size',
    title: 'Median on the wire, and together',
    of: ({ medianBytes }) => medianBytes,
    show: ({ medianBytes, bytes, sized }) => (
      <Bytes of={medianBytes} small={sized === 0 ? 'not told' : `${formatBytes(bytes)} in all`} />
    ),
  },
  {
    id: 'failed',
    label: 'Failed',
    title: 'Of all that were not aborted, with its 95 % interval',
    of: ({ failedShare }) => failedShare,
    show: ({ failed, n, aborted, failedInterval }) => (
      <Share part={failed} whole={n - aborted} interval={failedInterval} />
    ),
  },
  {
    id: 'cached',
    label: 'Cached',
    title: 'Of those that tell their size',
    of: ({ cached, sized }) => (sized === 0 ? null : cached / sized),
    show: ({ cached, sized }) => <Share part={cached} whole={sized} />,
  },
];

const CHANGE: FigureColumn<RequestTemplateRow> = {
  id: 'change',
  label: 'Change',
  title: 'Of p75, against the time compared with',
  of: ({ duration, compared }) =>
    compared === null || duration.p75 === null || !compared.duration.p75
      ? null
      : duration.p75 / compared.duration.p75,
  show: ({ duration, compared }) => <P75Change before={compared?.duration} now={duration} />,
};
