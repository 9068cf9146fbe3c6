// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Activity, type ReactNode, StrictMode, useState } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetRecorder, leaveView, type RecordedCalls, recordCalls } from '../testing/recordCalls.js';
import { useTrackForm } from './useTrackForm.js';

let told: RecordedCalls;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] }).advanceTimersByTime(1);
  told = recordCalls();
});
afterEach(() => {
  cleanup();
  forgetRecorder();
  vi.useRealTimers();
});

const SECRETS = ['ada@example.com', '4111 1111', 'hunter2', 'secret note', 'gift-yes', 'fr', 'csrf-token'];

function Checkout({ children }: { children?: ReactNode }) {
  const [sent, setSent] = useState(false);
  return (
    <form
      ref={useTrackForm('checkout')}
      onSubmit={(event) => {
        event.preventDefault();
        setSent(true);
      }}
    >
      <input type="hidden" name="csrf" defaultValue="csrf-token" />
      <input aria-label="mail" name="email" />
      <input aria-label="card" id="card-number" name="" />
      <input aria-label="password" type="password" name="password" />
      <textarea aria-label="note" />
      <input aria-label="gift" type="checkbox" name="gift" value="gift-yes" />
      <select aria-label="country" name="country">
        <option value="de">DE</option>
        <option value="fr">FR</option>
      </select>
      {children}
      <button type="submit" name="pay">
        Pay
      </button>
      <output>{String(sent)}</output>
    </form>
  );
}

function Ignored() {
  return (
    <form ref={useTrackForm('ignored')} data-rum-ignore>
      <input aria-label="inside" name="inside" />
    </form>
  );
}

function fill(label: string, value: string): void {
  const field = screen.getByLabelText(label);
  fireEvent.focusIn(field);
  fireEvent.input(field, { target: { value } });
  vi.advanceTimersByTime(1000);
}
function submit(): void {
  fireEvent.submit(document.querySelector('form') as HTMLFormElement);
}

test('tells the order of the fields and the time from the first of them to submission', () => {
  render(<Checkout />, { wrapper: StrictMode });
  vi.advanceTimersByTime(9000);
  fill('card', '4111 1111');
  fill('mail', 'ada@example.com');
  fill('card', '4111 1111');
  fireEvent.focusIn(screen.getByText('Pay'));
  submit();
  expect(told.timings).toEqual([
    {
      kind: 'form',
      name: 'checkout',
      duration: 3000,
      properties: {
        outcome: 'submitted',
        attempt: 1,
        fields: ['card-number', 'email'],
        lastField: 'card-number',
      },
    },
  ]);
  expect(screen.getByRole('status').textContent).toBe('true');
});

test('never tells what is in a field', () => {
  const { unmount } = render(<Checkout />);
  fill('mail', 'ada@example.com');
  fill('card', '4111 1111');
  fill('password', 'hunter2');
  fill('note', 'secret note');
  fill('country', 'fr');
  fireEvent.click(screen.getByLabelText('gift'));
  submit();
  fill('password', 'hunter2');
  unmount();
  expect(told.timings).toMatchObject([
    { properties: { fields: ['email', 'card-number', 'password', 'textarea', 'country', 'gift'] } },
    { properties: { outcome: 'abandoned', fields: ['password'] } },
  ]);
  const recorded = JSON.stringify(told).toLowerCase();
  for (const secret of SECRETS) expect(recorded).not.toContain(`"${secret}`);
  expect(recorded).not.toContain('csrf');
});

test.each([
  ['unmounted', (unmount: () => void) => unmount()],
  ['left with its view', leaveView],
])('a form that was begun and is %s was abandoned, once', (_how, leave) => {
  const { unmount } = render(<Checkout />);
  fill('mail', 'ada@example.com');
  fill('card', '4111');
  leave(unmount);
  expect(told.timings).toMatchObject([
    {
      duration: 2000,
      properties: { outcome: 'abandoned', fields: ['email', 'card-number'], lastField: 'card-number' },
    },
  ]);
  unmount();
  expect(told.timings).toHaveLength(1);
});

test('a form that nobody touched tells nothing when it goes, and no time when it is submitted', () => {
  const { unmount } = render(<Checkout />);
  fireEvent.focusIn(screen.getByText('Pay'));
  submit();
  unmount();
  expect(told.timings).toMatchObject([
    { duration: 0, properties: { outcome: 'submitted', fields: [], lastField: null } },
  ]);
});

test('who comes back begins the next attempt, also after <Activity> hid the form', () => {
  const page = (mode: 'visible' | 'hidden') => (
    <Activity mode={mode}>
      <Checkout />
    </Activity>
  );
  const { rerender } = render(page('visible'), { wrapper: StrictMode });
  fill('mail', 'ada@example.com');
  rerender(page('hidden'));
  rerender(page('visible'));
  fill('mail', 'ada@example.com');
  submit();
  expect(told.timings.map(({ properties }) => properties)).toMatchObject([
    { outcome: 'abandoned', attempt: 1 },
    { outcome: 'submitted', attempt: 2 },
  ]);
});

test('data-rum-ignore leaves out a field, and a form', () => {
  const { unmount } = render(
    <Checkout>
      <fieldset data-rum-ignore="">
        <input aria-label="health" name="diagnosis" required />
      </fieldset>
    </Checkout>,
  );
  fill('health', 'fine');
  unmount();
  render(<Ignored />);
  fill('inside', 'x');
  submit();
  expect(told.timings).toEqual([]);
});

test('a form of very many fields tells the first hundred', () => {
  const many = Array.from({ length: 150 }, (_, index) => `field${index}`);
  const { unmount } = render(
    <Checkout>
      {many.map((name) => (
        <input key={name} aria-label={name} name={name} />
      ))}
    </Checkout>,
  );
  for (const name of many) fill(name, 'x');
  unmount();
  expect(told.timings[0]?.properties).toMatchObject({ fields: many.slice(0, 100), lastField: 'field149' });
});

test('a server renders the form as it is', () => {
  vi.stubGlobal('window', undefined);
  expect(renderToString(<Checkout />)).toMatch(/^<form><input type="hidden"/);
});
