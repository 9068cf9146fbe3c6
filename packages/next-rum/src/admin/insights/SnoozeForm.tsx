import { type ReactElement, type SubmitEvent, useId } from 'react';
import type { Insight } from '../../server/api.js';
import { useMayChange } from '../roleContext.js';
import { useChange } from '../saved/savedQueries.js';

const CHOICES = [
  { hours: 1, label: '1 hour' },
  { hours: 8, label: '8 hours' },
  { hours: 24, label: '1 day' },
  { hours: 168, label: '7 days' },
] as const;

/** Lets nobody be told of an incident for a while, or lets it be told again. */
export function SnoozeForm({
  insight,
}: {
  readonly insight: Pick<Insight, 'id' | 'snoozedUntil'>;
}): ReactElement {
  const { id, snoozedUntil } = insight;
  const change = useChange('insights');
  const mayChange = useMayChange();
  const selectId = useId();
  const isSnoozed = snoozedUntil !== null;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const hours = Number(new FormData(event.currentTarget).get('hours'));
    change.mutate(isSnoozed ? { do: 'wake', id } : { do: 'snooze', id, hours });
  };
  return (
    <form className="rum-snooze" onSubmit={submit}>
      {isSnoozed ? null : (
        <>
          <label htmlFor={selectId} className="rum-sr-only">
            For how long
          </label>
          <select id={selectId} name="hours" className="rum-field" defaultValue="8" disabled={!mayChange}>
            {CHOICES.map(({ hours, label }) => (
              <option key={hours} value={hours}>
                {label}
              </option>
            ))}
          </select>
        </>
      )}
      <button
        type="submit"
        className="rum-button"
        disabled={!mayChange || change.isPending}
        title={mayChange ? undefined : 'Only admins snooze'}
      >
        {isSnoozed ? 'Wake' : 'Snooze'}
      </button>
      {change.isError ? (
        <span className="rum-error" role="alert">
          {change.error.message}
        </span>
      ) : null}
    </form>
  );
}
