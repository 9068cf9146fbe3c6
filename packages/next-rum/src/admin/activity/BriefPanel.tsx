import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { Link } from '../address/Link.js';
import type { Page } from '../address/page.js';
import type { UrlState } from '../address/urlState.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { SkeletonRows } from '../Skeleton.js';
import { TableFiles } from '../TableFiles.js';
import { type FigureColumn, figureRows } from './FigureTable.js';
import { useSeen } from './useSeen.js';
import '../table.css';
import '../pages/PagesTable.css';
import './Activity.css';

/** Rows of a panel. */
const SHOWN = 5;

interface BriefPanelProps<Data, Row> {
  readonly title: string;
  readonly query: UseQueryOptions<Data>;
  /** The first one names the row. */
  readonly columns: readonly FigureColumn<Row>[];
  readonly rowsOf: (data: Data) => readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** The page that tells all of it. */
  readonly to: Page;
  readonly change?: Partial<UrlState>;
  readonly empty: ReactNode;
}

/** The first few rows of what another page tells in full; asked for once it is about to be seen. */
export function BriefPanel<Data, Row>({
  title,
  query: options,
  columns,
  rowsOf,
  keyOf,
  to,
  change,
  empty,
}: BriefPanelProps<Data, Row>): ReactElement {
  const [place, seen] = useSeen<HTMLDivElement>();
  const query = useQuery({ ...options, enabled: seen });
  return (
    <div ref={place} className="rum-brief">
      <Panel
        title={title}
        className="rum-figure-panel"
        query={query}
        aside={
          <Link to={to} change={change} className="rum-link-button">
            All <span className="rum-sr-only">{title.toLowerCase()}</span>
          </Link>
        }
      >
        <Answer
          query={query}
          failure={`${title} could not be loaded`}
          empty={(data) => (rowsOf(data).length > 0 ? null : <EmptyNotice title="None">{empty}</EmptyNotice>)}
        >
          {(data) => (
            <ScrollRegion
              label={`${title} in brief`}
              className="rum-figures"
              busy={seen && data === undefined}
            >
              <table>
                <thead>
                  <tr>
                    {columns.map(({ id, label, title: hint }) => (
                      <th key={id} scope="col" title={hint}>
                        {label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data === undefined ? <SkeletonRows rows={SHOWN} columns={columns.length} /> : null}
                  {data === undefined
                    ? null
                    : rowsOf(data)
                        .slice(0, SHOWN)
                        .map((row) => (
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
              <TableFiles rows={() => figureRows(columns, data && rowsOf(data).slice(0, SHOWN))} />
            </ScrollRegion>
          )}
        </Answer>
      </Panel>
    </div>
  );
}
