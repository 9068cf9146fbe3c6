import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { ErrorsResponse } from '../../server/api.js';
import { TableColumns } from '../activity/TableColumns.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { errorsQuery } from '../queries.js';
import { ErrorsOverTime } from './ErrorsOverTime.js';
import { ERROR_HEADS, ErrorsTable } from './ErrorsTable.js';
import { toldWords } from './toldWords.js';
import './Errors.css';

/** Every error that happened, those that are alike as one. */
export function ErrorsPage(): ReactElement {
  const { state, time } = useAddress();
  const api = useApi();
  const query = useQuery(errorsQuery(api, state));
  const { data } = query;
  return (
    <>
      <PageHead
        title="Errors"
        range={query.isError && data === undefined ? null : data?.range}
        oneIn={data?.oneIn}
      />
      <ErrorsOverTime query={query} />
      <Panel
        title="Groups"
        className="rum-errors"
        query={query}
        aside={
          <div className="rum-panel-choices">
            <p className="rum-muted">{caption(data)}</p>
            <TableColumns table="errors" columns={ERROR_HEADS} />
            <FileLinks hrefOf={(format) => api.errorsFile(state.question, format)} />
          </div>
        }
      >
        <Answer
          query={query}
          failure="The errors could not be loaded"
          empty={({ groups }) =>
            groups.length > 0 ? null : (
              <EmptyNotice title="No errors">
                None happened in this time that passes the filters. What the agent records as an error, and
                how to report one yourself, is in its documentation.
              </EmptyNotice>
            )
          }
        >
          {(errors) => <ErrorsTable errors={errors} now={query.dataUpdatedAt} />}
        </Answer>
        {data === undefined || data.groups.length === 0 || data.told.complete ? null : (
          <p className="rum-panel-foot rum-muted">
            Visitors and routes are those of {toldWords(data, time)}.
          </p>
        )}
      </Panel>
    </>
  );
}

function caption(data: ErrorsResponse | undefined): string {
  if (data === undefined) return '';
  const { events, groups, truncated } = data;
  const times = `${formatCount(events)} ${events === 1 ? 'event' : 'events'}`;
  if (truncated) return `${times}, the ${formatCount(groups.length)} most frequent groups`;
  return `${times} in ${formatCount(groups.length)} ${groups.length === 1 ? 'group' : 'groups'}`;
}
