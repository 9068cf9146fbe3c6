// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode, useReducer } from 'react';
import { afterEach, expect, test } from 'vitest';
import { type RumAgent, startRum } from '../browser/index.js';
import { setPageVisible } from '../testing/pageVisibility.js';
import { type RecordedBatches, recordBatches } from '../testing/recordedBatches.js';
import { RumErrorBoundary } from './RumErrorBoundary.js';
import { RumProvider } from './RumProvider.js';
import { Track } from './Track.js';
import { useTrackForm } from './useTrackForm.js';
import { useTrackRender } from './useTrackRender.js';

let agent: RumAgent | null = null;
let sent: RecordedBatches;
afterEach(() => {
  cleanup();
  agent?.stop();
  setPageVisible(true);
});

function Signup() {
  const [count, again] = useReducer((before: number) => before + 1, 0);
  useTrackRender('signup');
  return (
    <form ref={useTrackForm('signup')}>
      <input aria-label="password" name="password" type="password" />
      <button type="button" onClick={again}>
        {count}
      </button>
    </form>
  );
}

function timings(): object[] {
  return sent.events().filter(({ type }) => type === 'timing');
}

/** Renders the page under a real agent and lets a visitor begin. */
function begin(): void {
  sent = recordBatches();
  agent = startRum({}, { fetch: sent.fetch });
  render(
    <RumProvider>
      <RumErrorBoundary>
        <Track name="page">
          <Signup />
        </Track>
      </RumErrorBoundary>
    </RumProvider>,
    { wrapper: StrictMode },
  );
  fireEvent.focusIn(screen.getByLabelText('password'));
  fireEvent.input(screen.getByLabelText('password'), { target: { value: 'hunter2' } });
  fireEvent.change(screen.getByLabelText('password'), { target: { value: 'hunter22' } });
  fireEvent.click(screen.getByRole('button'));
  fireEvent.click(screen.getByRole('button'));
}

test.each([
  ['hidden', () => setPageVisible(false)],
  ['left', () => void window.dispatchEvent(new Event('pagehide'))],
])('what was summed up goes out with the last batch of a page that is %s', (_how, leave) => {
  begin();
  leave();
  // No later batch is waited for: there may be none.
  expect(timings()).toMatchObject([
    { name: 'signup', kind: 'render', properties: { phase: 'mount' } },
    { name: 'page', kind: 'render', properties: { phase: 'mount' } },
    { name: 'signup', kind: 'render', properties: { phase: 'update', count: 2 } },
    { name: 'signup', kind: 'form', properties: { outcome: 'abandoned', fields: ['password'] } },
  ]);
  expect(JSON.stringify(sent.batches)).not.toContain('hunter2');
});

test('what was summed up belongs to the view in which it happened, also where another comes before React unmounts', async () => {
  begin();
  const viewId = agent?.viewId();
  history.pushState(null, '', '/next');
  expect(agent?.viewId()).not.toBe(viewId);
  cleanup();
  await agent?.flush();
  expect(timings()).toMatchObject([
    { viewId, properties: { phase: 'mount' } },
    { viewId, properties: { phase: 'mount' } },
    { viewId, properties: { phase: 'update', count: 2 } },
    { viewId, properties: { outcome: 'abandoned' } },
  ]);
  history.replaceState(null, '', '/');
});
