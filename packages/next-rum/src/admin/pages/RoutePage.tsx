import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useMemo } from 'react';
import { AddressScope, useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { withRoute } from '../filters.js';
import { PageHead } from '../frame/PageHead.js';
import { TrafficPanel } from '../overview/TrafficPanel.js';
import { VitalCards } from '../overview/VitalCards.js';
import { NextRoutesPanel } from '../paths/NextRoutesPanel.js';
import { overviewQuery, vitalQuery } from '../queries.js';
import { Segmented } from '../Segmented.js';
import { BreakdownPanel } from '../vitals/BreakdownPanel.js';
import { CausesPanel } from '../vitals/CausesPanel.js';
import { DistributionPanel } from '../vitals/DistributionPanel.js';
import { PercentilesPanel } from '../vitals/PercentilesPanel.js';
import { VITALS } from '../vitals.js';
import { RouteBriefs } from './RouteBriefs.js';
import '../overview/Overview.css';
import '../vitals/Vitals.css';

/** One route: the same question with a filter more. */
export function RoutePage({ route }: { readonly route: string }): ReactElement {
  const { state, change } = useAddress();
  const question = useMemo(() => withRoute(state.question, route), [state.question, route]);
  const api = useApi();
  const query = useQuery(overviewQuery(api, { ...state, question }));
  const vital = useQuery(vitalQuery(api, { ...state, question }, state.metric));
  return (
    <>
      <p className="rum-crumb">
        <Link to={{ name: 'pages' }}>Pages</Link> <span aria-hidden="true">/</span>
      </p>
      <PageHead
        title={route}
        range={query.isError && query.data === undefined ? null : query.data?.range}
        oneIn={query.data?.oneIn}
        drawn={query.data?.drawn}
      />
      <AddressScope question={question}>
        <VitalCards query={query} />
        <TrafficPanel query={query} onShowBots={null} />
        <div className="rum-metric-choice">
          <Segmented
            legend="Vital"
            options={VITALS.map(({ name, short }) => ({ value: name, label: short }))}
            value={state.metric}
            onChange={(metric) => change({ metric })}
          />
        </div>
        <div className="rum-halves">
          <DistributionPanel metric={state.metric} query={vital} />
          <PercentilesPanel metric={state.metric} query={vital} />
        </div>
        <CausesPanel metric={state.metric} />
        <BreakdownPanel metric={state.metric} />
        <RouteBriefs />
      </AddressScope>
      <NextRoutesPanel route={route} />
    </>
  );
}
