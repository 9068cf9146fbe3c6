import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { MAX_STEPS } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { Choice } from '../frame/Choice.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { funnelQuery } from '../queries.js';
import { FunnelSegments } from './FunnelSegments.js';
import { FunnelTable } from './FunnelTable.js';
import { FunnelVitals } from './FunnelVitals.js';
import { type PathState, WINDOWS } from './pathState.js';
import { StepsEditor } from './StepsEditor.js';
import { formatSpan, seenWords } from './seenWords.js';
import './Paths.css';

/** How far visitors come of some steps, and whether those who wait go on as often as the others. */
export function FunnelsPage(): ReactElement {
  const { state, change, time } = useAddress();
  const api = useApi();
  const query = useQuery(funnelQuery(api, state));
  const { steps, window } = state.paths;
  const isAsked = steps.length > 1;
  const data = isAsked ? query.data : undefined;
  const set = (part: Partial<PathState>): void => change({ paths: { ...state.paths, ...part } });
  return (
    <>
      <PageHead title="Funnels" range={isAsked && !query.isError ? data?.range : null} />
      <Panel
        title="Steps"
        className="rum-funnel-steps"
        aside={
          <Choice
            label="All of them within"
            labelled
            options={WINDOWS.map((value) => ({
              value,
              label: value === '' ? 'one session' : formatSpan(Number(value) * 60_000),
            }))}
            value={window}
            onChange={(value) => set({ window: value })}
          />
        }
      >
        <StepsEditor
          noun="step"
          steps={steps}
          most={MAX_STEPS}
          ordered
          onChange={(changed) => set({ steps: changed })}
        />
      </Panel>
      {isAsked ? (
        <>
          <Panel
            title="Conversion"
            className="rum-funnel"
            query={query}
            aside={
              <div className="rum-panel-choices">
                <p className="rum-muted">
                  {data === undefined ? '' : `${formatCount(data.sessions)} sessions looked at`}
                </p>
                <FileLinks
                  hrefOf={(format) => api.funnelFile(state.question, state.paths, state.by, format)}
                />
              </div>
            }
          >
            <Answer
              query={query}
              failure="The funnel could not be loaded"
              empty={(funnel) =>
                (funnel.steps[0]?.reached ?? 0) > 0 ? null : (
                  <EmptyNotice title="Nobody took the first step">
                    No session of this time passes the filters and has it. Look whether its name is right, or
                    choose a longer time.
                  </EmptyNotice>
                )
              }
            >
              {(funnel) => <FunnelTable funnel={funnel} rows={steps.length} />}
            </Answer>
            <p className="rum-panel-foot rum-muted">
              {data === undefined
                ? '\u00a0'
                : `Told from ${seenWords(data.seen, time)}. ${openWords(data.open)}`}
            </p>
          </Panel>
          {data === undefined || data.steps[0]?.reached === 0 ? null : (
            <>
              <FunnelVitals funnel={data} stale={query.isPlaceholderData} />
              <FunnelSegments funnel={data} query={query} />
            </>
          )}
        </>
      ) : (
        <section className="rum-panel rum-funnel-empty">
          <EmptyNotice title="Add two steps or more">
            A page by its route, an event by the name that the application reports it by, or an action by its
            name, in the order in which they are to be taken. What is between them does not matter. The
            address of this page keeps the funnel.
          </EmptyNotice>
        </section>
      )}
    </>
  );
}

function openWords(open: number): string {
  if (open === 0) return '';
  return `${formatCount(open)} of those who have not taken all steps may still go on.`;
}
