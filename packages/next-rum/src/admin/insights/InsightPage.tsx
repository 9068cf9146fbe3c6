import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { ApiFailure } from '../adminApi.js';
import { useApi } from '../apiContext.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Answer, PanelPlaceholder } from '../Panel.js';
import { InsightCard } from './InsightCard.js';
import { insightQuery } from './insightQueries.js';
import './Insights.css';

/** One incident, as a message about it links to. */
export function InsightPage({ id }: { readonly id: string }): ReactElement {
  const { state } = useAddress();
  const query = useQuery(insightQuery(useApi(), state, id));
  const isGone = query.error instanceof ApiFailure && query.error.status === 404;
  return (
    <>
      <p className="rum-crumb">
        <Link to={{ name: 'insights' }}>Insights</Link> <span aria-hidden="true">/</span>
      </p>
      <PageHead title="Incident" range={null} />
      {isGone ? (
        <section className="rum-panel rum-insights-none">
          <EmptyNotice title="It is not there">
            There is no such incident, or it is no longer kept: they are kept for 13 months.
          </EmptyNotice>
        </section>
      ) : (
        <Answer query={query} failure="The incident could not be loaded">
          {(insight) =>
            insight === undefined ? <PanelPlaceholder /> : <InsightCard insight={insight} isOpen />
          }
        </Answer>
      )}
    </>
  );
}
