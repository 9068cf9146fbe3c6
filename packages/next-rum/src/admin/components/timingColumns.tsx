import type { ReactNode } from 'react';
import type { TimingTemplateRow } from '../../server/api.js';
import type { FigureColumn } from '../activity/FigureTable.js';
import { formatDuration, P75, P75Change, Percentile } from '../activity/figures.js';
import { formatCount, NO_VALUE } from '../format.js';
import { RouteLink } from '../pages/RouteLink.js';
import { TIMING_NAMES } from './timingWords.js';

export const TIMING_COLUMNS: readonly FigureColumn<TimingTemplateRow>[] = [
  {
    id: 'name',
    label: 'Name',
    of: ({ name }) => name,
    show: ({ name, kind, part }) => (
      <span className="rum-figure-name">
        <bdi title={name}>{name}</bdi>
        <small>
          {TIMING_NAMES[kind]}
          {part === '' || part === TIMING_NAMES[kind] ? null : (
            <>
              {' · '}
              <bdi>{part}</bdi>
            </>
          )}
        </small>
      </span>
    ),
  },
  { id: 'route', label: 'Route', of: ({ route }) => route, show: ({ route }) => <RouteLink route={route} /> },
  {
    id: 'n',
    label: 'Times',
    of: ({ times }) => times,
    show: ({ times, views }) => (
      <span className="rum-cell">
        <span>{formatCount(times)}</span>
        <small>in {formatCount(views)} views</small>
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
    id: 'total',
    label: 'Total',
    title: 'All together, and for each view',
    of: ({ total }) => total,
    show: ({ total, views }) => (
      <span className="rum-cell">
        <span>{formatDuration(total)}</span>
        <small>{formatDuration(total / views)} a view</small>
      </span>
    ),
  },
  {
    id: 'more',
    label: 'More',
    title: 'Of queries: failed, and served from the cache. Of long tasks: in which the page could not answer',
    of: ({ failed, cacheHits, blocked }) => failed + cacheHits + blocked,
    show: (row) => <More row={row} />,
  },
];

function More({ row }: { readonly row: TimingTemplateRow }): ReactNode {
  const { kind, failed, cacheHits, blocked } = row;
  switch (kind) {
    case 'query':
      return (
        <span className="rum-cell">
          <span>{formatCount(failed)} failed</span>
          <small>{formatCount(cacheHits)} cached</small>
        </span>
      );
    case 'longtask':
      return (
        <span className="rum-cell">
          <span>{formatDuration(blocked)}</span>
          <small>blocked</small>
        </span>
      );
    default:
      return NO_VALUE;
  }
}

export const TIMING_CHANGE: FigureColumn<TimingTemplateRow> = {
  id: 'change',
  label: 'Change',
  title: 'Of p75, against the time compared with',
  of: ({ duration, compared }) =>
    duration.p75 === null || !compared?.p75 ? null : duration.p75 / compared.p75,
  show: ({ duration, compared }) => <P75Change before={compared ?? undefined} now={duration} />,
};
