import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { type PathStep, STEP_KINDS, type StepKind } from '../../server/api.js';
import { useAddress } from '../address/Address.js';
import { useApi } from '../apiContext.js';
import { Choice } from '../frame/Choice.js';
import { CloseIcon } from '../icons.js';
import { valuesQuery } from '../queries.js';
import { namesQuery } from './pathQueries.js';
import { stepKey } from './pathState.js';

const KINDS: { readonly [kind in StepKind]: string } = {
  view: 'Page',
  custom: 'Event',
  action: 'Action',
};

export function kindLabel(kind: StepKind): string {
  return KINDS[kind];
}

interface StepsEditorProps {
  /** What each of them is: `step`, `goal`. */
  readonly noun: string;
  readonly steps: readonly PathStep[];
  readonly most: number;
  /** Whether their order matters. */
  readonly ordered: boolean;
  readonly onChange: (steps: readonly PathStep[]) => void;
}

/** Pages, events and actions in a list that can be added to, taken from and, where it matters, put in order. */
export function StepsEditor({ noun, steps, most, ordered, onChange }: StepsEditorProps): ReactElement {
  const move = (place: number, by: number): void => {
    const moved = [...steps];
    const [step] = moved.splice(place, 1);
    if (step !== undefined) moved.splice(place + by, 0, step);
    onChange(moved);
  };
  const items = steps.map((step, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same step may come twice
    <li key={`${place} ${stepKey(step)}`}>
      <span className="rum-step-kind">{KINDS[step.kind]}</span>
      <bdi title={step.name}>{step.name}</bdi>
      {ordered ? (
        <>
          <button
            type="button"
            className="rum-icon-button"
            disabled={place === 0}
            onClick={() => move(place, -1)}
          >
            <span aria-hidden="true">↑</span>
            <span className="rum-sr-only">Earlier: {step.name}</span>
          </button>
          <button
            type="button"
            className="rum-icon-button"
            disabled={place === steps.length - 1}
            onClick={() => move(place, 1)}
          >
            <span aria-hidden="true">↓</span>
            <span className="rum-sr-only">Later: {step.name}</span>
          </button>
        </>
      ) : null}
      <button
        type="button"
        className="rum-icon-button"
        onClick={() => onChange(steps.filter((_, index) => index !== place))}
      >
        <CloseIcon />
        <span className="rum-sr-only">
          Remove {noun} {place + 1}: {step.name}
        </span>
      </button>
    </li>
  ));
  return (
    <div className="rum-steps-editor">
      {steps.length === 0 ? null : ordered ? <ol>{items}</ol> : <ul>{items}</ul>}
      {steps.length < most ? (
        <AddStep noun={noun} onAdd={(step) => onChange([...steps, step])} />
      ) : (
        <p className="rum-muted">No more than {most}.</p>
      )}
    </div>
  );
}

function AddStep({
  noun,
  onAdd,
}: {
  readonly noun: string;
  readonly onAdd: (step: PathStep) => void;
}): ReactElement {
  const [kind, setKind] = useState<StepKind>('view');
  const [name, setName] = useState('');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '') return;
    onAdd({ kind, name: wanted });
    setName('');
  };
  return (
    <form onSubmit={add}>
      <Choice
        label={`Kind of ${noun}`}
        options={STEP_KINDS.map((value) => ({ value, label: KINDS[value] }))}
        value={kind}
        onChange={setKind}
      />
      {kind === 'view' ? (
        <RouteField label="Route" placeholder="/cart" value={name} onChange={setName} />
      ) : (
        <NameField key={kind} kind={kind} value={name} onChange={setName} />
      )}
      <button type="submit" className="rum-button" disabled={name.trim() === ''}>
        Add {noun}
      </button>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field that suggests the routes that were seen. */
export function RouteField(props: FieldProps): ReactElement {
  const { state } = useAddress();
  const routes = useQuery(valuesQuery(useApi(), state.question, 'route', ''));
  return <HintedField {...props} hints={routes.data?.values.map(({ value }) => value) ?? []} />;
}

interface NameFieldProps extends Pick<FieldProps, 'value' | 'onChange'> {
  readonly kind: Exclude<StepKind, 'view'>;
}

/** A field that suggests what events or actions were called of late. */
function NameField({ kind, ...field }: NameFieldProps): ReactElement {
  const { state } = useAddress();
  const names = useQuery(namesQuery(useApi(), state.question, kind));
  return (
    <HintedField
      {...field}
      label="Name"
      placeholder={kind === 'custom' ? 'add_to_cart' : 'Buy'}
      hints={names.data?.names.map(({ name }) => name) ?? []}
    />
  );
}

function HintedField({
  label,
  placeholder,
  value,
  onChange,
  hints,
}: FieldProps & { readonly hints: readonly string[] }): ReactElement {
  const id = useId();
  return (
    <>
      <input
        className="rum-field"
        aria-label={label}
        placeholder={placeholder}
        list={id}
        maxLength={512}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={id}>
        {hints.map((hint) => (
          <option key={hint} value={hint} />
        ))}
      </datalist>
    </>
  );
}
