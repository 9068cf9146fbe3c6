import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactElement } from 'react';
import type { ImpactResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount, formatInterval, formatVital } from '../format.js';
import { Choice } from '../frame/Choice.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { VITALS } from '../vitals.js';
import { ImpactChart } from './ImpactChart.js';
import { ImpactRatings } from './ImpactRatings.js';
import { isSure } from './impactWords.js';
import { impactQuery } from './pathQueries.js';
import type { PathState } from './pathState.js';
import { seenWords } from './seenWords.js';
import { formatPercent, formatPercents, formatPoints, formatPointsInterval } from './shares.js';
import { WhatIfTable } from './WhatIfTable.js';
import './Impact.css';

/** How often sessions had one of the goals, by how fast they were, and what if they were faster. */
export function ImpactPanel(): ReactElement {
  const { state, change, time } = useAddress();
  const api = useApi();
  const { goals, impactGoal, impactMetric: metric } = state.paths;
  const [first = { kind: 'view', name: '' } as const] = goals;
  const goal = goals[impactGoal] ?? first;
  const query = useQuery(impactQuery(api, state, { goal, metric }));
  const set = (part: Partial<PathState>): void => change({ paths: { ...state.paths, ...part } });
  const places = goals.map((_, place) => String(place));
  return (
    <Panel
      title="Speed and goals"
      className="rum-impact"
      query={query}
      aside={
        <div className="rum-impact-choices">
          {goals.length < 2 ? null : (
            <Choice
              label="Goal"
              options={places.map((value) => ({ value, label: goals[Number(value)]?.name ?? '' }))}
              value={String(goals.indexOf(goal))}
              onChange={(value) =>
                set({ impactGoal: ([0, 1, 2, 3] as const).find((place) => String(place) === value) ?? 0 })
              }
            />
          )}
          <Choice
            label="Vital"
            options={VITALS.map(({ name, long }) => ({ value: name, label: long }))}
            value={metric}
            onChange={(value) => set({ impactMetric: value })}
          />
          <FileLinks hrefOf={(format) => api.impactFile(state.question, { goal, metric }, format)} />
        </div>
      }
    >
      <Answer
        query={query}
        failure="How speed and goals go together could not be loaded"
        empty={({ total }) =>
          total.whole > 0 ? null : (
            <EmptyNotice title="No session has this vital">
              Choose another vital or a longer time: of a session the first page counts that has the vital and
              began before the goal.
            </EmptyNotice>
          )
        }
      >
        {(impact) =>
          impact === undefined ? (
            <div className="rum-impact-wait" aria-busy="true" />
          ) : (
            <>
              <Sentence impact={impact} />
              <ImpactChart impact={impact} />
              <div className="rum-impact-tables">
                <ImpactRatings impact={impact} />
                <WhatIfTable impact={impact} />
              </div>
              <p className="rum-panel-foot rum-muted">
                This is an association, not a cause: those who wait longer often have other devices, networks
                and countries too. Filters tell whether it holds among those who are alike. Told from{' '}
                {seenWords(impact.seen, time)}; {formatCount(impact.sessions)} sessions,{' '}
                {formatCount(impact.sessions - impact.total.whole)} of them without this vital.
              </p>
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

function Sentence({ impact }: { readonly impact: ImpactResponse }): ReactElement {
  const { metric, total, difference, p75, p75Interval, goal } = impact;
  const vital = VITALS.find(({ name }) => name === metric)?.short ?? metric;
  const sure = isSure(difference);
  return (
    <p className="rum-impact-sentence">
      {total.share === null || total.interval === null ? null : (
        <>
          <strong>{formatPercent(total.share)}</strong> of {formatCount(total.whole)} sessions had{' '}
          <bdi>{goal.name}</bdi> (95 % interval {formatPercents(total.interval)}); their p75 {vital} is{' '}
          {formatVital(metric, p75)}
          {p75Interval === null ? '' : ` (${formatInterval(metric, p75Interval)})`}.{' '}
        </>
      )}
      {difference === null ? (
        <>All of them are rated alike, so that nothing can be compared.</>
      ) : (
        <Fragment>
          {sure ? (
            <strong>
              Those with a good {vital} had it {difference.value > 0 ? 'more' : 'less'} often than the others
            </strong>
          ) : (
            <>No significant difference between those with a good {vital} and the others</>
          )}
          : {formatPoints(difference.value)} (95 % interval {formatPointsInterval(difference.interval)}).
        </Fragment>
      )}
    </p>
  );
}
