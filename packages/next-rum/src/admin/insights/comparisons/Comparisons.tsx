import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../../address/Address.js';
import { useApi } from '../../apiContext.js';
import { FileLinks } from '../../ExportLinks.js';
import { EmptyNotice } from '../../Notice.js';
import { Answer, PanelPlaceholder } from '../../Panel.js';
import { comparisonsQuery } from '../insightQueries.js';
import { ChangePanel } from './ChangePanel.js';
import './Comparisons.css';

/** What the latest releases and flags changed, or that they changed nothing one could tell. */
export function Comparisons(): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  const query = useQuery(comparisonsQuery(api, state));
  return (
    <>
      <div className="rum-comparisons-head">
        <h2>Releases and feature flags</h2>
        <FileLinks hrefOf={(format) => api.comparisonsFile(state.question, format)} />
      </div>
      <Answer
        query={query}
        failure="Releases and flags could not be compared"
        empty={({ changes }) =>
          changes.length > 0 ? null : (
            <section className="rum-panel rum-insights-none">
              <EmptyNotice title="Nothing to compare">
                No release came up in this time, and no view was shown two variants of a feature flag. Give
                the agent a release and report flags, and what they change is told here.
              </EmptyNotice>
            </section>
          )
        }
      >
        {(answer) =>
          answer === undefined ? (
            <PanelPlaceholder />
          ) : (
            answer.changes.map((change) => (
              <ChangePanel
                key={`${change.kind} ${change.name} ${change.variant}`}
                change={change}
                madeAt={answer.madeAt}
              />
            ))
          )
        }
      </Answer>
    </>
  );
}
