import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useSyncExternalStore } from 'react';
import type { BoardPanel } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { type AdminApi, ApiFailure } from '../adminApi.js';
import { PageHead } from '../frame/PageHead.js';
import { Gate } from '../Gate.js';
import { Logo } from '../icons.js';
import { Panel } from '../Panel.js';
import { PanelContent } from './PanelContent.js';
import { panelTitle } from './panelWords.js';
import './Boards.css';

const REFRESH = 60_000;

/** A board for whoever has a link to it: its token is after the hash of the address, which no server is sent. */
export function SharedBoard({ api }: { readonly api: AdminApi }): ReactElement | null {
  const token = useSyncExternalStore(
    onHashChange,
    () => window.location.hash.slice(1),
    () => '',
  );
  return token === '' ? <NoLink /> : <Board key={token} api={api} token={token} />;
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

interface BoardProps {
  readonly api: AdminApi;
  readonly token: string;
}

function Board({ api, token }: BoardProps): ReactElement {
  const { time } = useAddress();
  const query = useQuery({
    queryKey: ['rum', 'shared', token],
    queryFn: ({ signal }) => api.shared(token, signal),
    refetchInterval: REFRESH,
  });
  if (query.error instanceof ApiFailure && query.error.status === 404) return <NoLink />;
  const board = query.data;
  return (
    <div className="rum-shared">
      <header className="rum-brand">
        <Logo />
        <span>A shared board</span>
      </header>
      <main className="rum-main">
        <PageHead title={board?.name ?? 'Board'} range={null}>
          <p className="rum-period">
            {board === undefined
              ? (query.error?.message ?? '')
              : `Read only, until ${time.moment(board.expiresAt)} · times in ${time.zoneName}`}
          </p>
        </PageHead>
        <div className="rum-board" aria-busy={board === undefined && !query.isError}>
          {board?.panels.map((panel) => (
            <SharedPanel key={panel.id} api={api} token={token} panel={panel} />
          ))}
        </div>
      </main>
    </div>
  );
}

function SharedPanel({ api, token, panel }: BoardProps & { readonly panel: BoardPanel }): ReactElement {
  const { id, metric, dimension, chart, width, filters } = panel;
  const query = useQuery({
    queryKey: ['rum', 'shared', token, id, metric, dimension, chart, filters],
    queryFn: ({ signal }) => api.sharedPanel(token, id, signal),
    refetchInterval: REFRESH,
  });
  return (
    <Panel
      title={panelTitle(panel)}
      className={`rum-board-panel rum-board-width-${width}`}
      query={query}
      aside={filters.join(' ')}
    >
      <PanelContent panel={panel} query={query} markers={false} />
    </Panel>
  );
}

function NoLink(): ReactElement {
  return (
    <Gate title="This link leads nowhere">
      <p>It has ended, was revoked, or is not complete. Ask whoever gave it to you for another one.</p>
    </Gate>
  );
}
