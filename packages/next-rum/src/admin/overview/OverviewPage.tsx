import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useRef } from 'react';
import type { Audience } from '../../server/question.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { PageHead } from '../frame/PageHead.js';
import { OpenIncidents } from '../insights/OpenIncidents.js';
import { breakdownQuery, overviewQuery } from '../queries.js';
import { CountriesPanel } from './CountriesPanel.js';
import { HealthSentence } from './HealthSentence.js';
import { HealthSummary } from './HealthSummary.js';
import { LiveSummary } from './LiveSummary.js';
import { RouteRanking } from './RouteRanking.js';
import { SampleBanner } from './SampleBanner.js';
import { TrafficPanel } from './TrafficPanel.js';
import { VitalCards } from './VitalCards.js';
import './Overview.css';

const TITLES: { readonly [audience in Audience]: string } = {
  visitors: 'Overview',
  bots: 'Overview of bots',
  admin: 'Overview of the admin',
};

/** How the app feels and how it is used, in one look. */
export function OverviewPage(): ReactElement {
  const { state, ask } = useAddress();
  const api = useApi();
  const heading = useRef<HTMLHeadingElement>(null);
  const overview = useQuery(overviewQuery(api, state));
  const devices = useQuery(breakdownQuery(api, state, 'device'));
  const { audience, compare } = state.question;
  const showBots = (): void => {
    ask({ audience: 'bots' });
    // The button that was pressed goes, and its focus would be lost.
    heading.current?.focus();
  };
  return (
    <>
      <PageHead
        title={TITLES[audience]}
        headingRef={heading}
        range={overview.isError && overview.data === undefined ? null : overview.data?.range}
        oneIn={overview.data?.oneIn}
        drawn={overview.data?.drawn}
      >
        <SampleBanner totals={overview.data?.totals} />
      </PageHead>
      <OpenIncidents />
      {overview.isError && overview.data === undefined ? null : (
        <HealthSentence
          // Both at once: what comes later would move what is there.
          overview={devices.isPending ? undefined : overview.data}
          devices={devices.isPlaceholderData ? [] : (devices.data?.rows ?? [])}
        />
      )}
      <VitalCards query={overview} />
      <div className="rum-columns">
        <TrafficPanel query={overview} onShowBots={showBots} />
        <div className="rum-stack">
          <LiveSummary />
          <HealthSummary />
        </div>
      </div>
      <div className="rum-thirds">
        <RouteRanking kind="slowest" />
        {compare === 'none' ? null : <RouteRanking kind="regressed" />}
        <CountriesPanel />
      </div>
    </>
  );
}
