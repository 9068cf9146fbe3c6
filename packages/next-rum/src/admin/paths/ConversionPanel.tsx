import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { FunnelResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, Panel } from '../Panel.js';
import { FunnelTable } from './FunnelTable.js';
import { seenWords } from './seenWords.js';

/** How far visitors came of the steps of the funnel. */
export function ConversionPanel({ query }: { readonly query: UseQueryResult<FunnelResponse> }): ReactElement {
  const { state, time } = useAddress();
  const api = useApi();
  const { data } = query;
  return (
    <Panel
      title="Conversion"
      className="rum-funnel"
      query={query}
      aside={
        <div className="rum-panel-choices">
          <p className="rum-muted">
            {data === undefined ? '' : `${formatCount(data.sessions)} sessions looked at`}
          </p>
          <FileLinks hrefOf={(format) => api.funnelFile(state.question, state.paths, state.by, format)} />
        </div>
      }
    >
      <Answer
        query={query}
        failure="The funnel could not be loaded"
        empty={(funnel) =>
          (funnel.steps[0]?.reached ?? 0) > 0 ? null : (
            <EmptyNotice title="Nobody took the first step">
              No session of this time passes the filters and has it. Look whether its name is right, or choose
              a longer time.
            </EmptyNotice>
          )
        }
      >
        {(funnel) => <FunnelTable funnel={funnel} rows={state.paths.steps.length} />}
      </Answer>
      <p className="rum-panel-foot rum-muted">
        {data === undefined ? '\u00a0' : `Told from ${seenWords(data.seen, time)}. ${openWords(data.open)}`}
      </p>
    </Panel>
  );
}

function openWords(open: number): string {
  if (open === 0) return '';
  return `${formatCount(open)} of those who have not taken all steps may still go on.`;
}
