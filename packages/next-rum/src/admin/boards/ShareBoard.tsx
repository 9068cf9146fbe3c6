import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import type { BoardResponse } from '../../server/api.js';
import { MAX_NAME } from '../../server/board.js';
import { useAddress } from '../address/Address.js';
import { searchOf } from '../adminApi.js';
import { CopyButton } from '../errors/CopyButton.js';
import { Popover } from '../frame/Popover.js';
import { useMayChange } from '../roleContext.js';
import { useChange } from '../saved/savedQueries.js';

const DAYS = [1, 7, 30, 90, 365] as const;

/** Makes a link that opens the board without a sign-in. */
export function ShareBoard({ board }: { readonly board: BoardResponse }): ReactElement {
  const mayChange = useMayChange();
  return (
    <Popover name="share" label="Share this board" button="Share">
      {() =>
        mayChange ? (
          <ShareForm board={board} />
        ) : (
          <p className="rum-view-only-note">Only admins make links to boards.</p>
        )
      }
    </Popover>
  );
}

function ShareForm({ board }: { readonly board: BoardResponse }): ReactElement {
  const { state, time, hrefTo } = useAddress();
  const share = useChange('shares');
  const [problem, setProblem] = useState('');
  const [nameId, daysId, linkId, problemId] = [useId(), useId(), useId(), useId()];
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const name = String(fields.get('name')).trim();
    if (name === '') {
      setProblem('Say for whom it is, so that you know it again.');
      return;
    }
    setProblem('');
    share.mutate(
      {
        do: 'create',
        board: board.id,
        name,
        days: Number(fields.get('days')),
        search: searchOf(state.question),
      },
      { onError: ({ message }) => setProblem(message) },
    );
  };
  if (share.data?.token !== undefined && share.data.expiresAt !== undefined) {
    // After the hash, so that no server, log or page that is gone to from there learns of it.
    const path = hrefTo({ name: 'unknown', path: '/shared' }, {}).replace(/\?.*$/, '');
    const link = `${window.location.origin}${path}#${share.data.token}`;
    return (
      <div className="rum-form">
        <label htmlFor={linkId}>The link, shown this once</label>
        <input
          id={linkId}
          className="rum-field"
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <p className="rum-muted">
          Whoever has it sees this board, and nothing else, until {time.moment(share.data.expiresAt)}.
          Settings revoke it.
        </p>
        <CopyButton text={link} what="the link" />
      </div>
    );
  }
  return (
    <form className="rum-form" onSubmit={submit} noValidate>
      <p className="rum-muted">
        The link opens this board for the time and filters that are chosen now, without a sign-in.
      </p>
      <label htmlFor={nameId}>For</label>
      <input
        id={nameId}
        className="rum-field"
        name="name"
        maxLength={MAX_NAME}
        placeholder="Such as: the agency"
        aria-describedby={problemId}
      />
      <label htmlFor={daysId}>Ends after</label>
      <select id={daysId} className="rum-field" name="days" defaultValue="7">
        {DAYS.map((days) => (
          <option key={days} value={days}>
            {days === 1 ? '1 day' : `${days} days`}
          </option>
        ))}
      </select>
      <p id={problemId} className="rum-error" role="alert">
        {problem}
      </p>
      <button type="submit" className="rum-button" data-primary disabled={share.isPending}>
        Make a link
      </button>
    </form>
  );
}
