import { useQuery } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import type { SavedView } from '../../server/api.js';
import { MAX_NAME } from '../../server/board.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { readPage, writePage } from '../address/page.js';
import { changeSearch, parseUrlState } from '../address/urlState.js';
import { useApi } from '../apiContext.js';
import { Popover } from '../frame/Popover.js';
import { BookmarkIcon, CloseIcon } from '../icons.js';
import { QueryFailure } from '../QueryFailure.js';
import { useMayChange } from '../roleContext.js';
import { savedViewsQuery, useChange } from './savedQueries.js';
import './SavedViews.css';

/** Pages that somebody gave a name, with all that was chosen on them, and a way to add this one. */
export function SavedViews(): ReactElement {
  return (
    <Popover
      name="views"
      label="Saved views"
      buttonClass="rum-quiet"
      button={
        <>
          <BookmarkIcon />
          <span>Saved views</span>
        </>
      }
    >
      {(close) => <List close={close} />}
    </Popover>
  );
}

function List({ close }: { readonly close: () => void }): ReactElement {
  const query = useQuery(savedViewsQuery(useApi()));
  const mayChange = useMayChange();
  const { data } = query;
  return (
    <div className="rum-saved-views">
      {data === undefined ? (
        query.isError ? (
          <QueryFailure title="The saved views could not be loaded" query={query} />
        ) : (
          <p className="rum-muted">Loading…</p>
        )
      ) : data.views.length === 0 ? (
        <p className="rum-muted">Nothing is saved yet.</p>
      ) : (
        <ul aria-label="Saved views">
          {data.views.map((view) => (
            <Entry key={view.id} view={view} close={close} />
          ))}
        </ul>
      )}
      {mayChange ? <SaveThis /> : <p className="rum-muted">Only admins save and remove views.</p>}
    </div>
  );
}

function Entry({ view, close }: { readonly view: SavedView; readonly close: () => void }): ReactElement {
  const remove = useChange('savedViews');
  const mayChange = useMayChange();
  const page = readPage(view.page);
  const { problem: _problem, ...state } = parseUrlState(view.search);
  return (
    <li>
      {page.name === 'unknown' ? (
        <span className="rum-muted" title="It was saved by another version of the admin">
          <bdi>{view.name}</bdi>
        </span>
      ) : (
        <Link to={page} change={state} onFollow={close}>
          <bdi>{view.name}</bdi>
        </Link>
      )}
      {mayChange ? (
        <button
          type="button"
          className="rum-icon-button"
          title={remove.isError ? remove.error.message : `Remove ${view.name}`}
          disabled={remove.isPending}
          onClick={() => remove.mutate({ do: 'remove', id: view.id })}
        >
          <CloseIcon />
          <span className="rum-sr-only">
            {remove.isError ? 'Try again to remove' : 'Remove'} {view.name}
          </span>
        </button>
      ) : null}
    </li>
  );
}

function SaveThis(): ReactElement {
  const { page } = useAddress();
  const save = useChange('savedViews');
  const [problem, setProblem] = useState('');
  const [nameId, problemId] = [useId(), useId()];
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get('name')).trim();
    if (name === '') {
      setProblem('Give it a name.');
      return;
    }
    setProblem('');
    save.mutate(
      // Only what is the admin's own: parameters of the host stay where they are.
      {
        do: 'save',
        name,
        page: writePage(page),
        search: changeSearch('', parseUrlState(window.location.search)),
      },
      { onSuccess: () => form.reset(), onError: ({ message }) => setProblem(message) },
    );
  };
  if (page.name === 'unknown') return <p className="rum-muted">This page cannot be saved.</p>;
  return (
    <form onSubmit={submit} noValidate>
      <label htmlFor={nameId}>Save this page as</label>
      <div>
        <input
          id={nameId}
          className="rum-field"
          name="name"
          maxLength={MAX_NAME}
          aria-describedby={problemId}
        />
        <button type="submit" className="rum-button" data-primary disabled={save.isPending}>
          Save
        </button>
      </div>
      <p id={problemId} className="rum-error" role="alert">
        {problem}
      </p>
    </form>
  );
}
