import { type ReactElement, type ReactNode, useMemo } from 'react';
import { useAddress } from '../address/Address.js';
import { SortIcon } from '../icons.js';
import { ScrollRegion } from '../Panel.js';
import { SkeletonRows } from '../Skeleton.js';
import { TableFiles } from '../TableFiles.js';
import { type Sort, shownColumns, sortIn, withSort } from './listing.js';
import '../table.css';
import '../pages/PagesTable.css';
import './Activity.css';

export interface FigureColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** Said of the column where its label is not enough. */
  readonly title?: string;
  /** What the column is sorted by; null comes last either way. */
  readonly of: (row: Row) => number | string | null;
  readonly show: (row: Row) => ReactNode;
}

interface FigureTableProps<Row> {
  /** Short name of the table in the address. */
  readonly name: string;
  readonly label: string;
  /** The first one names the row. */
  readonly columns: readonly FigureColumn<Row>[];
  /** Undefined while loading; in their usual order. */
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => string;
  /** What the rows are sorted by already. */
  readonly usual: string;
  /** Whether its rows can be kept from below it, where the panel has no file of the API. */
  readonly files?: boolean;
}

/** Rows of figures, sortable by any column. */
export function FigureTable<Row>({
  name,
  label,
  columns: all,
  rows,
  keyOf,
  usual,
  files = false,
}: FigureTableProps<Row>): ReactElement {
  const { state, change } = useAddress();
  const { listing } = state;
  const columns = shownColumns(all, listing.hide, name);
  const given = sortIn(listing.order, name);
  const sorting = columns.some(({ id }) => id === given?.column) ? given : null;
  const sort = sorting ?? { column: usual, descending: true };
  const sorted = useMemo(() => sortedBy(rows, all, sorting), [rows, all, sorting]);
  const onSort = (next: Sort): void =>
    change({ listing: { ...listing, order: withSort(listing.order, name, next) } });
  return (
    <ScrollRegion label={label} className="rum-figures" busy={rows === undefined}>
      <table data-wide={columns.length > 8}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted === undefined ? <SkeletonRows rows={6} columns={columns.length} /> : null}
          {sorted?.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ id, show }, index) =>
                index === 0 ? (
                  <th key={id} scope="row">
                    {show(row)}
                  </th>
                ) : (
                  <td key={id}>{show(row)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {files ? <TableFiles rows={() => figureRows(columns, sorted)} /> : null}
    </ScrollRegion>
  );
}

interface HeadProps<Row> {
  readonly column: FigureColumn<Row>;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function Head<Row>({ column, sort, onSort }: HeadProps<Row>): ReactElement {
  const { id, label, title } = column;
  const isSorted = sort.column === id;
  return (
    <th scope="col" aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        className="rum-sort"
        title={title}
        onClick={() => onSort({ column: id, descending: isSorted ? !sort.descending : id !== 'name' })}
      >
        {label}
        <SortIcon />
      </button>
    </th>
  );
}

function sortedBy<Row>(
  rows: readonly Row[] | undefined,
  columns: readonly FigureColumn<Row>[],
  sort: Sort | null,
): readonly Row[] | undefined {
  const column = columns.find(({ id }) => id === sort?.column);
  if (rows === undefined || column === undefined || sort === null) return rows;
  const turn = sort.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [column.of(a), column.of(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'string' || typeof right === 'string') {
      return turn * String(left).localeCompare(String(right));
    }
    return turn * (left - right);
  });
}

/** Rows of figures as they are kept, each by the label of its column. */
export function figureRows<Row>(
  columns: readonly FigureColumn<Row>[],
  rows: readonly Row[] | undefined = [],
): readonly object[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ label, of }) => [label, of(row)])));
}
