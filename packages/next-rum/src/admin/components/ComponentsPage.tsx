import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { FigureTable } from '../activity/FigureTable.js';
import { TIMING_CHOICES } from '../activity/listing.js';
import { TableColumns } from '../activity/TableColumns.js';
import { ToldNote } from '../activity/ToldNote.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { Choice } from '../frame/Choice.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { timingsQuery } from '../queries.js';
import { TIMING_CHANGE, TIMING_COLUMNS } from './timingColumns.js';
import { TIMING_LABELS } from './timingWords.js';
import '../activity/Activity.css';

/** How long renders, queries, and what the app measures take, and where. */
export function ComponentsPage(): ReactElement {
  const { state, change } = useAddress();
  const api = useApi();
  const { listing, question } = state;
  const query = useQuery(timingsQuery(api, state, listing.timing));
  const { data } = query;
  const counts = new Map(data?.kinds.map(({ kind, n }) => [kind as string, n]));
  const columns = question.compare === 'none' ? TIMING_COLUMNS : [...TIMING_COLUMNS, TIMING_CHANGE];
  return (
    <>
      <PageHead title="Components" range={query.isError && data === undefined ? null : data?.range} />
      <ToldNote told={data?.told} what="timings and long tasks" />
      <Panel
        title="Timings"
        className="rum-figure-panel"
        query={query}
        aside={
          <div className="rum-panel-choices">
            <Choice
              label="Kind"
              options={TIMING_CHOICES.map((value) => {
                const n = counts.get(value);
                return {
                  value,
                  label: `${TIMING_LABELS[value]}${n === undefined ? '' : ` (${formatCount(n)})`}`,
                };
              })}
              value={listing.timing}
              onChange={(timing) => change({ listing: { ...listing, timing } })}
            />
            <TableColumns table="timings" columns={columns} />
            <FileLinks hrefOf={(format) => api.timingsFile(question, listing.timing, format)} />
          </div>
        }
      >
        <Answer
          query={query}
          failure="The timings could not be loaded"
          empty={({ rows }) =>
            rows.length > 0 ? null : (
              <EmptyNotice title="No timings">
                None was recorded in this time that passes the filters. Renders come from{' '}
                <code>useTrackRender</code>, queries from <code>trackQueryClient</code>, others from{' '}
                <code>trackTiming</code>, the browser’s marks and measures, and its long tasks.
              </EmptyNotice>
            )
          }
        >
          {(answer) => (
            <FigureTable
              name="timings"
              label="Timings table"
              columns={columns}
              rows={answer?.rows}
              keyOf={({ kind, name, part, route }) => JSON.stringify([kind, name, part, route])}
              usual="total"
            />
          )}
        </Answer>
        {data?.truncated ? (
          <p className="rum-panel-foot rum-muted">Only those that take most time are listed.</p>
        ) : null}
      </Panel>
    </>
  );
}
