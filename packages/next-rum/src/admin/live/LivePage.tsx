import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { PageHead } from '../frame/PageHead.js';
import { DoingsPanel } from './DoingsPanel.js';
import { LivePanel } from './LivePanel.js';
import { liveQuery } from './liveQueries.js';
import { NowPanel } from './NowPanel.js';
import { WherePanel } from './WherePanel.js';
import '../overview/Overview.css';
import '../charts/charts.css';
import './LivePage.css';

/** Who is here now, where, and what they do. */
export function LivePage(): ReactElement {
  const { state } = useAddress();
  const query = useQuery(liveQuery(useApi(), state));
  return (
    <>
      <PageHead title="Live" range={null} />
      <NowPanel query={query} />
      <div className="rum-live-columns">
        <LivePanel query={query} />
        <div className="rum-stack">
          <DoingsPanel query={query} />
          <WherePanel query={query} />
        </div>
      </div>
    </>
  );
}
