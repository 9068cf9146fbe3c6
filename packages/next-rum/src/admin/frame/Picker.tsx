import { type KeyboardEvent, type ReactElement, useId, useState } from 'react';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

interface PickerProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly options: readonly Option[];
  readonly note: string;
  readonly onChoose: (option: Option) => void;
  /** Backspace in an empty field. */
  readonly onBack: () => void;
}

/** A combobox as https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ describes it, its list always open. */
export function Picker({ label, text, onText, options, note, onChoose, onBack }: PickerProps): ReactElement {
  const id = useId();
  const [active, setActive] = useState(0);
  const at = Math.min(active, options.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = options[at];
    if (step !== undefined && options.length > 0) setActive((at + step + options.length) % options.length);
    else if (event.key === 'Enter' && option !== undefined) onChoose(option);
    else if (event.key === 'Backspace' && text === '') onBack();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        className="rum-field"
        // biome-ignore lint/a11y/noAutofocus: the panel was opened, or its step changed, to type here
        autoFocus
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={options.length === 0 ? undefined : `${id}-${at}`}
        placeholder={`${label}…`}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setActive(0);
          onText(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} className="rum-options" role="listbox" aria-label={label}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: keys are the field's
          <div
            key={option.value}
            ref={index === at ? intoView : undefined}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => onChoose(option)}
            onPointerMove={() => setActive(index)}
          >
            <bdi>{option.label}</bdi>
            <small>{option.detail}</small>
          </div>
        ))}
      </div>
      <p className="rum-options-note rum-muted" role="status">
        {note}
      </p>
    </>
  );
}

function intoView(element: HTMLElement | null): void {
  // Tests run without layout.
  element?.scrollIntoView?.({ block: 'nearest' });
}
