import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { InsightsResponse } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { FileLinks } from '../ExportLinks.js';
import { formatCount } from '../format.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, PanelPlaceholder } from '../Panel.js';
import { Comparisons } from './comparisons/Comparisons.js';
import { InsightCard } from './InsightCard.js';
import { insightsQuery } from './insightQueries.js';
import { Trends } from './trends/Trends.js';
import './Insights.css';

/** Whose hours are shown at once. */
const MOST_OPEN = 3;

/** What was unusual, worst first. */
export function InsightsPage(): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  const query = useQuery(insightsQuery(api, state));
  const { data } = query;
  return (
    <>
      <PageHead title="Insights" range={query.isError && data === undefined ? null : data?.range} />
      <div className="rum-insights-head">
        <FileLinks hrefOf={(format) => api.insightsFile(state.question, format)} />
        <Watched data={data} />
      </div>
      <Answer
        query={query}
        failure="The insights could not be loaded"
        empty={(answer) =>
          answer.insights.length > 0 ? null : (
            <section className="rum-panel rum-insights-none">
              <NothingUnusual data={answer} />
            </section>
          )
        }
      >
        {(answer) =>
          answer === undefined ? (
            <PanelPlaceholder />
          ) : (
            answer.insights.map((insight, index) => (
              <InsightCard
                key={insight.id}
                insight={insight}
                isOpen={index < MOST_OPEN && insight.ended === null}
              />
            ))
          )
        }
      </Answer>
      {data?.truncated ? (
        <p className="rum-muted">These are the {formatCount(data.insights.length)} that affect most views.</p>
      ) : null}
      {/* After the incidents, whose number it would be moved by. */}
      {data === undefined ? null : (
        <>
          <Trends />
          <Comparisons />
        </>
      )}
    </>
  );
}

function Watched({ data }: { readonly data: InsightsResponse | undefined }): ReactElement {
  const { time } = useAddress();
  const watched = data?.watched ?? null;
  return (
    <p className="rum-muted">
      {watched === null
        ? ' '
        : `Watched hour by hour since ${time.moment(watched.since)}, up to ${time.moment(watched.until)}, by the clock of ${watched.timeZone}.`}
    </p>
  );
}

function NothingUnusual({ data }: { readonly data: InsightsResponse }): ReactElement {
  if (data.watched === null) {
    return (
      <EmptyNotice title="Nothing is watched yet">
        Watching begins ten minutes after the first hour with views is over, and catches up within a minute of
        a start. It says nothing in the first three days, and of silence in the first week: it has to learn
        what is usual.
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice title="Nothing was unusual">
      In this time, that is, and of the views that pass the filters. Watched are LCP, INP, CLS and TTFB,
      errors and how many views come: of the whole site and of each route, country, browser, connection and
      kind of device.
    </EmptyNotice>
  );
}
