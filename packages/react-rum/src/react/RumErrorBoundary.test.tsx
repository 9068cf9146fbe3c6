// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Component, type ReactNode, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetRecorder, type RecordedCalls, recordCalls } from '../testing/recordCalls.js';
import { RumErrorBoundary } from './RumErrorBoundary.js';

let told: RecordedCalls;
beforeEach(() => {
  told = recordCalls();
  // React writes what a boundary caught to the console.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  cleanup();
  forgetRecorder();
});

function Broken({ thrown }: { thrown: unknown }): ReactNode {
  if (thrown !== 'nothing') throw thrown;
  return <p>whole</p>;
}

/** Stands for Next's own boundaries. */
class NextBoundary extends Component<{ children: ReactNode }, { digest?: string }> {
  override state: { digest?: string } = {};
  static getDerivedStateFromError(error: { digest: string }) {
    return { digest: error.digest };
  }
  override render() {
    return this.state.digest ?? this.props.children;
  }
}

test('shows children that do not throw', () => {
  const page = (
    <RumErrorBoundary fallback="broken">
      <Broken thrown="nothing" />
    </RumErrorBoundary>
  );
  expect(renderToString(page)).toBe('<p>whole</p>');
  expect(render(page).container.innerHTML).toBe('<p>whole</p>');
  expect(told.errors).toEqual([]);
});

test('shows the fallback and reports the error once, with the stack of components', () => {
  const error = new Error('no stock');
  const onError = vi.fn();
  const { container } = render(
    <RumErrorBoundary fallback={({ error: shown }) => <p>{String(shown)}</p>} onError={onError}>
      <Broken thrown={error} />
    </RumErrorBoundary>,
    { wrapper: StrictMode },
  );
  expect(container.innerHTML).toBe('<p>Error: no stock</p>');
  expect(told.errors).toEqual([
    { error, details: { source: 'react', componentStack: expect.stringContaining('at Broken') } },
  ]);
  expect(onError).toHaveBeenCalledExactlyOnceWith(error, expect.anything());
});

test.each([[undefined], [null], ['text'], [0]])('catches what is no error: %s', (thrown) => {
  const { container } = render(
    <RumErrorBoundary>
      <Broken thrown={thrown} />
    </RumErrorBoundary>,
  );
  expect(container.innerHTML).toBe('');
  expect(told.errors).toMatchObject([{ error: thrown }]);
});

test('reset renders the children again', () => {
  const onReset = vi.fn();
  const page = (thrown: unknown) => (
    <RumErrorBoundary
      onReset={onReset}
      fallback={({ reset }) => (
        <button type="button" onClick={reset}>
          again
        </button>
      )}
    >
      <Broken thrown={thrown} />
    </RumErrorBoundary>
  );
  const { container, rerender } = render(page(new Error('once')));
  rerender(page('nothing'));
  expect(container.textContent).toBe('again');
  fireEvent.click(screen.getByText('again'));
  expect(container.innerHTML).toBe('<p>whole</p>');
  expect(onReset).toHaveBeenCalledOnce();
});

test('a changed reset key renders the children again, and an error that comes with one stays', () => {
  const onReset = vi.fn();
  const page = (sku: string | number, thrown: unknown) => (
    <RumErrorBoundary resetKeys={[sku]} onReset={onReset} fallback="broken">
      <Broken thrown={thrown} />
    </RumErrorBoundary>
  );
  const { container, rerender } = render(page('lamp', 'nothing'));
  rerender(page('chair', new Error('no stock')));
  expect(container.innerHTML).toBe('broken');
  rerender(page('chair', 'nothing'));
  expect(container.innerHTML).toBe('broken');
  expect(onReset).not.toHaveBeenCalled();
  rerender(page('table', 'nothing'));
  expect(container.innerHTML).toBe('<p>whole</p>');
  expect(onReset).toHaveBeenCalledOnce();
});

test.each([
  'NEXT_REDIRECT;replace;/login;307;',
  'NEXT_HTTP_ERROR_FALLBACK;404',
  'BAILOUT_TO_CLIENT_SIDE_RENDERING',
])('lets %s through to the boundary outside', (digest) => {
  const { container } = render(
    <NextBoundary>
      <RumErrorBoundary fallback="broken">
        <Broken thrown={Object.assign(new Error('next'), { digest })} />
      </RumErrorBoundary>
    </NextBoundary>,
  );
  expect(container.innerHTML).toBe(digest);
  expect(told.errors).toEqual([]);
});

test('a server error, which has a digest of another kind, is caught', () => {
  const { container } = render(
    <RumErrorBoundary fallback="broken">
      <Broken thrown={Object.assign(new Error('hidden'), { digest: '2891467301' })} />
    </RumErrorBoundary>,
  );
  expect(container.innerHTML).toBe('broken');
  expect(told.errors).toHaveLength(1);
});
