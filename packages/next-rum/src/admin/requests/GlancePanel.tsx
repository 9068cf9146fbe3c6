import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { requestTitle } from '../../analysis/requests/requestTitle.js';
import type { RequestsResponse } from '../../server/api.js';
import { formatDuration } from '../activity/figures.js';
import { Link } from '../address/Link.js';
import { formatBytes, formatCount, formatInterval, formatShare, formatViews, NO_VALUE } from '../format.js';
import { Panel } from '../Panel.js';
import { Skeleton } from '../Skeleton.js';

/** Fewest requests of one that is called the slowest. */
const ENOUGH = 30;

interface GlancePanelProps {
  readonly query: UseQueryResult<RequestsResponse>;
}

/** All requests in a few figures, what is slowest, and what other origins cost. */
export function GlancePanel({ query }: GlancePanelProps): ReactElement {
  const { data, isError } = query;
  return (
    <Panel title="At a glance" className="rum-glance rum-figure-panel" query={query}>
      <dl className="rum-totals" data-columns="5">
        {FACTS.map(([label, tell]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{data !== undefined ? tell(data) : isError ? NO_VALUE : <Skeleton size="s" />}</dd>
          </div>
        ))}
      </dl>
      <div className="rum-glance-words">{data === undefined ? null : <Words data={data} />}</div>
    </Panel>
  );
}

type Fact = (data: RequestsResponse) => ReactNode;

function sumOf(data: RequestsResponse, key: 'n' | 'failed' | 'aborted' | 'cached' | 'sized'): number {
  return data.hosts.reduce((sum, host) => sum + host[key], 0);
}

const FACTS: readonly (readonly [label: string, tell: Fact])[] = [
  ['Requests and files', ({ own, others }) => formatCount(own.n + others.n)],
  ['A view', ({ own, others, views }) => (views === 0 ? NO_VALUE : ((own.n + others.n) / views).toFixed(1))],
  [
    'Failed',
    (data) => (
      <>
        {formatShare(sumOf(data, 'failed'), sumOf(data, 'n') - sumOf(data, 'aborted'))}
        <small>{formatCount(sumOf(data, 'aborted'))} aborted besides</small>
      </>
    ),
  ],
  [
    'From the cache',
    (data) => (
      <>
        {formatShare(sumOf(data, 'cached'), sumOf(data, 'sized'))}
        <small>of {formatCount(sumOf(data, 'sized'))} that tell</small>
      </>
    ),
  ],
  ['On the wire', ({ own, others }) => formatBytes(own.bytes + others.bytes)],
];

function Words({ data }: { readonly data: RequestsResponse }): ReactElement {
  const { own, others, rows, views } = data;
  const [slowest] = rows
    .filter(({ duration }) => duration.n >= ENOUGH)
    .toSorted((a, b) => (b.duration.p75 ?? 0) - (a.duration.p75 ?? 0));
  return (
    <>
      {slowest === undefined ? null : (
        <p>
          Slowest of those listed:{' '}
          <Link to={{ name: 'request', key: slowest.key }}>
            <bdi>{requestTitle(slowest)}</bdi>
          </Link>
          , p75 {formatDuration(slowest.duration.p75)}
          {slowest.duration.interval === null
            ? ''
            : ` (95 % sure within ${formatInterval('lcp', slowest.duration.interval)})`}{' '}
          of {formatCount(slowest.duration.n)}.
        </p>
      )}
      <p>
        {others.n === 0
          ? 'Nothing is loaded from other origins.'
          : `Other origins: ${formatCount(others.hosts)} ${others.hosts === 1 ? 'host' : 'hosts'}, loaded from in ` +
            `${formatShare(others.views, views)} of ${formatViews(views)}; ${formatShare(others.n, own.n + others.n)} of ` +
            `requests, ${formatBytes(others.bytes)} (as far as they tell) and ${formatShare(others.time, own.time + others.time)} of all time spent.`}
      </p>
    </>
  );
}
