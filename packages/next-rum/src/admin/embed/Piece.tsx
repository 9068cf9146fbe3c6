'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactElement, type ReactNode, useEffect, useMemo, useState } from 'react';
import { DEFAULT_STATE, type UrlState } from '../address/urlState.js';
import { ApiContext } from '../apiContext.js';
import { RegionContext } from '../regionName.js';
import { EmbeddedAddress } from './EmbeddedAddress.js';
import { PieceNotice } from './PieceNotice.js';
import type { PieceSettings } from './pieceSettings.js';
import { roomAt, waitingRoom } from './room.js';
import '../admin.css';
import '../frame/Frame.css';
import '../frame/Toolbar.css';
import './Embed.css';

interface PieceProps extends PieceSettings {
  /** What the piece is set to besides. */
  readonly more?: Partial<UrlState>;
  readonly children: ReactNode;
}

/** What is around every piece: its theme, whom it asks, and what it says where it is refused. */
export function Piece({ children, more, ...settings }: PieceProps): ReactElement {
  const { isAdmitted, endpoint, adminPath, title, theme, paused, question } = settings;
  const [room] = useState(() => (isAdmitted ? roomAt(endpoint) : waitingRoom()));
  const [isRefused, setIsRefused] = useState(false);
  useEffect(() => room.onRefused(() => setIsRefused(true)), [room]);
  const asked = JSON.stringify([question, paused, more]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that renders anew gives the same in new objects
  const state = useMemo(() => ({ ...DEFAULT_STATE, question, paused, theme, ...more }), [asked, theme]);
  if (isRefused) return <PieceNotice reason="sign-in" adminPath={adminPath} theme={theme} />;
  return (
    <section className="rum-admin rum-embed" data-theme={theme} aria-label={title}>
      <QueryClientProvider client={room.client}>
        <ApiContext.Provider value={room.api}>
          <RegionContext.Provider value={title}>
            <EmbeddedAddress key={asked} state={state} adminPath={adminPath}>
              {children}
            </EmbeddedAddress>
          </RegionContext.Provider>
        </ApiContext.Provider>
      </QueryClientProvider>
    </section>
  );
}
