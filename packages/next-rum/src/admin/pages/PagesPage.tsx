import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { ExportLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { OnDemand } from '../OnDemand.js';
import { Answer, Panel } from '../Panel.js';
import { breakdownQuery } from '../queries.js';
import { SkeletonRows } from '../Skeleton.js';
import { ColumnChoice } from './ColumnChoice.js';
import '../table.css';
import './PagesTable.css';

/** Every route with its traffic and vitals. */
export function PagesPage(): ReactElement {
  const { state, change } = useAddress();
  const query = useQuery(breakdownQuery(useApi(), state, 'route'));
  const { data } = query;
  return (
    <>
      <PageHead
        title="Pages"
        range={query.isError && data === undefined ? null : data?.range}
        oneIn={data?.oneIn}
      />
      <Panel
        title="Routes"
        className="rum-routes"
        query={query}
        aside={
          <div className="rum-panel-choices">
            <p className="rum-muted">{caption(data?.rows.length, data?.truncated)}</p>
            <ColumnChoice />
            <ExportLinks dimension="route" />
          </div>
        }
      >
        <Answer
          query={query}
          failure="The routes could not be loaded"
          empty={({ rows }) =>
            rows.length > 0 ? null : (
              <EmptyNotice title="No routes yet">
                Every route that is viewed in this range and passes the filters is listed here.
              </EmptyNotice>
            )
          }
        >
          {() => (
            <OnDemand
              name="pages-table"
              load={() => import('./PagesTable.js')}
              loading={
                <div className="rum-scroll" aria-busy="true">
                  <table>
                    <tbody>
                      <SkeletonRows rows={8} columns={state.columns.length + 1} />
                    </tbody>
                  </table>
                </div>
              }
            >
              {({ PagesTable }) => (
                <PagesTable
                  rows={data?.rows}
                  sort={state.sort}
                  columns={state.columns}
                  compares={state.question.compare !== 'none'}
                  onSort={(sort) => change({ sort })}
                />
              )}
            </OnDemand>
          )}
        </Answer>
        {data?.truncated ? (
          <p className="rum-panel-foot rum-muted">
            Only the {formatCount(data.rows.length)} routes with the most views are listed; the files have
            all.
          </p>
        ) : null}
      </Panel>
    </>
  );
}

function caption(count: number | undefined, truncated: boolean | undefined): string {
  if (count === undefined) return '';
  if (truncated) return `The ${formatCount(count)} with the most views`;
  return `${formatCount(count)} ${count === 1 ? 'route' : 'routes'}`;
}
