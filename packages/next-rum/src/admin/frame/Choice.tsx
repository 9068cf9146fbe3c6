import { type ReactElement, useId } from 'react';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Show the label beside the options; it is only read out otherwise. */
  readonly labelled?: boolean;
  /** Why nothing can be chosen here; undefined where something can. */
  readonly unavailable?: string;
}

/** One choice of several, as the platform offers it. */
export function Choice<T extends string>({
  label,
  options,
  value,
  onChange,
  labelled = false,
  unavailable,
}: ChoiceProps<T>): ReactElement {
  const [id, reasonId] = [useId(), useId()];
  return (
    <span className="rum-choice" title={unavailable}>
      <label htmlFor={id} className={labelled ? 'rum-muted' : 'rum-sr-only'}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        disabled={unavailable !== undefined}
        aria-describedby={unavailable === undefined ? undefined : reasonId}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {unavailable === undefined ? null : (
        <span id={reasonId} className="rum-sr-only">
          {unavailable}
        </span>
      )}
    </span>
  );
}
