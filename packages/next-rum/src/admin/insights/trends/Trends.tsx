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
import './Trends.css';

const DAY = 86_400_000;
const utc = createTimeFormat('utc');

/** What was followed over the weeks, and whether anything rises, falls, or changed its level. */
export function Trends(): ReactElement {
  const { state, time } = useAddress();
  const api = useApi();
  const query = useQuery(trendsQuery(api, state));
  return (
    <>
      <div className="rum-comparisons-head">
        <h2>Trends and shifts</h2>
        <FileLinks hrefOf={(format) => api.trendsFile(state.question, format)} />
      </div>
      <Answer query={query} failure="Trends could not be told">
        {(answer) =>
          answer === undefined ? (
            <PanelPlaceholder />
          ) : (
            <section className="rum-panel rum-trends-told">
              <Outcome answer={answer} madeAt={time.moment(answer.madeAt)} />
            </section>
          )
        }
      </Answer>
    </>
  );
}

function toldFrom({ since, until, days, routes, tests }: TrendsResponse): string {
  return `${formatCount(days)} UTC days, ${utc.day(since)} to ${utc.day(until - DAY)}, of all views and of the ${formatCount(routes)} busiest routes: ${formatCount(tests)} trends and shifts were looked for`;
}

function Outcome({
  answer,
  madeAt,
}: {
  readonly answer: TrendsResponse;
  readonly madeAt: string;
}): ReactElement {
  const { findings, tests, days } = answer;
  if (tests === 0)
    return (
      <EmptyNotice title="Too few days for a trend">
        It takes three weeks of UTC days that are over, each with at least 50 views: there are{' '}
        {formatCount(days)} days with views.
      </EmptyNotice>
    );
  if (findings.length === 0)
    return (
      <EmptyNotice title="No trend, and no shift that stayed">
        Looked at on {madeAt} were {toldFrom(answer)}. p75 of the vitals, errors and views a day are followed.
      </EmptyNotice>
    );
  return (
    <p className="rum-muted">
      {formatCount(findings.length)} {findings.length === 1 ? 'is' : 'are'} told above, on {madeAt} from{' '}
      {toldFrom(answer)}. At most one in twenty is chance. Filters other than by route do not hold here.
    </p>
  );
}
