import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useId, useState } from 'react';
import type { BoardPanel, BoardResponse } from '../../server/api.js';
import { MAX_NAME, narrowQuestion } from '../../server/board.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { PageHead } from '../frame/PageHead.js';
import { EmptyNotice } from '../Notice.js';
import { Panel } from '../Panel.js';
import { QueryFailure } from '../QueryFailure.js';
import { useMayChange } from '../roleContext.js';
import { boardQuery, panelQuery, useChange } from '../saved/savedQueries.js';
import { BoardEditor } from './BoardEditor.js';
import { PanelContent } from './PanelContent.js';
import { panelTitle } from './panelWords.js';
import { ShareBoard } from './ShareBoard.js';
import './Boards.css';

/** One board, to be looked at or to be arranged. */
export function BoardPage({ id }: { readonly id: string }): ReactElement {
  const query = useQuery(boardQuery(useApi(), id));
  const [editing, setEditing] = useState(false);
  const board = query.data;
  if (board === undefined) {
    return (
      <>
        <PageHead title="Dashboard" range={null} />
        {query.isError ? (
          <section className="rum-panel rum-not-found">
            <QueryFailure title="The board could not be loaded" query={query} />
          </section>
        ) : (
          <div className="rum-board" aria-busy="true" />
        )}
      </>
    );
  }
  return editing ? (
    <Editing board={board} onDone={() => setEditing(false)} />
  ) : (
    <Looking board={board} onEdit={() => setEditing(true)} />
  );
}

function Looking({
  board,
  onEdit,
}: {
  readonly board: BoardResponse;
  readonly onEdit: () => void;
}): ReactElement {
  const mayChange = useMayChange();
  const only = mayChange ? undefined : 'Only admins change boards';
  return (
    <>
      <PageHead title={board.name} range={null}>
        <div className="rum-board-actions">
          <ShareBoard board={board} />
          <button type="button" className="rum-button" disabled={!mayChange} title={only} onClick={onEdit}>
            Edit
          </button>
        </div>
      </PageHead>
      {board.panels.length === 0 ? (
        <section className="rum-panel rum-not-found">
          <EmptyNotice title="The board is empty">Edit it to add panels.</EmptyNotice>
        </section>
      ) : (
        <div className="rum-board">
          {board.panels.map((panel) => (
            <LookedAt key={panel.id} panel={panel} />
          ))}
        </div>
      )}
    </>
  );
}

function LookedAt({ panel }: { readonly panel: BoardPanel }): ReactElement {
  const { state } = useAddress();
  const question = narrowQuestion(state.question, panel.filters);
  const query = useQuery(panelQuery(useApi(), question, state.paused, panel));
  return (
    <Panel
      title={panelTitle(panel)}
      className={`rum-board-panel rum-board-width-${panel.width}`}
      query={query}
      aside={panel.filters.join(' ')}
    >
      <PanelContent panel={panel} query={query} markers />
    </Panel>
  );
}

function Editing({
  board,
  onDone,
}: {
  readonly board: BoardResponse;
  readonly onDone: () => void;
}): ReactElement {
  const { hrefTo, goTo } = useAddress();
  const [name, setName] = useState(board.name);
  const [panels, setPanels] = useState(board.panels);
  const save = useChange('boards');
  const nameId = useId();
  const remove = (): void => {
    if (!window.confirm(`Remove the board “${board.name}”? Its links will lead nowhere.`)) return;
    save.mutate({ do: 'remove', id: board.id }, { onSuccess: () => goTo(hrefTo({ name: 'boards' })) });
  };
  const keep = (): void => {
    const { id, revision } = board;
    save.mutate({ do: 'save', id, replaces: revision, name, panels }, { onSuccess: onDone });
  };
  return (
    <>
      <PageHead title={`Edit ${board.name}`} range={null}>
        <div className="rum-board-actions">
          <button type="button" className="rum-button" onClick={remove} disabled={save.isPending}>
            Remove board
          </button>
          <button type="button" className="rum-button" onClick={onDone}>
            Cancel
          </button>
          <button type="button" className="rum-button" data-primary onClick={keep} disabled={save.isPending}>
            {save.isPending ? 'Saving…' : 'Save'}
          </button>
        </div>
      </PageHead>
      {save.isError ? (
        <p className="rum-error" role="alert">
          {save.error.message}
        </p>
      ) : null}
      <p className="rum-board-name">
        <label htmlFor={nameId}>Name</label>
        <input
          id={nameId}
          className="rum-field"
          value={name}
          maxLength={MAX_NAME}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </p>
      <BoardEditor panels={panels} onChange={setPanels} />
    </>
  );
}
