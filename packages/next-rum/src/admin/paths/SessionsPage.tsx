import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { SESSION_TROUBLES, type SessionsResponse, type SessionTrouble } from '../../server/api.js';
import { TableColumns } from '../activity/TableColumns.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { Choice } from '../frame/Choice.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { sessionsQuery } from './pathQueries.js';
import { LEAST_VIEWS, type PathState } from './pathState.js';
import { SESSION_HEADS, SessionsTable } from './SessionsTable.js';
import { seenWords } from './seenWords.js';
import './Sessions.css';

const TROUBLES: { readonly [trouble in SessionTrouble]: string } = {
  errors: 'Errors',
  frustrations: 'Frustration',
  slow: 'A poor vital',
};

/** The latest visits, one by one. */
export function SessionsPage(): ReactElement {
  const { state, time } = useAddress();
  const api = useApi();
  const query = useQuery(sessionsQuery(api, state));
  const { data } = query;
  return (
    <>
      <PageHead title="Sessions" range={query.isError && data === undefined ? null : data?.range} />
      <Panel
        title="Latest"
        label="Latest sessions"
        className="rum-sessions"
        query={query}
        aside={
          <div className="rum-panel-choices">
            <p className="rum-muted">{caption(data)}</p>
            <TableColumns table="sessions" columns={SESSION_HEADS} />
            <FileLinks hrefOf={(format) => api.sessionsFile(state.question, state.paths, format)} />
          </div>
        }
      >
        <SessionChoices />
        <Answer
          query={query}
          failure="The sessions could not be loaded"
          empty={({ sessions }) =>
            sessions.length > 0 ? null : (
              <EmptyNotice title="No such session">
                None began in this time that passes the filters and has what is asked for. Choose a longer
                time, or ask for less.
              </EmptyNotice>
            )
          }
        >
          {(given) => <SessionsTable sessions={given?.sessions} now={query.dataUpdatedAt} />}
        </Answer>
        <p className="rum-panel-foot rum-muted">
          {data === undefined ? '\u00a0' : `Looked for among ${seenWords(data.seen, time)}. `}
          Sessions are told from single views, which are deleted after a while.
        </p>
      </Panel>
    </>
  );
}

function caption(data: SessionsResponse | undefined): string {
  if (data === undefined) return '';
  const { sessions, truncated } = data;
  const counted = `${formatCount(sessions.length)} ${sessions.length === 1 ? 'session' : 'sessions'}`;
  return truncated ? `the latest ${counted}` : counted;
}

function SessionChoices(): ReactElement {
  const { state, change } = useAddress();
  const { troubles, leastViews } = state.paths;
  const set = (part: Partial<PathState>): void => change({ paths: { ...state.paths, ...part } });
  return (
    <div className="rum-session-choices">
      <fieldset>
        <legend>Only with</legend>
        {SESSION_TROUBLES.map((trouble) => (
          <label key={trouble}>
            <input
              type="checkbox"
              checked={troubles.includes(trouble)}
              onChange={() =>
                set({
                  troubles: SESSION_TROUBLES.filter(
                    (known) => (known === trouble) !== troubles.includes(known),
                  ),
                })
              }
            />
            {TROUBLES[trouble]}
          </label>
        ))}
      </fieldset>
      <Choice
        label="Views"
        labelled
        options={LEAST_VIEWS.map((least) => ({
          value: String(least),
          label: least === 1 ? 'any number' : `${least} or more`,
        }))}
        value={String(leastViews)}
        onChange={(value) =>
          set({ leastViews: LEAST_VIEWS.find((known) => String(known) === value) ?? leastViews })
        }
      />
    </div>
  );
}
