import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { type GoalsResponse, MAX_GOALS } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { PageHead } from '../frame/PageHead.js';
import { MarkerList } from '../markers/MarkerList.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { GoalChart } from './GoalChart.js';
import { ImpactPanel } from './ImpactPanel.js';
import { goalsQuery, retentionQuery } from './pathQueries.js';
import { RetentionPanel } from './RetentionPanel.js';
import { StepsEditor } from './StepsEditor.js';
import { seenWords } from './seenWords.js';
import { formatPercent, formatPercents } from './shares.js';
import './Paths.css';

/** How many sessions end well, and who comes again. */
export function GoalsPage(): ReactElement {
  const { state, change, time } = useAddress();
  const api = useApi();
  const query = useQuery(goalsQuery(api, state));
  const again = useQuery(retentionQuery(api, state));
  const { goals } = state.paths;
  const data = goals.length > 0 ? query.data : undefined;
  return (
    <>
      <PageHead title="Goals" range={again.isError && again.data === undefined ? null : again.data?.range} />
      <Panel
        title="Goals"
        className="rum-goals"
        query={query}
        aside={
          goals.length === 0 ? null : (
            <FileLinks hrefOf={(format) => api.goalsFile(state.question, goals, format)} />
          )
        }
      >
        <StepsEditor
          noun="goal"
          steps={goals}
          most={MAX_GOALS}
          ordered={false}
          onChange={(changed) => change({ paths: { ...state.paths, goals: changed } })}
        />
        {goals.length === 0 ? (
          <EmptyNotice title="Add a goal">
            A page, an event or an action that a session should have, such as the page that thanks for an
            order. Here stands then, day by day, how many sessions had it. The address of this page keeps the
            goals.
          </EmptyNotice>
        ) : (
          <Answer query={query} failure="The goals could not be loaded">
            {(given) =>
              given === undefined ? (
                <div className="rum-goal" aria-busy="true" />
              ) : (
                given.goals.map((goal, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the same goal may come twice
                  <Goal key={place} goal={goal} range={given.range} />
                ))
              )
            }
          </Answer>
        )}
        {goals.length === 0 ? null : <MarkerList of="goals" range={data?.range} />}
        {data === undefined ? null : (
          <p className="rum-panel-foot rum-muted">
            Told from {seenWords(data.seen, time)}. Days are UTC, and a session counts on the day that it
            began on.
          </p>
        )}
      </Panel>
      {goals.length === 0 ? null : <ImpactPanel />}
      <RetentionPanel query={again} />
    </>
  );
}

interface GoalProps extends Pick<GoalsResponse, 'range'> {
  readonly goal: GoalsResponse['goals'][number];
}

function Goal({ goal, range }: GoalProps): ReactElement {
  const { total, name } = goal;
  return (
    <section className="rum-goal" aria-label={name}>
      <header>
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <p>
          {total.share === null || total.interval === null ? (
            'No session'
          ) : (
            <>
              <strong>{formatPercent(total.share)}</strong>{' '}
              <span className="rum-muted">
                of {formatCount(total.whole)} sessions, 95 % interval {formatPercents(total.interval)}
              </span>
            </>
          )}
        </p>
      </header>
      <GoalChart goal={goal} range={range} />
    </section>
  );
}
