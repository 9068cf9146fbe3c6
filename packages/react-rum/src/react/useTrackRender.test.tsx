// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { Activity, type ReactNode, StrictMode, Suspense, use } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetRecorder, leaveView, type RecordedCalls, recordCalls } from '../testing/recordCalls.js';
import { useTrackRender } from './useTrackRender.js';

let told: RecordedCalls;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  told = recordCalls();
});
afterEach(() => {
  cleanup();
  forgetRecorder();
  vi.useRealTimers();
});

/** Takes 8 ms to render. */
function Slow() {
  vi.advanceTimersByTime(8);
  return <p>slow</p>;
}
function List({ name = 'list', children = <Slow /> }: { name?: string | null; children?: ReactNode }) {
  useTrackRender(name);
  return children;
}

/** Says when it calls the hook, and when it called. */
function Page({ onRender }: { onRender: () => void }) {
  onRender();
  useTrackRender('page');
  onRender();
  return <p>page</p>;
}
function Sibling({ text }: { text: string | Promise<string> }) {
  return typeof text === 'string' ? text : use(text);
}

const MOUNT = { kind: 'render', name: 'list', duration: 8, properties: { phase: 'mount' } };

test('tells the mount at once, with all that was rendered inside', () => {
  render(<List />);
  expect(told.timings).toEqual([MOUNT]);
});

test('sums updates up and tells them when the component goes', () => {
  const { rerender, unmount } = render(<List />);
  for (let update = 0; update < 3; update++) rerender(<List />);
  expect(told.timings).toEqual([MOUNT]);
  unmount();
  expect(told.timings.slice(1)).toEqual([
    { kind: 'render', name: 'list', duration: 24, properties: { phase: 'update', count: 3 } },
  ]);
});

test('tells updates when the view ends, each once', () => {
  const { rerender, unmount } = render(<List />);
  rerender(<List />);
  leaveView();
  leaveView();
  rerender(<List />);
  rerender(<List />);
  unmount();
  leaveView();
  expect(told.timings.map(({ properties }) => properties)).toEqual([
    { phase: 'mount' },
    { phase: 'update', count: 1 },
    { phase: 'update', count: 2 },
  ]);
});

test('tells nothing of updates where there were none', () => {
  render(<List />).unmount();
  expect(told.timings).toHaveLength(1);
});

test('a mount is one in StrictMode too, and an update is one', () => {
  const { rerender, unmount } = render(<List />, { wrapper: StrictMode });
  expect(told.timings.map(({ properties }) => properties)).toEqual([{ phase: 'mount' }]);
  rerender(<List />);
  unmount();
  expect(told.timings[1]?.properties).toEqual({ phase: 'update', count: 1 });
});

test('<Activity> that hides and shows it changes no count', () => {
  const list = <List />;
  const page = (mode: 'visible' | 'hidden') => <Activity mode={mode}>{list}</Activity>;
  const { rerender, unmount } = render(page('visible'));
  for (const mode of ['hidden', 'visible', 'hidden', 'visible'] as const) {
    rerender(page(mode));
    vi.advanceTimersByTime(60_000);
  }
  unmount();
  expect(told.timings).toEqual([MOUNT]);
});

test('what <Activity> renders ahead is measured when it is rendered, not when it is shown', () => {
  const list = <List />;
  const page = (mode: 'visible' | 'hidden') => <Activity mode={mode}>{list}</Activity>;
  const { rerender } = render(page('hidden'));
  vi.advanceTimersByTime(60_000);
  rerender(page('visible'));
  expect(told.timings).toEqual([MOUNT]);
});

test('a sibling that suspends later does not mount it again', async () => {
  let arrive: (text: string) => void = () => {};
  const late = new Promise<string>((resolve) => {
    arrive = resolve;
  });
  const page = (text: string | Promise<string>) => (
    <Suspense fallback="wait">
      <List />
      <Sibling text={text} />
    </Suspense>
  );
  const { rerender, container } = render(page('ready'));
  await act(async () => rerender(page(late)));
  expect(container.textContent).toContain('wait');
  await act(async () => arrive('late'));
  expect(container.textContent).toBe('slowlate');
  expect(told.timings).toEqual([MOUNT]);
});

test('a new name begins a new sum', () => {
  const { rerender, unmount } = render(<List name="old" />);
  rerender(<List name="old" />);
  rerender(<List name="new" />);
  unmount();
  expect(told.timings.slice(1)).toMatchObject([
    { name: 'old', properties: { phase: 'update', count: 1 } },
    { name: 'new', properties: { phase: 'update', count: 1 } },
  ]);
});

test('without a name it tells nothing', () => {
  const { rerender, unmount } = render(<List name={null} />);
  rerender(<List name={null} />);
  unmount();
  expect(told.timings).toEqual([]);
});

test('a server reads no clock, and hydration finds what it expects', async () => {
  const now = vi.spyOn(performance, 'now');
  const reads: number[] = [];
  const page = <Page onRender={() => reads.push(now.mock.calls.length)} />;
  vi.stubGlobal('window', undefined);
  const html = renderToString(page);
  vi.unstubAllGlobals();
  expect(html).toBe('<p>page</p>');
  expect(reads[0]).toBe(reads[1]);

  const container = document.createElement('div');
  container.innerHTML = html;
  const onRecoverableError = vi.fn();
  const root = await act(async () => hydrateRoot(container, page, { onRecoverableError }));
  expect(reads[2]).toBe(Number(reads[3]) - 1);
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(told.timings).toMatchObject([{ name: 'page', properties: { phase: 'mount' } }]);
  act(() => root.unmount());
});
