import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type Header,
  useReactTable,
} from '@tanstack/react-table';
import { type ReactElement, useMemo } from 'react';
import { rateVital } from '../analysis/rating.js';
import type { VitalSummary } from '../server/api.js';
import type { RouteSummary } from './adminApi.js';
import { formatCount, formatVital, NO_VALUE } from './format.js';
import { SortIcon } from './icons.js';
import { RatingMark } from './Rating.js';
import { Skeleton } from './Skeleton.js';
import { ROUTE_COLUMNS, type RouteSort } from './urlState.js';
import { VITALS, type VitalLabel } from './vitals.js';
import './table.css';
import './RoutesTable.css';

const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

interface RoutesTableProps {
  /** Undefined while loading. */
  readonly routes: readonly RouteSummary[] | undefined;
  readonly sort: RouteSort;
  readonly onSort: (sort: RouteSort) => void;
}

/** Routes as rows, sortable by any column. Routes without a value come last either way. */
export function RoutesTable({ routes, sort, onSort }: RoutesTableProps): ReactElement {
  // The table compares both by identity and would render for ever on new ones each time.
  const data = useMemo(() => [...(routes ?? [])], [routes]);
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort.column, sort.descending]);
  const table = useReactTable({
    data,
    columns: COLUMNS,
    state: { sorting },
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sorting) : update;
      const column = ROUTE_COLUMNS.find((name) => name === next?.id);
      if (next !== undefined && column !== undefined) onSort({ column, descending: next.desc });
    },
    autoResetPageIndex: false,
    enableSortingRemoval: false,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys
    <section className="rum-scroll" aria-label="Routes table" tabIndex={0} aria-busy={routes === undefined}>
      <table>
        <thead>
          <tr>
            {table.getFlatHeaders().map((header) => (
              <SortableHeader key={header.id} header={header} />
            ))}
          </tr>
        </thead>
        <tbody>
          {routes === undefined
            ? SKELETON_ROWS.map((row) => <SkeletonRow key={row} />)
            : table.getRowModel().rows.map((row) => (
                <tr key={row.original.route}>
                  {row.getVisibleCells().map((cell) => {
                    const content = flexRender(cell.column.columnDef.cell, cell.getContext());
                    return cell.column.id === 'route' ? (
                      <th key={cell.id} scope="row">
                        {content}
                      </th>
                    ) : (
                      <td key={cell.id}>{content}</td>
                    );
                  })}
                </tr>
              ))}
        </tbody>
      </table>
    </section>
  );
}

function SortableHeader({ header }: { readonly header: Header<RouteSummary, unknown> }): ReactElement {
  const direction = header.column.getIsSorted();
  return (
    <th
      scope="col"
      aria-sort={direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : undefined}
    >
      <button type="button" className="rum-sort" onClick={header.column.getToggleSortingHandler()}>
        {flexRender(header.column.columnDef.header, header.getContext())}
        <SortIcon />
      </button>
    </th>
  );
}

function SkeletonRow(): ReactElement {
  return (
    <tr>
      {ROUTE_COLUMNS.map((column) => (
        <td key={column}>
          <Skeleton size={column === 'route' ? 'l' : 's'} />
        </td>
      ))}
    </tr>
  );
}

const COLUMNS: ColumnDef<RouteSummary>[] = [
  {
    id: 'route',
    header: 'Route',
    accessorFn: (summary) => summary.route,
    sortDescFirst: false,
    cell: ({ row }) => (
      <bdi className="rum-route-name" title={row.original.route}>
        {row.original.route}
      </bdi>
    ),
  },
  {
    id: 'views',
    header: 'Views',
    accessorFn: (summary) => summary.views,
    sortDescFirst: true,
    cell: ({ row }) => formatCount(row.original.views),
  },
  ...VITALS.map(
    (vital): ColumnDef<RouteSummary> => ({
      id: vital.name,
      header: () => <abbr title={`p75 of ${vital.long}`}>{vital.short}</abbr>,
      accessorFn: (summary) => summary.vitals[vital.name].p75 ?? undefined,
      sortDescFirst: true,
      sortUndefined: 'last',
      cell: ({ row }) => <VitalCell vital={vital} summary={row.original.vitals[vital.name]} />,
    }),
  ),
];

interface VitalCellProps {
  readonly vital: VitalLabel;
  readonly summary: VitalSummary;
}

function VitalCell({ vital, summary }: VitalCellProps): ReactElement {
  const { p75, n } = summary;
  if (p75 === null) return <span className="rum-muted">{NO_VALUE}</span>;
  return (
    <span className="rum-cell">
      <span>
        <RatingMark rating={rateVital(vital.name, p75)} compact /> {formatVital(vital.name, p75)}
      </span>
      <small>n = {formatCount(n)}</small>
    </span>
  );
}
