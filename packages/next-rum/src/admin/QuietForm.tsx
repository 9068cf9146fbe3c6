import { type ReactElement, type SubmitEvent, useId } from 'react';
import './QuietForm.css';
import { useMayChange } from './roleContext.js';

const CHOICES = [
  { hours: 1, label: '1 hour' },
  { hours: 8, label: '8 hours' },
  { hours: 24, label: '1 day' },
  { hours: 168, label: '7 days' },
] as const;

export interface QuietFormProps {
  readonly isQuiet: boolean;
  /** On the button, to have something be quiet and to have it be told again. */
  readonly words: { readonly quiet: string; readonly again: string };
  /** Read out after the button's word where several forms are in a table. */
  readonly of?: string;
  /** Why whoever may not change anything cannot. */
  readonly denied: string;
  readonly change: { readonly isPending: boolean; readonly error: Error | null };
  /** `null`: not quiet any longer. */
  readonly onChange: (hours: number | null) => void;
}

/** Lets nobody be told of something for a while, or lets it be told again. */
export function QuietForm({
  isQuiet,
  words,
  of = '',
  denied,
  change,
  onChange,
}: QuietFormProps): ReactElement {
  const mayChange = useMayChange();
  const selectId = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onChange(isQuiet ? null : Number(new FormData(event.currentTarget).get('hours')));
  };
  return (
    <form className="rum-quiet-form" onSubmit={submit}>
      {isQuiet ? null : (
        <>
          <label htmlFor={selectId} className="rum-sr-only">
            {words.quiet}
            {of} for how long
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
        title={mayChange ? undefined : denied}
      >
        {isQuiet ? words.again : words.quiet}
        {of === '' ? null : <span className="rum-sr-only">{of}</span>}
      </button>
      {change.error === null ? null : (
        <span className="rum-error" role="alert">
          {change.error.message}
        </span>
      )}
    </form>
  );
}
