import { type ReactElement, useId } from 'react';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Show the label beside the options; it is only read out otherwise. */
  readonly labelled?: boolean;
}

/** One choice of several, as the platform offers it. */
export function Choice<T extends string>({
  label,
  options,
  value,
  onChange,
  labelled = false,
}: ChoiceProps<T>): ReactElement {
  const id = useId();
  return (
    <span className="rum-choice">
      <label htmlFor={id} className={labelled ? 'rum-muted' : 'rum-sr-only'}>
        {label}
      </label>
      <select
        id={id}
        value={value}
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
    </span>
  );
}
