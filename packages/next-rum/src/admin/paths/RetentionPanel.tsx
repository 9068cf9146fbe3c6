import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { RetentionResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { createTimeFormat } from '../timeFormat.js';
import { ShareText } from './shares.js';
import '../table.css';

const utc = createTimeFormat('utc');

/** Users by the week in which they were seen first, and how many of them came again. */
export function RetentionPanel({
  query,
}: {
  readonly query: UseQueryResult<RetentionResponse>;
}): ReactElement {
  const { state, time } = useAddress();
  const api = useApi();
  const { data } = query;
  const weeks = Math.max(0, ...(data?.cohorts ?? []).map(({ returned }) => returned.length));
  return (
    <Panel
      title="Retention"
      className="rum-retention"
      query={query}
      aside={
        data === undefined || data.privacy === 'strict' ? null : (
          <FileLinks hrefOf={(format) => api.retentionFile(state.question, format)} />
        )
      }
    >
      <Answer query={query} failure="The retention could not be loaded" empty={emptyOf}>
        {(given) => (
          <ScrollRegion label="Retention table" busy={given === undefined}>
            <table>
              <thead>
                <tr>
                  <th scope="col">First seen in the week of</th>
                  <th scope="col">Users</th>
                  {Array.from({ length: weeks }, (_, week) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a column is its week's
                    <th key={week} scope="col">
                      {week === 0 ? 'A week later' : `${week + 1} weeks later`}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {given?.cohorts.map(({ t, users, returned }) => (
                  <tr key={t}>
                    <th scope="row">{utc.day(t)}</th>
                    <td>{formatCount(users)}</td>
                    {Array.from({ length: weeks }, (_, week) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its week's
                      <td key={week} data-level={Math.round((returned[week]?.share ?? 0) * 5)}>
                        {returned[week] === undefined ? '' : <ShareText figure={returned[week]} />}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </Answer>
      {data === undefined || data.cohorts.length === 0 ? null : (
        <p className="rum-panel-foot rum-muted">
          Of users that the application names,{' '}
          {data.complete ? 'all of this time' : `since ${time.moment(data.since)}`}. Whoever was here before
          that counts as new. The last week is not over.
        </p>
      )}
    </Panel>
  );
}

function emptyOf({ privacy, cohorts }: RetentionResponse): ReactElement | null {
  if (privacy === 'strict') {
    return (
      <EmptyNotice title="Nobody can be told again">
        In strict privacy a visitor gets another pseudonym every day, so that nobody, this page included, can
        tell whether somebody came again. Retention needs visitors who consent and an application that says
        who they are: defineRum with privacy “consent”, and identify().
      </EmptyNotice>
    );
  }
  return cohorts.length > 0 ? null : (
    <EmptyNotice title="No user is named">
      Retention is told of users that the application names by identify(), and there is none in this time that
      passes the filters. Choose a longer time, such as 30 days.
    </EmptyNotice>
  );
}
