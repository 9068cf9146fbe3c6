import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type Header,
  type Row,
  useReactTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactElement, useMemo, useRef } from 'react';
import type { BreakdownRow, VitalFigures } from '../../server/api.js';
import { COLUMNS, type Column, type RouteSort } from '../address/urlState.js';
import { ChangeNote } from '../ChangeNote.js';
import { changeBetween } from '../change.js';
import { formatCount, formatGrowth, formatShare, sureWords } from '../format.js';
import { SortIcon } from '../icons.js';
import { usePrinting } from '../print/usePrinting.js';
import { VitalText } from '../Rating.js';
import { SkeletonRows } from '../Skeleton.js';
import { VITALS, type VitalLabel } from '../vitals.js';
import { COLUMN_LABELS } from './columns.js';
import { RouteLink } from './RouteLink.js';
import '../table.css';
import './PagesTable.css';

/** Height of a row in px, as in the style sheet. */
const ROW_HEIGHT = 52;

interface PagesTableProps {
  /** Undefined while loading. */
  readonly rows: readonly BreakdownRow[] | undefined;
  readonly sort: RouteSort;
  readonly columns: readonly Column[];
  readonly compares: boolean;
  readonly onSort: (sort: RouteSort) => void;
}

/** Routes as rows, sortable by any column; only the rows in sight are drawn, on paper all of them. Routes without a value come last either way. */
export function PagesTable({ rows, sort, columns, compares, onSort }: PagesTableProps): ReactElement {
  // The table compares these by identity and would render for ever on new ones each time.
  const data = useMemo(() => [...(rows ?? [])], [rows]);
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort.column, sort.descending]);
  const definitions = useMemo(() => columnsOf(columns, compares, data), [columns, compares, data]);
  const table = useReactTable({
    data,
    columns: definitions,
    state: { sorting },
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sorting) : update;
      const column = (['route', ...COLUMNS] as const).find((name) => name === next?.id);
      if (next !== undefined && column !== undefined) onSort({ column, descending: next.desc });
    },
    autoResetPageIndex: false,
    enableSortingRemoval: false,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const sorted = table.getRowModel().rows;
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    // Before the box is measured, and where nothing is laid out at all.
    initialRect: { width: 1000, height: 720 },
  });
  const inSight = virtual.getVirtualItems();
  const printing = usePrinting();
  const drawn = printing ? [...sorted.keys()] : inSight.map(({ index }) => index);
  const before = printing ? 0 : (inSight[0]?.start ?? 0);
  const after = printing ? 0 : virtual.getTotalSize() - (inSight.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      className="rum-scroll"
      aria-label="Routes table"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys
      tabIndex={0}
      aria-busy={rows === undefined}
    >
      <table aria-rowcount={sorted.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {table.getFlatHeaders().map((header) => (
              <SortableHeader key={header.id} header={header} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows === undefined ? <SkeletonRows rows={8} columns={columns.length + 1} /> : null}
          <Spacer height={before} span={columns.length + 1} />
          {drawn.map((index) => {
            const row = sorted[index];
            return row === undefined ? null : <PageRow key={row.original.value} row={row} index={index} />;
          })}
          <Spacer height={after} span={columns.length + 1} />
        </tbody>
      </table>
    </section>
  );
}

/** Holds the place of rows that are out of sight. */
function growthOf({ value, views, compared }: BreakdownRow): string | null {
  if (compared !== null) return formatGrowth(compared.views, views);
  return value === '(other)' ? null : 'new';
}

function Spacer({ height, span }: { readonly height: number; readonly span: number }): ReactElement | null {
  if (height <= 0) return null;
  return (
    <tr className="rum-spacer">
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function PageRow({ row, index }: { readonly row: Row<BreakdownRow>; readonly index: number }): ReactElement {
  return (
    <tr aria-rowindex={index + 2}>
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
  );
}

function SortableHeader({ header }: { readonly header: Header<BreakdownRow, unknown> }): ReactElement {
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

function columnsOf(
  shown: readonly Column[],
  compares: boolean,
  rows: readonly BreakdownRow[],
): ColumnDef<BreakdownRow>[] {
  const all = rows.reduce((sum, { views }) => sum + views, 0);
  const route: ColumnDef<BreakdownRow> = {
    id: 'route',
    header: 'Route',
    accessorFn: ({ value }) => value,
    sortDescFirst: false,
    cell: ({ row }) => <RouteLink route={row.original.value} />,
  };
  return [route, ...shown.map((column) => columnOf(column, compares, all))];
}

function columnOf(column: Column, compares: boolean, all: number): ColumnDef<BreakdownRow> {
  const vital = VITALS.find(({ name }) => name === column);
  if (vital === undefined) {
    return {
      id: column,
      header: COLUMN_LABELS[column].short,
      accessorFn: ({ views }) => views,
      sortDescFirst: true,
      cell: ({ row: { original } }) =>
        column === 'share' ? (
          formatShare(original.views, all)
        ) : (
          <span className="rum-cell">
            <span>{formatCount(original.views)}</span>
            {compares ? <small>{growthOf(original)}</small> : null}
          </span>
        ),
    };
  }
  return {
    id: column,
    header: () => <abbr title={`p75 of ${vital.long}`}>{vital.short}</abbr>,
    accessorFn: ({ vitals }) => vitals[vital.name].p75 ?? undefined,
    sortDescFirst: true,
    sortUndefined: 'last',
    cell: ({ row: { original } }) => (
      <RouteVital
        vital={vital}
        figures={original.vitals[vital.name]}
        before={compares ? (original.compared?.vitals[vital.name] ?? null) : undefined}
      />
    ),
  };
}

interface RouteVitalProps {
  readonly vital: VitalLabel;
  readonly figures: VitalFigures;
  /** Undefined where nothing is compared, null where there was nothing then. */
  readonly before: VitalFigures | null | undefined;
}

function RouteVital({ vital, figures, before }: RouteVitalProps): ReactElement {
  if (figures.p75 === null) return <VitalText name={vital.name} p75={null} />;
  return (
    <span
      className="rum-cell"
      title={`n = ${formatCount(figures.n)}, ${sureWords(vital.name, figures.interval)}`}
    >
      <VitalText name={vital.name} p75={figures.p75} />
      {before === undefined ? (
        <small>n = {formatCount(figures.n)}</small>
      ) : (
        <small>
          <ChangeNote metric={vital.name} change={changeBetween(before ?? undefined, figures)} compact />
        </small>
      )}
    </span>
  );
}
