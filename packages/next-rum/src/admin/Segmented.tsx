import { type ReactElement, type ReactNode, useId } from 'react';
import './Segmented.css';

interface SegmentedOption<T extends string> {
  readonly value: T;
  /** Name of the option; read out where an icon is shown instead. */
  readonly label: string;
  readonly icon?: ReactNode;
}

interface SegmentedProps<T extends string> {
  readonly legend: string;
  readonly options: readonly SegmentedOption<T>[];
  /** Null where none of them is chosen. */
  readonly value: T | null;
  readonly onChange: (value: T) => void;
}

/** One choice of a few. Radio buttons underneath, so arrow keys and screen readers work as everywhere. */
export function Segmented<T extends string>({
  legend,
  options,
  value,
  onChange,
}: SegmentedProps<T>): ReactElement {
  const name = useId();
  return (
    <fieldset className="rum-segmented">
      <legend className="rum-sr-only">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} title={option.icon === undefined ? undefined : option.label}>
          <input
            className="rum-sr-only"
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.icon}
            <span className={option.icon === undefined ? undefined : 'rum-sr-only'}>{option.label}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
