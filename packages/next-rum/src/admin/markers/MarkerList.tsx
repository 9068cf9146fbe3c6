import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import type { ResolvedRange } from '../../server/api.js';
import { MAX_NOTE } from '../../server/board.js';
import { useAddress } from '../address/Address.js';
import { Link } from '../address/Link.js';
import { Popover } from '../frame/Popover.js';
import { useHydrated } from '../frame/useHydrated.js';
import { CloseIcon } from '../icons.js';
import { ScrollRegion } from '../Panel.js';
import { useMayChange } from '../roleContext.js';
import { useChange } from '../saved/savedQueries.js';
import { readField, writeField } from '../timeFormat.js';
import { type Charted, useMarkers } from './useMarkers.js';
import './markers.css';

interface MarkerListProps {
  readonly range: ResolvedRange | undefined;
  /** Name of the chart, which tells the lists of a page apart. */
  readonly of: string;
  /** What it shows, as {@link ChartMarkers} is told; null: nothing that there are incidents of. */
  readonly charted?: Charted | null;
}

/** What the lines on a chart stand for, in words, and a way to note something of a moment. */
export function MarkerList({ range, of, charted = null }: MarkerListProps): ReactElement {
  const { isEmbedded } = useAddress();
  const markers = useMarkers(range, charted);
  const remove = useChange('notes');
  const mayChange = useMayChange();
  const hydrated = useHydrated();
  return (
    <div className="rum-markers">
      {markers.length === 0 || !hydrated ? null : (
        <ScrollRegion label={`What happened in this time, ${of}`}>
          <ol>
            {markers.map(({ key, kind, number, text, when, noteId, incidentId }) => (
              <li key={key} data-kind={kind}>
                <span className="rum-marker-place">{number}</span>
                <span>
                  {kind === 'release' ? 'New release ' : kind === 'incident' ? 'Incident: ' : ''}
                  {incidentId === null ? (
                    <bdi>{text}</bdi>
                  ) : (
                    <Link to={{ name: 'insight', id: incidentId }}>
                      <bdi>{text}</bdi>
                    </Link>
                  )}{' '}
                  <span className="rum-muted">{when}</span>
                </span>
                {noteId === null || !mayChange ? null : (
                  <button
                    type="button"
                    className="rum-icon-button"
                    title="Remove this note"
                    disabled={remove.isPending}
                    onClick={() => remove.mutate({ do: 'remove', id: noteId })}
                  >
                    <CloseIcon />
                    <span className="rum-sr-only">Remove note {number}</span>
                  </button>
                )}
              </li>
            ))}
          </ol>
        </ScrollRegion>
      )}
      {remove.isError ? (
        <p className="rum-error" role="alert">
          {remove.error.message}
        </p>
      ) : null}
      {isEmbedded ? null : (
        <Popover name="note" label="Note something of a moment" buttonClass="rum-quiet" button="Add a note">
          {(close) =>
            mayChange ? (
              <AddNote range={range} close={close} />
            ) : (
              <p className="rum-view-only-note">{VIEW_ONLY}</p>
            )
          }
        </Popover>
      )}
    </div>
  );
}

const VIEW_ONLY = 'Only admins add notes. You may see everything here, and change nothing.';

function AddNote({
  range,
  close,
}: {
  readonly range: ResolvedRange | undefined;
  readonly close: () => void;
}): ReactElement {
  const { state, time } = useAddress();
  const add = useChange('notes');
  const [problem, setProblem] = useState('');
  const [atId, textId, problemId] = [useId(), useId(), useId()];
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const at = readField(String(fields.get('at')), state.zone);
    const text = String(fields.get('text')).trim();
    if (at === null || at < 0) setProblem('Fill in the time.');
    else if (text === '') setProblem('Say what happened.');
    else
      add.mutate(
        { do: 'save', at, text },
        { onSuccess: close, onError: ({ message }) => setProblem(message) },
      );
  };
  const usual = range === undefined ? Date.now() : Math.min(Date.now(), range.to - 1);
  return (
    <form className="rum-form" onSubmit={submit} noValidate>
      <label htmlFor={textId}>What happened</label>
      <input
        id={textId}
        className="rum-field"
        name="text"
        maxLength={MAX_NOTE}
        aria-describedby={problemId}
      />
      <label htmlFor={atId}>When ({time.zoneName})</label>
      <input
        id={atId}
        className="rum-field"
        name="at"
        type="datetime-local"
        defaultValue={writeField(usual, state.zone)}
        aria-describedby={problemId}
      />
      <p id={problemId} className="rum-error" role="alert">
        {problem}
      </p>
      <button type="submit" className="rum-button" data-primary disabled={add.isPending}>
        Add
      </button>
    </form>
  );
}
