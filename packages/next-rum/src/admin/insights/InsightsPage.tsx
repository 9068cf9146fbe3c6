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
import { Feed } from './feed/Feed.js';
import { insightsQuery } from './insightQueries.js';
import { Trends } from './trends/Trends.js';
import './Insights.css';

/** What was found, what matters most first, and what it was found from. */
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
      <Answer query={query} failure="The insights could not be loaded">
        {(answer) =>
          answer === undefined ? (
            <PanelPlaceholder />
          ) : (
            <>
              {answer.insights.length > 0 ? null : (
                <section className="rum-panel rum-insights-none">
                  <NothingUnusual data={answer} />
                </section>
              )}
              <Feed incidents={answer} now={query.dataUpdatedAt}>
                {answer.truncated ? (
                  <p className="rum-muted">
                    Of incidents these are the {formatCount(answer.insights.length)} that affect most views.
                  </p>
                ) : null}
                <Trends />
                <Comparisons />
              </Feed>
            </>
          )
        }
      </Answer>
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
        Watching begins ten minutes after the first hour with views is over, and catches up within minutes of
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
