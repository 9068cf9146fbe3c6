import type { VitalName } from '@rumkit/react-rum/protocol';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { useApi } from '../apiContext.js';
import { PageHead } from '../frame/PageHead.js';
import { vitalQuery } from '../queries.js';
import { VITALS } from '../vitals.js';
import { BreakdownPanel } from './BreakdownPanel.js';
import { CausesPanel } from './CausesPanel.js';
import { DistributionPanel } from './DistributionPanel.js';
import { PercentilesPanel } from './PercentilesPanel.js';
import './Vitals.css';

/** One vital in full: how it spreads, how it moved, for whom, and why. */
export function VitalsPage({ metric }: { readonly metric: VitalName }): ReactElement {
  const { state } = useAddress();
  const query = useQuery(vitalQuery(useApi(), state, metric));
  const label = VITALS.find(({ name }) => name === metric);
  return (
    <>
      <PageHead
        title={label?.long ?? metric}
        range={query.isError && query.data === undefined ? null : query.data?.range}
        oneIn={query.data?.oneIn}
        drawn={query.data?.drawn}
      />
      <nav className="rum-tabs" aria-label="Vital">
        <ul>
          {VITALS.map(({ name, short, long }) => (
            <li key={name}>
              <Link to={{ name: 'vitals', metric: name }} current={name === metric}>
                <abbr title={long}>{short}</abbr>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="rum-halves">
        <DistributionPanel metric={metric} query={query} />
        <PercentilesPanel metric={metric} query={query} />
      </div>
      <CausesPanel metric={metric} />
      <BreakdownPanel metric={metric} />
    </>
  );
}
