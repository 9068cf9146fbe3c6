// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeIntersectionObserver } from '../testing/fakeIntersections.js';
import { forgetRecorder, type RecordedCalls, recordCalls } from '../testing/recordCalls.js';

const react = vi.hoisted(() => ({ version: '19.3.1' }));
vi.mock('react', async (importOriginal) => ({
  ...(await importOriginal<typeof import('react')>()),
  get version() {
    return react.version;
  },
}));
const { Track } = await import('./Track.js');

let told: RecordedCalls;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] }).advanceTimersByTime(1);
  vi.stubGlobal('IntersectionObserver', FakeIntersectionObserver);
  told = recordCalls();
});
afterEach(() => {
  cleanup();
  forgetRecorder();
  vi.useRealTimers();
  react.version = '19.3.1';
});

test('tells the render of its children and leaves them as they are', () => {
  const { container } = render(
    <Track name="promo">
      <p>promo</p>
    </Track>,
    { wrapper: StrictMode },
  );
  expect(container.innerHTML).toBe('<p>promo</p>');
  expect(told.timings).toMatchObject([{ kind: 'render', name: 'promo', properties: { phase: 'mount' } }]);
  expect(FakeIntersectionObserver.all.size).toBe(0);
});

test.each([
  ['19.3.1', '<p>promo</p>'],
  ['20.0.0', '<p>promo</p>'],
  ['19.2.4', '<span style="display: contents;"><p>promo</p></span>'],
  ['18.3.1', '<span style="display: contents;"><p>promo</p></span>'],
])('with visible it tells how long its elements were seen (React %s)', (version, html) => {
  react.version = version;
  const { container, unmount } = render(
    <Track name="promo" render={false} visible={{ minDuration: 500 }}>
      <p>promo</p>
    </Track>,
  );
  expect(container.innerHTML).toBe(html);
  FakeIntersectionObserver.show(container.querySelector('p') as Element, { ratio: 1 });
  vi.advanceTimersByTime(600);
  unmount();
  expect(told.timings).toEqual([
    { kind: 'visible', name: 'promo', duration: 600, properties: { first: true } },
  ]);
});

test('what a server rendered is hydrated without a difference', async () => {
  const page = (
    <Track name="promo" visible>
      <p>promo</p>
    </Track>
  );
  vi.stubGlobal('window', undefined);
  const html = renderToString(page);
  vi.unstubAllGlobals();
  const container = document.createElement('div');
  container.innerHTML = html;
  const onRecoverableError = vi.fn();
  const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }));
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(container.innerHTML).toBe(html);
  expect(told.timings).toHaveLength(1);
  act(() => root.unmount());
});
