import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { AlertsResponse, NoticeLine } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel, ScrollRegion } from '../Panel.js';
import { useMayChange } from '../roleContext.js';
import { SkeletonRows } from '../Skeleton.js';
import { alertsQuery, useChange } from '../saved/savedQueries.js';
import { AlertRules } from './AlertRules.js';
import '../table.css';

/** Who is told of incidents, what they were told, and a way to see whether it arrives. */
export function AlertsPanel(): ReactElement {
  const api = useApi();
  const query = useQuery(alertsQuery(api));
  return (
    <Panel
      title="Alerts"
      className="rum-alerts"
      query={query}
      aside={<FileLinks hrefOf={(format) => api.alertsFile(format)} />}
    >
      <Answer
        query={query}
        failure="The alerts could not be loaded"
        empty={({ notifiers, notices }) =>
          notifiers.length + notices.length > 0 ? null : (
            <EmptyNotice title="Nobody is told">
              Incidents are shown under Insights. Webhooks, Slack and e-mail are set up by the option{' '}
              <code>alerts</code> of <code>defineRum</code>.
            </EmptyNotice>
          )
        }
      >
        {(data) => (
          <>
            <ul className="rum-notifiers" aria-label="Who is told">
              {data?.notifiers.map((name) => (
                <Notifier key={name} name={name} />
              ))}
            </ul>
            <AlertRules data={data} />
            <Notices data={data} />
          </>
        )}
      </Answer>
    </Panel>
  );
}

function Notifier({ name }: { readonly name: string }): ReactElement {
  const mayChange = useMayChange();
  const test = useChange('alerts');
  return (
    <li>
      <bdi>{name}</bdi>
      <button
        type="button"
        className="rum-button"
        disabled={!mayChange || test.isPending}
        title={mayChange ? undefined : 'Only admins send a test'}
        onClick={() => test.mutate({ do: 'test', notifier: name })}
      >
        {test.isPending ? 'Sending…' : 'Send a test'}
        <span className="rum-sr-only"> to {name}</span>
      </button>
      {test.isError ? (
        <span className="rum-error" role="alert">
          {test.error.message}
        </span>
      ) : null}
    </li>
  );
}

const KINDS: { readonly [kind in NoticeLine['kind']]: string } = {
  opened: 'Incident',
  resolved: 'Resolved',
  test: 'Test',
  report: 'Weekly report',
};

function Notices({ data }: { readonly data: AlertsResponse | undefined }): ReactElement {
  const { time } = useAddress();
  if (data?.notices.length === 0) {
    return <EmptyNotice title="Nothing was sent yet">A test shows whether messages arrive.</EmptyNotice>;
  }
  return (
    <ScrollRegion label="Messages, table">
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">To</th>
            <th scope="col">What</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {data === undefined ? (
            <SkeletonRows rows={3} columns={4} />
          ) : (
            data.notices.map((notice) => (
              <tr key={notice.id}>
                <th scope="row">{time.moment(notice.createdAt)}</th>
                <td>
                  <bdi>{notice.notifier}</bdi>
                </td>
                <td>
                  {notice.incident === null ? (
                    KINDS[notice.kind]
                  ) : (
                    <Link to={{ name: 'insight', id: notice.incident }}>{KINDS[notice.kind]}</Link>
                  )}
                </td>
                <td>
                  {stateWords(notice, time.moment)}
                  {notice.error === null ? null : <bdi className="rum-error"> {notice.error}</bdi>}
                </td>
              </tr>
            ))
          )}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function stateWords(
  { state, attempts, createdAt, dueAt, finishedAt }: NoticeLine,
  moment: (time: number) => string,
): string {
  const when = finishedAt === null ? '' : ` ${moment(finishedAt)}`;
  switch (state) {
    case 'sent':
      return `Sent${when}`;
    case 'muted':
      return `Snoozed${when}`;
    case 'over':
      return 'Over before anybody was to be told';
    case 'failed':
      return `Given up after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}.`;
    case 'waiting':
      if (attempts > 0) return `Tried ${attempts} times, again ${moment(dueAt)}.`;
      return dueAt > createdAt ? `Waits until ${moment(dueAt)}` : 'Waits';
  }
}
