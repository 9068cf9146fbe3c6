import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactElement, useDeferredValue, useId, useState } from 'react';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { DIMENSIONS, type Dimension, dimensionLabel, valueLabel } from '../dimensions.js';
import { addValue } from '../filters.js';
import { formatCount } from '../format.js';
import { valuesQuery } from '../queries.js';
import { Segmented } from '../Segmented.js';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

const HOW = [
  { value: 'is', label: 'is' },
  { value: 'not', label: 'is not' },
] as const;

/** First what to filter by, then by which of its values: one field for both, worked by arrow keys, Enter and Backspace. */
export function AddFilter({ close }: { readonly close: () => void }): ReactElement {
  const { state, ask } = useAddress();
  const [dimension, setDimension] = useState<Dimension | null>(null);
  const [how, setHow] = useState<(typeof HOW)[number]['value']>('is');
  const [text, setText] = useState('');
  const values = useValues(dimension, text);
  const options = dimension === null ? dimensionOptions(text) : (values.options ?? []);
  const choose = (option: Option): void => {
    const chosen = DIMENSIONS.find(({ name }) => dimension === null && name === option.value);
    if (chosen !== undefined) {
      setDimension(chosen.name);
      setText('');
    } else if (dimension !== null) {
      close();
      ask({ filters: addValue(state.question.filters, dimension, how === 'is', option.value) });
    }
  };
  return (
    <div className="rum-add-filter">
      {dimension === null ? null : (
        <div className="rum-add-filter-head">
          <strong>{dimensionLabel(dimension)}</strong>
          <Segmented legend="How" options={HOW} value={how} onChange={setHow} />
        </div>
      )}
      <Picker
        key={dimension}
        label={dimension === null ? 'Filter by' : `Value of ${dimensionLabel(dimension)}`}
        text={text}
        onText={setText}
        options={options}
        note={dimension === null || options.length > 0 ? '' : values.note}
        onChoose={choose}
        onBack={() => setDimension(null)}
      />
    </div>
  );
}

function dimensionOptions(text: string): readonly Option[] {
  const wanted = text.trim().toLowerCase();
  return DIMENSIONS.filter(({ label }) => label.toLowerCase().includes(wanted)).map(({ name, label }) => ({
    value: name,
    label,
    detail: '',
  }));
}

/** What the filter may be set to, and what to say where there is nothing. */
function useValues(
  dimension: Dimension | null,
  text: string,
): { readonly options: readonly Option[] | undefined; readonly note: string } {
  const { state } = useAddress();
  const search = useDeferredValue(text.trim());
  const query = useQuery({
    ...valuesQuery(useApi(), state.question, dimension ?? 'route', search),
    enabled: dimension !== null,
  });
  const options = query.data?.values.map(({ value, views }) => ({
    value,
    label: valueLabel(dimension ?? 'route', value),
    detail: formatCount(views),
  }));
  const note = query.isError
    ? query.error.message
    : query.isPending
      ? 'Looking…'
      : 'No view has such a value.';
  return { options, note };
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
function Picker({ label, text, onText, options, note, onChoose, onBack }: PickerProps): ReactElement {
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
