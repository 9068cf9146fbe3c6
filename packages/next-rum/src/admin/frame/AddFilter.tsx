import { type ReactElement, useState } from 'react';
import { type FilterDimension, propertyDimension, propertyOf, readDimension } from '../../server/question.js';
import { useAddress } from '../address/Address.js';
import { DIMENSIONS, dimensionLabel, SAID_DIMENSIONS } from '../dimensions.js';
import { addValue } from '../filters.js';
import { Segmented } from '../Segmented.js';
import { type Option, Picker } from './Picker.js';
import { useOffers } from './useOffers.js';

const HOW = [
  { value: 'is', label: 'is' },
  { value: 'not', label: 'is not' },
] as const;

/** What is chosen from: what to filter by, what properties are called, or values of what was chosen. */
type Step = FilterDimension | 'property' | null;

/** First what to filter by, then by which of its values: one field for both, worked by arrow keys, Enter and Backspace. */
export function AddFilter({ close }: { readonly close: () => void }): ReactElement {
  const { state, ask } = useAddress();
  const [step, setStep] = useState<Step>(null);
  const [how, setHow] = useState<(typeof HOW)[number]['value']>('is');
  const [text, setText] = useState('');
  const offers = useOffers(step, text);
  const go = (next: Step): void => {
    setStep(next);
    setText('');
  };
  const choose = ({ value }: Option): void => {
    if (step === null) go(value === 'property' ? value : readDimension(value, 'filter'));
    else if (step === 'property') go(propertyDimension(value));
    else {
      close();
      ask({ filters: addValue(state.question.filters, step, how === 'is', value) });
    }
  };
  return (
    <div className="rum-add-filter">
      {step === null ? null : (
        <div className="rum-add-filter-head">
          <strong>
            <bdi>{nameOf(step)}</bdi>
          </strong>
          {step === 'property' ? null : (
            <Segmented legend="How" options={HOW} value={how} onChange={setHow} />
          )}
        </div>
      )}
      <Picker
        key={step}
        label={labelOf(step)}
        text={text}
        onText={setText}
        options={step === null ? dimensionOptions(text) : offers.options}
        note={offers.note}
        onChoose={choose}
        onBack={() => go(isProperty(step) ? 'property' : null)}
      />
    </div>
  );
}

const PROPERTY = 'Custom property';

const CHOICES: readonly Option[] = [
  ...[...DIMENSIONS, ...SAID_DIMENSIONS].map(({ name, label }) => ({ value: name, label, detail: '' })),
  { value: 'property', label: `${PROPERTY}…`, detail: '' },
];

function dimensionOptions(text: string): readonly Option[] {
  const wanted = text.trim().toLowerCase();
  return CHOICES.filter(({ label }) => label.toLowerCase().includes(wanted));
}

function nameOf(step: FilterDimension | 'property'): string {
  return step === 'property' ? PROPERTY : dimensionLabel(step);
}

function labelOf(step: Step): string {
  if (step === null) return 'Filter by';
  return step === 'property' ? 'Name of the property' : `Value of ${dimensionLabel(step)}`;
}

function isProperty(step: Step): boolean {
  return step !== null && step !== 'property' && propertyOf(step) !== null;
}
