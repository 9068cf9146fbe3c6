import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { TrendsResponse } from '../../../server/api.js';
import { useAddress } from '../../address/Address.js';
import { useApi } from '../../apiContext.js';
import { FileLinks } from '../../ExportLinks.js';
import { formatCount } from '../../format.js';
import { EmptyNotice } from '../../Notice.js';
import { Answer, PanelPlaceholder } from '../../Panel.js';
import { createTimeFormat } from '../../timeFormat.js';
import { trendsQuery } from '../insightQueries.js';
import { TrendCard } from './TrendCard.js';
import './Trends.css';

/** Whose days are shown at once. */
const MOST_OPEN = 2;
const DAY = 86_400_000;
const utc = createTimeFormat('utc');

/** What rises, falls, or changed its level over the weeks, or that nothing does. */
export function Trends(): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  const query = useQuery(trendsQuery(api, state));
  return (
    <>
      <div className="rum-comparisons-head">
        <h2>Trends and shifts</h2>
        <FileLinks hrefOf={(format) => api.trendsFile(state.question, format)} />
      </div>
      <Answer
        query={query}
        failure="Trends could not be told"
        empty={(answer) =>
          answer.findings.length > 0 ? null : (
            <section className="rum-panel rum-insights-none">
              <NoTrend answer={answer} />
            </section>
          )
        }
      >
        {(answer) =>
          answer === undefined ? (
            <PanelPlaceholder />
          ) : (
            // What is snoozed is to be out of the way.
            [...answer.findings]
              .sort((one, other) => Number(one.snoozedUntil !== null) - Number(other.snoozedUntil !== null))
              .map((finding, place) => (
                <TrendCard
                  key={finding.id}
                  finding={finding}
                  isOpen={place < MOST_OPEN && finding.snoozedUntil === null}
                />
              ))
          )
        }
      </Answer>
      {query.data === undefined || query.data.findings.length === 0 ? null : (
        <p className="rum-muted rum-trends-told">
          Told from {toldFrom(query.data)}. Of what is named at most one in twenty is chance. Filters other
          than by route do not hold here.
        </p>
      )}
    </>
  );
}

function toldFrom({ since, until, days, routes, tests }: TrendsResponse): string {
  return `${formatCount(days)} UTC days, ${utc.day(since)} to ${utc.day(until - DAY)}, of all views and of the ${formatCount(routes)} busiest routes: ${formatCount(tests)} trends and shifts were looked for`;
}

function NoTrend({ answer }: { readonly answer: TrendsResponse }): ReactElement {
  if (answer.tests === 0)
    return (
      <EmptyNotice title="Too few days for a trend">
        It takes three weeks of UTC days that are over, each with at least 50 views: there are{' '}
        {formatCount(answer.days)} days with views.
      </EmptyNotice>
    );
  return (
    <EmptyNotice title="No trend, and no shift that stayed">
      Looked at were {toldFrom(answer)}. p75 of the vitals, errors and views a day are followed.
    </EmptyNotice>
  );
}
