'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { MAX_STEPS, type PathStep } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { DEFAULT_STATE } from '../address/urlState.js';
import { useApi } from '../apiContext.js';
import { EmptyNotice } from '../Notice.js';
import { ConversionPanel } from '../paths/ConversionPanel.js';
import { funnelQuery } from '../paths/pathQueries.js';
import type { PathState } from '../paths/pathState.js';
import { Piece } from './Piece.js';
import { PieceHead } from './PieceHead.js';
import type { PieceSettings } from './pieceSettings.js';
import '../paths/Paths.css';

interface FunnelPieceProps extends PieceSettings {
  readonly steps: readonly PathStep[];
  /** Minutes in which all steps have to be taken; empty: within a session. */
  readonly window: PathState['window'];
}

/** How far visitors come of some steps. */
export function FunnelPiece({ steps, window, ...settings }: FunnelPieceProps): ReactElement {
  return (
    <Piece {...settings} more={{ paths: { ...DEFAULT_STATE.paths, steps, window } }}>
      <Funnel title={settings.title} />
    </Piece>
  );
}

function Funnel({ title }: { readonly title: string }): ReactElement {
  const { state } = useAddress();
  const { steps } = state.paths;
  const isFunnel = steps.length > 1 && steps.length <= MAX_STEPS;
  const query = useQuery({ ...funnelQuery(useApi(), state), enabled: isFunnel });
  return (
    <div className="rum-embed-body">
      <PieceHead
        title={title}
        range={isFunnel && !query.isError ? query.data?.range : null}
        more={{ name: 'funnels' }}
      />
      {isFunnel ? (
        <ConversionPanel query={query} />
      ) : (
        <div className="rum-panel">
          <EmptyNotice title={`A funnel has 2 to ${MAX_STEPS} steps`}>
            This one was given {steps.length} as its steps.
          </EmptyNotice>
        </div>
      )}
    </div>
  );
}
