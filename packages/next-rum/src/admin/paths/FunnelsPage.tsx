import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { MAX_STEPS } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { Choice } from '../frame/Choice.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Panel } from '../Panel.js';
import { ConversionPanel } from './ConversionPanel.js';
import { FunnelSegments } from './FunnelSegments.js';
import { FunnelVitals } from './FunnelVitals.js';
import { funnelQuery } from './pathQueries.js';
import { type PathState, WINDOWS } from './pathState.js';
import { StepsEditor } from './StepsEditor.js';
import { formatSpan } from './seenWords.js';
import './Paths.css';

/** How far visitors come of some steps, and whether those who wait go on as often as the others. */
export function FunnelsPage(): ReactElement {
  const { state, change } = useAddress();
  const query = useQuery(funnelQuery(useApi(), state));
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
          <ConversionPanel query={query} />
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
