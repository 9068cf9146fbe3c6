import type { VitalName } from '@rumkit/react-rum/protocol';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { BreakdownRow } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { MINIMA } from '../address/urlState.js';
import { useApi } from '../apiContext.js';
import { ChangeNote } from '../ChangeNote.js';
import { changeBetween } from '../change.js';
import { DIMENSIONS, dimensionLabel, valueLabel } from '../dimensions.js';
import { ExportLinks } from '../ExportLinks.js';
import { addValue } from '../filters.js';
import { formatCount, formatInterval, formatShare } from '../format.js';
import { Choice } from '../frame/Choice.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { breakdownQuery } from '../queries.js';
import { RatingShares, VitalText } from '../Rating.js';
import { SkeletonRows } from '../Skeleton.js';
import '../table.css';

/** Most rows, all of which are drawn: routes may be many more, and have a page that draws those in sight. */
const MAX_ROWS = 200;

/** The vital by the values of a dimension; a row is a filter. Rows that rest on too few views are greyed and come last. */
export function BreakdownPanel({ metric }: { readonly metric: VitalName }): ReactElement {
  const { state, change } = useAddress();
  const query = useQuery(breakdownQuery(useApi(), state, state.by));
  const rows = query.data && enoughFirst(query.data.rows, metric, state.minimum).slice(0, MAX_ROWS);
  const isCut = query.data?.truncated || (query.data?.rows.length ?? 0) > MAX_ROWS;
  return (
    <Panel
      title="Breakdown"
      className="rum-breakdown"
      query={query}
      aside={
        <div className="rum-panel-choices">
          <Choice
            label="by"
            labelled
            options={DIMENSIONS.map(({ name, label }) => ({ value: name, label }))}
            value={state.by}
            onChange={(by) => change({ by })}
          />
          <Choice
            label="n at least"
            labelled
            options={MINIMA.map((minimum) => ({ value: String(minimum), label: formatCount(minimum) }))}
            value={String(state.minimum)}
            onChange={(text) => change({ minimum: MINIMA.find((known) => String(known) === text) ?? 10 })}
          />
          <ExportLinks dimension={state.by} />
        </div>
      }
    >
      <Answer
        query={query}
        failure="The breakdown could not be loaded"
        empty={(data) =>
          data.rows.length > 0 ? null : (
            <EmptyNotice title="Nothing to break down">No view of this time passes the filters.</EmptyNotice>
          )
        }
      >
        {() => (
          <ScrollRegion label="Breakdown table">
            <table>
              <thead>
                <tr>
                  <th scope="col">{dimensionLabel(state.by)}</th>
                  <th scope="col">Views</th>
                  <th scope="col">p75</th>
                  <th scope="col">95 % interval</th>
                  <th scope="col">Good / needs improvement / poor</th>
                  <th scope="col">n</th>
                  {state.question.compare === 'none' ? null : <th scope="col">Change</th>}
                </tr>
              </thead>
              <tbody>
                {rows === undefined ? (
                  <SkeletonRows rows={5} columns={6} />
                ) : (
                  rows.map((row) => <Row key={row.value} row={row} metric={metric} />)
                )}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </Answer>
      {isCut ? (
        <p className="rum-panel-foot rum-muted">
          Only the {formatCount(rows?.length ?? 0)} values with the most views are listed; the files have all.
        </p>
      ) : null}
    </Panel>
  );
}

function Row({ row, metric }: { readonly row: BreakdownRow; readonly metric: VitalName }): ReactElement {
  const { state, ask } = useAddress();
  const { by, minimum, question } = state;
  const figures = row.vitals[metric];
  const label = valueLabel(by, row.value);
  return (
    <tr data-few={figures.n < minimum}>
      <th scope="row">
        {row.value === '(other)' ? (
          // No filter gives the rarest values together.
          <bdi>{label}</bdi>
        ) : (
          <button
            type="button"
            className="rum-row-button"
            title={`Show only ${dimensionLabel(by)} ${label}`}
            onClick={() => ask({ filters: addValue(question.filters, by, true, row.value) })}
          >
            <bdi>{label}</bdi>
          </button>
        )}
        {figures.n < minimum ? <small> too few views</small> : null}
      </th>
      <td>{formatCount(row.views)}</td>
      <td>
        <VitalText name={metric} p75={figures.p75} />
      </td>
      <td className="rum-muted">
        {figures.interval === null ? '—' : formatInterval(metric, figures.interval)}
      </td>
      <td>
        <RatingShares summary={figures} />
        <span className="rum-sr-only">
          {(['good', 'needsImprovement', 'poor'] as const)
            .map((rating) => formatShare(figures[rating], figures.n))
            .join(' / ')}
        </span>
      </td>
      <td>{formatCount(figures.n)}</td>
      {question.compare === 'none' ? null : (
        <td>
          <ChangeNote metric={metric} change={changeBetween(row.compared?.vitals[metric], figures)} compact />
        </td>
      )}
    </tr>
  );
}

function enoughFirst(
  rows: readonly BreakdownRow[],
  metric: VitalName,
  minimum: number,
): readonly BreakdownRow[] {
  const few = (row: BreakdownRow): number => Number(row.vitals[metric].n < minimum);
  return [...rows].sort((a, b) => few(a) - few(b));
}
