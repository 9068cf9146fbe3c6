'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { HealthSentence } from '../overview/HealthSentence.js';
import { TrafficPanel } from '../overview/TrafficPanel.js';
import { VitalCards } from '../overview/VitalCards.js';
import { breakdownQuery, overviewQuery } from '../queries.js';
import { Piece } from './Piece.js';
import { PieceHead } from './PieceHead.js';
import type { PieceSettings } from './pieceSettings.js';
import '../overview/Overview.css';

/** How the app feels and how it is used. */
export function OverviewPiece(settings: PieceSettings): ReactElement {
  return (
    <Piece {...settings}>
      <Overview title={settings.title} />
    </Piece>
  );
}

function Overview({ title }: { readonly title: string }): ReactElement {
  const { state } = useAddress();
  const api = useApi();
  const overview = useQuery(overviewQuery(api, state));
  const devices = useQuery(breakdownQuery(api, state, 'device'));
  const failed = overview.isError && overview.data === undefined;
  return (
    <div className="rum-embed-body">
      <PieceHead
        title={title}
        range={failed ? null : overview.data?.range}
        oneIn={overview.data?.oneIn}
        more={{ name: 'overview' }}
      />
      <HealthSentence
        // Both at once: what comes later would move what is there.
        overview={devices.isPending ? undefined : overview.data}
        devices={devices.isPlaceholderData ? [] : (devices.data?.rows ?? [])}
      />
      <VitalCards query={overview} />
      <TrafficPanel query={overview} onShowBots={null} />
    </div>
  );
}
