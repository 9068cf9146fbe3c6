import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { BreakdownRow } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { ChangeNote } from '../ChangeNote.js';
import { changeBetween } from '../change.js';
import { formatCount, formatViews } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { RouteLink } from '../pages/RouteLink.js';
import { breakdownQuery } from '../queries.js';
import { VitalCell } from '../Rating.js';
import { SkeletonRows } from '../Skeleton.js';
import { TableFiles } from '../TableFiles.js';
import '../table.css';

const SHOWN = 6;

const KINDS = {
  slowest: {
    title: 'Slowest routes',
    pick: slowest,
    empty: 'No route is known to be slow',
    detail: 'A route is listed once enough of its views have an LCP.',
  },
  regressed: {
    title: 'Most regressed routes',
    pick: regressed,
    empty: 'No route got slower by more than chance',
    detail: 'A route is listed where its LCP stands apart from that of the time compared with.',
  },
} as const;

/** The routes that deserve a look, by LCP. */
export function RouteRanking({ kind }: { readonly kind: 'slowest' | 'regressed' }): ReactElement {
  const { title, pick, empty, detail } = KINDS[kind];
  const { state } = useAddress();
  const query = useQuery(breakdownQuery(useApi(), state, 'route'));
  const rows = query.data && pick(query.data.rows, state.minimum).slice(0, SHOWN);
  return (
    <Panel
      title={title}
      className="rum-ranking"
      aside={`LCP p75 · n ≥ ${state.minimum}${query.data?.truncated ? ` · ${formatCount(query.data.rows.length)} most viewed` : ''}`}
      query={query}
    >
      <Answer
        query={query}
        failure="The routes could not be loaded"
        empty={() => (rows?.length === 0 ? <EmptyNotice title={empty}>{detail}</EmptyNotice> : null)}
      >
        {() => (
          <div className="rum-scroll">
            <table>
              <thead className="rum-sr-only">
                <tr>
                  <th scope="col">Route</th>
                  <th scope="col">{kind === 'slowest' ? 'Views' : 'Change'}</th>
                  <th scope="col">LCP p75</th>
                </tr>
              </thead>
              <tbody>
                {rows === undefined ? (
                  <SkeletonRows rows={SHOWN} columns={3} />
                ) : (
                  rows.map((row) => (
                    <tr key={row.value}>
                      <th scope="row">
                        <RouteLink route={row.value} />
                      </th>
                      <td className="rum-muted">
                        {kind === 'slowest' ? (
                          formatViews(row.views)
                        ) : (
                          <ChangeNote
                            metric="lcp"
                            change={changeBetween(row.compared?.vitals.lcp, row.vitals.lcp)}
                            compact
                          />
                        )}
                      </td>
                      <td>
                        <VitalCell name="lcp" figures={row.vitals.lcp} />
                      </td>
                    </tr>
                  ))
                )}
              </tbody>
            </table>
            <TableFiles />
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function slowest(rows: readonly BreakdownRow[], minimum: number): readonly BreakdownRow[] {
  return rows
    .filter(({ vitals }) => vitals.lcp.p75 !== null && vitals.lcp.n >= minimum)
    .sort((a, b) => (b.vitals.lcp.p75 ?? 0) - (a.vitals.lcp.p75 ?? 0));
}

function regressed(rows: readonly BreakdownRow[]): readonly BreakdownRow[] {
  return rows
    .flatMap((row) => {
      const change = changeBetween(row.compared?.vitals.lcp, row.vitals.lcp);
      return change?.certain && change.direction === 'worse' ? [{ row, by: change.ratio ?? Infinity }] : [];
    })
    .sort((a, b) => b.by - a.by)
    .map(({ row }) => row);
}
