import { type ReactElement, type ReactNode, useMemo } from 'react';
import type { ErrorGroupRow, ErrorsResponse } from '../../server/api.js';
import { shownColumns } from '../activity/listing.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import type { ErrorColumn, ErrorSort } from '../address/urlState.js';
import { formatAge, formatCount, formatGrowth, formatShare, NO_VALUE } from '../format.js';
import { SortIcon } from '../icons.js';
import { ScrollRegion } from '../Panel.js';
import { SkeletonRows } from '../Skeleton.js';
import { Sparkline } from './Sparkline.js';
import '../table.css';
import '../pages/PagesTable.css';

interface ErrorsTableProps {
  /** Undefined while loading. */
  readonly errors: ErrorsResponse | undefined;
  /** Epoch ms, against which ages are told. */
  readonly now: number;
}

export const ERROR_HEADS: readonly { readonly id: ErrorColumn | 'trend'; readonly label: string }[] = [
  { id: 'title', label: 'Error' },
  { id: 'trend', label: 'Course' },
  { id: 'events', label: 'Events' },
  { id: 'visitors', label: 'Visitors' },
  { id: 'routes', label: 'Routes' },
  { id: 'firstSeen', label: 'First seen' },
  { id: 'lastSeen', label: 'Last seen' },
];

/** Groups of errors as rows, sortable. What is new, and how it compares, is said in words. */
export function ErrorsTable({ errors, now }: ErrorsTableProps): ReactElement {
  const { state } = useAddress();
  const sorted = useMemo(
    () => [...(errors?.groups ?? [])].sort(orderOf(state.errorSort)),
    [errors, state.errorSort],
  );
  const heads = shownColumns(ERROR_HEADS, state.listing.hide, 'errors');
  return (
    <ScrollRegion label="Errors table" busy={errors === undefined}>
      <table>
        <thead>
          <tr>
            {heads.map(({ id, label }) =>
              id === 'trend' ? (
                <th key={id} scope="col" data-column={id}>
                  {label}
                </th>
              ) : (
                <SortableHead key={id} column={id} label={label} />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {errors === undefined ? (
            <SkeletonRows rows={8} columns={heads.length} />
          ) : (
            sorted.map((group) => (
              <Row key={group.fingerprint} group={group} errors={errors} now={now} heads={heads} />
            ))
          )}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function SortableHead({
  column,
  label,
}: {
  readonly column: ErrorColumn;
  readonly label: string;
}): ReactElement {
  const { state, change } = useAddress();
  const { errorSort } = state;
  const isSorted = errorSort.column === column;
  const sort = (): void =>
    change({ errorSort: { column, descending: isSorted ? !errorSort.descending : column !== 'title' } });
  return (
    <th
      scope="col"
      data-column={column}
      aria-sort={isSorted ? (errorSort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className="rum-sort" onClick={sort}>
        {label}
        <SortIcon />
      </button>
    </th>
  );
}

interface RowProps extends ErrorsTableProps {
  readonly group: ErrorGroupRow;
  readonly errors: ErrorsResponse;
  readonly heads: typeof ERROR_HEADS;
}

function Row({ group, errors, now, heads }: RowProps): ReactElement {
  const { events, visitors, routes, firstSeen, lastSeen, compared } = group;
  const cells: { readonly [column in ErrorColumn | 'trend']: ReactNode } = {
    title: <Title group={group} />,
    trend: <Sparkline trend={errors.trend} counts={group.trend} />,
    events: (
      <span className="rum-cell">
        <span>{formatCount(events)}</span>
        <small>
          {compared === null
            ? formatShare(events, errors.events)
            : compared.events === 0
              ? 'none before'
              : formatGrowth(compared.events, events)}
        </small>
      </span>
    ),
    visitors: countOrNone(visitors),
    routes: countOrNone(routes),
    firstSeen: <Seen at={firstSeen} now={now} />,
    lastSeen: <Seen at={lastSeen} now={now} />,
  };
  return (
    <tr>
      {heads.map(({ id }) =>
        id === 'title' ? (
          <th key={id} scope="row">
            {cells[id]}
          </th>
        ) : (
          <td key={id}>{cells[id]}</td>
        ),
      )}
    </tr>
  );
}

function Seen({ at, now }: { readonly at: number; readonly now: number }): ReactElement {
  const { time } = useAddress();
  return (
    <span className="rum-cell">
      <time dateTime={new Date(at).toISOString()}>{formatAge(Math.max(now - at, 0))}</time>
      <small>{time.moment(at)}</small>
    </span>
  );
}

function Title({ group }: { readonly group: ErrorGroupRow }): ReactElement {
  const { fingerprint, title, name, isNew } = group;
  if (fingerprint === '(other)') {
    return <span className="rum-error-title">Other errors, each of them rare</span>;
  }
  const words = title ?? `Error ${fingerprint.slice(0, 8)}`;
  return (
    <span className="rum-error-name">
      <Link to={{ name: 'error', fingerprint }} className="rum-route-link">
        <bdi className="rum-error-title" title={words}>
          {words}
        </bdi>
      </Link>
      <small className="rum-muted">
        {isNew ? <b className="rum-new">New</b> : null}
        {title === null ? 'its events are no longer kept' : <bdi>{name}</bdi>}
      </small>
    </span>
  );
}

function countOrNone(count: number): string {
  return count === 0 ? NO_VALUE : formatCount(count);
}

function orderOf({ column, descending }: ErrorSort): (a: ErrorGroupRow, b: ErrorGroupRow) => number {
  const turn = descending ? -1 : 1;
  return (a, b) => {
    const order = column === 'title' ? (a.title ?? '').localeCompare(b.title ?? '') : a[column] - b[column];
    return turn * order || b.events - a.events;
  };
}
