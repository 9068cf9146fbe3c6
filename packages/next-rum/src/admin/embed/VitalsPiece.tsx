'use client';

import type { VitalName } from '@rumkit/react-rum/protocol';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { hasPage, type Page } from '../address/page.js';
import { useApi } from '../apiContext.js';
import { withRoute } from '../filters.js';
import { VitalCards } from '../overview/VitalCards.js';
import { overviewQuery, vitalQuery } from '../queries.js';
import { DistributionPanel } from '../vitals/DistributionPanel.js';
import { PercentilesPanel } from '../vitals/PercentilesPanel.js';
import { Piece } from './Piece.js';
import { PieceHead } from './PieceHead.js';
import type { PieceSettings } from './pieceSettings.js';
import '../overview/Overview.css';
import '../charts/charts.css';
import '../vitals/Vitals.css';

interface VitalsPieceProps extends PieceSettings {
  /** Null: all routes together. */
  readonly route: string | null;
  /** Which vital is told in full below the five. */
  readonly metric: VitalName;
}

/** The vitals of one route, and one of them in full. */
export function VitalsPiece({ route, metric, ...settings }: VitalsPieceProps): ReactElement {
  const question = route === null ? settings.question : withRoute(settings.question, route);
  return (
    <Piece {...settings} question={question} more={{ metric }}>
      <Vitals title={settings.title} route={route} metric={metric} />
    </Piece>
  );
}

interface VitalsProps extends Pick<VitalsPieceProps, 'title' | 'route' | 'metric'> {}

function Vitals({ title, route, metric }: VitalsProps): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  const overview = useQuery(overviewQuery(api, state));
  const vital = useQuery(vitalQuery(api, state, metric));
  const failed = overview.isError && overview.data === undefined;
  const more: Page = route !== null && hasPage(route) ? { name: 'route', route } : { name: 'vitals', metric };
  return (
    <div className="rum-embed-body">
      <PieceHead
        title={title}
        range={failed ? null : overview.data?.range}
        oneIn={overview.data?.oneIn}
        more={more}
      />
      <VitalCards query={overview} />
      <div className="rum-halves">
        <DistributionPanel metric={metric} query={vital} />
        <PercentilesPanel metric={metric} query={vital} />
      </div>
    </div>
  );
}
