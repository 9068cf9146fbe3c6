import { type ReactElement, type SubmitEvent, useId, useState } from 'react';
import { MAX_SPAN, MIN_SPAN, RANGES } from '../../server/question.js';
import { useAddress } from '../address/Address.js';
import { CalendarIcon } from '../icons.js';
import { Segmented } from '../Segmented.js';
import { readField, writeField } from '../timeFormat.js';
import { Popover } from './Popover.js';
import { useHydrated } from './useHydrated.js';
import './RangePicker.css';

const OPTIONS = RANGES.map((value) => ({ value, label: value }));
const HOUR = 3_600_000;

/** Which span of time is shown: one that ends now, or any other. */
export function RangePicker(): ReactElement {
  const { state, time, ask } = useAddress();
  const { range } = state.question;
  const hydrated = useHydrated();
  const custom = typeof range === 'string' ? null : range;
  return (
    <div className="rum-range">
      <Segmented
        legend="Time range"
        options={OPTIONS}
        value={typeof range === 'string' ? range : null}
        onChange={(next) => ask({ range: next })}
      />
      <Popover
        name="range"
        label="Custom time range"
        pressed={custom !== null}
        buttonClass="rum-quiet"
        button={
          <>
            <CalendarIcon />
            <span>{custom === null || !hydrated ? 'Custom' : time.span(custom.from, custom.to)}</span>
          </>
        }
      >
        {(close) => <CustomRange close={close} />}
      </Popover>
    </div>
  );
}

function CustomRange({ close }: { readonly close: () => void }): ReactElement {
  const { state, time, ask } = useAddress();
  const { range } = state.question;
  const [problem, setProblem] = useState('');
  const [fromId, toId, problemId] = [useId(), useId(), useId()];
  const shown = typeof range === 'string' ? { from: Date.now() - 24 * HOUR, to: Date.now() } : range;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [from, to] = ['from', 'to'].map((name) => readField(String(fields.get(name)), state.zone));
    if (from == null || to == null) setProblem('Fill in both times.');
    else if (to - from < MIN_SPAN) setProblem('The end must be at least a minute after the start.');
    else if (to - from > MAX_SPAN) setProblem(`At most ${MAX_SPAN / (24 * HOUR)} days can be shown at once.`);
    else {
      close();
      ask({ range: { from, to } });
    }
  };
  return (
    <form className="rum-custom-range" onSubmit={submit} noValidate>
      <p className="rum-muted">Times in {time.zoneName}</p>
      <label htmlFor={fromId}>From</label>
      <input
        id={fromId}
        className="rum-field"
        name="from"
        type="datetime-local"
        defaultValue={writeField(shown.from, state.zone)}
        aria-describedby={problemId}
      />
      <label htmlFor={toId}>To</label>
      <input
        id={toId}
        className="rum-field"
        name="to"
        type="datetime-local"
        defaultValue={writeField(shown.to, state.zone)}
        aria-describedby={problemId}
      />
      <p id={problemId} className="rum-error" role="alert">
        {problem}
      </p>
      <button type="submit" className="rum-button" data-primary>
        Show
      </button>
    </form>
  );
}
