// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, test, vi } from 'vitest';
import { startRum } from '../browser/index.js';
import { registry } from '../browser/registry.js';
import { recordBatches } from '../testing/recordedBatches.js';
import { RumProvider } from './RumProvider.js';

afterEach(() => {
  cleanup();
  registry().agent?.stop();
});

test('renders its children as they are, on the server too', () => {
  const page = (
    <RumProvider options={{}}>
      <p>page</p>
    </RumProvider>
  );
  expect(renderToString(page)).toBe('<p>page</p>');
  expect(render(page).container.innerHTML).toBe('<p>page</p>');
});

test('starts one agent with its options and never renders its children again', async () => {
  vi.stubGlobal('fetch', recordBatches().fetch);
  const Child = vi.fn(() => <p>page</p>);
  const child = <Child />;
  const { rerender } = render(<RumProvider options={{ app: 'shop' }}>{child}</RumProvider>);
  await vi.waitFor(() => expect(registry().agent).not.toBeNull());
  const { agent } = registry();
  rerender(<RumProvider options={{ app: 'shop' }}>{child}</RumProvider>);
  await new Promise((resolve) => setTimeout(resolve));
  expect(registry().agent).toBe(agent);
  expect(Child).toHaveBeenCalledTimes(1);
});

test('leaves an agent that runs already alone', async () => {
  const sent = recordBatches();
  const agent = startRum({ app: 'injected' }, { fetch: sent.fetch });
  render(
    <StrictMode>
      <RumProvider options={{ app: 'provider' }} />
    </StrictMode>,
  );
  await agent?.flush();
  expect(registry().agent).toBe(agent);
  expect(sent.batches[0]?.app).toBe('injected');
});

test('without options it starts nothing, and says so where no other started one', async () => {
  const told = vi.spyOn(console, 'warn').mockReturnValue();
  render(<RumProvider>page</RumProvider>);
  await new Promise((resolve) => setTimeout(resolve));
  expect(registry().agent).toBeNull();
  expect(told.mock.calls).toEqual([[expect.stringMatching(/wrap next.config in withRum\(\)/)]]);
});
