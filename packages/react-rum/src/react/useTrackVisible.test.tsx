// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { Activity, Fragment, type FragmentInstance, StrictMode, useRef } from 'react';
import type {} from 'react-dom';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeIntersectionObserver } from '../testing/fakeIntersections.js';
import { setPageVisible } from '../testing/pageVisibility.js';
import { forgetRecorder, leaveView, type RecordedCalls, recordCalls } from '../testing/recordCalls.js';
import { useTrackVisible } from './useTrackVisible.js';
import type { VisibleOptions } from './visibleWatch.js';

const { show } = FakeIntersectionObserver;
let told: RecordedCalls;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] }).advanceTimersByTime(1);
  vi.stubGlobal('IntersectionObserver', FakeIntersectionObserver);
  vi.stubGlobal('innerHeight', 800);
  told = recordCalls();
});
afterEach(() => {
  cleanup();
  forgetRecorder();
  vi.useRealTimers();
});

function Promo({ options, loading = false }: { options?: VisibleOptions; loading?: boolean }) {
  const ref = useRef<HTMLElement>(null);
  useTrackVisible(ref, 'promo', options);
  return loading ? <p>loading</p> : <section ref={ref}>promo</section>;
}

function Pair() {
  const ref = useRef<FragmentInstance>(null);
  useTrackVisible(ref, 'pair');
  return (
    <Fragment ref={ref}>
      <i />
      <b />
    </Fragment>
  );
}
const promo = (container: HTMLElement) => container.querySelector('section') as HTMLElement;

test('sums up the stretches of a second or more and tells them when the element goes', () => {
  const { container, unmount } = render(<Promo />);
  const stretches = [
    [0.49, 5000],
    [0.5, 999],
    [0, 5000],
    [0.5, 600],
    [1, 600],
    [0.2, 5000],
    [1, 3000],
  ] as const;
  for (const [ratio, ms] of stretches) {
    show(promo(container), { ratio });
    vi.advanceTimersByTime(ms);
  }
  expect(told.timings).toEqual([]);
  unmount();
  expect(told.timings).toEqual([
    { kind: 'visible', name: 'promo', duration: 4200, properties: { first: true } },
  ]);
  expect(FakeIntersectionObserver.all.size).toBe(0);
});

test('counts by the given share and time', () => {
  const { container, unmount } = render(<Promo options={{ threshold: 0.8, minDuration: 2000 }} />);
  show(promo(container), { ratio: 0.79 });
  vi.advanceTimersByTime(9000);
  show(promo(container), { ratio: 0.8 });
  vi.advanceTimersByTime(1999);
  show(promo(container), { ratio: 0 });
  unmount();
  expect(told.timings).toEqual([]);
});

test('a section of many screens counts when it fills half of one', () => {
  const { container, unmount } = render(<Promo />);
  show(promo(container), { ratio: 0.05, height: 399 });
  vi.advanceTimersByTime(2000);
  show(promo(container), { ratio: 0.06, height: 400 });
  vi.advanceTimersByTime(3000);
  unmount();
  expect(told.timings).toMatchObject([{ duration: 3000 }]);
});

test('time in which the page is hidden does not count; what came before is told then', () => {
  const { container, unmount } = render(<Promo />);
  show(promo(container), { ratio: 1 });
  vi.advanceTimersByTime(2000);
  setPageVisible(false);
  leaveView();
  vi.advanceTimersByTime(60_000);
  setPageVisible(true);
  vi.advanceTimersByTime(1500);
  unmount();
  expect(told.timings).toMatchObject([
    { duration: 2000, properties: { first: true } },
    { duration: 1500, properties: { first: false } },
  ]);
});

test('<Activity> that hides it ends the stretch, and later ones are no impressions of their own', () => {
  const page = (mode: 'visible' | 'hidden') => (
    <Activity mode={mode}>
      <Promo />
    </Activity>
  );
  const { container, rerender, unmount } = render(page('visible'), { wrapper: StrictMode });
  show(promo(container), { ratio: 1 });
  vi.advanceTimersByTime(2000);
  rerender(page('hidden'));
  expect(told.timings).toMatchObject([{ duration: 2000, properties: { first: true } }]);
  vi.advanceTimersByTime(60_000);
  rerender(page('visible'));
  show(promo(container), { ratio: 1 });
  vi.advanceTimersByTime(1000);
  unmount();
  expect(told.timings[1]).toMatchObject({ duration: 1000, properties: { first: false } });
});

test('finds an element that comes later, and one that takes its place', () => {
  const { container, rerender, unmount } = render(<Promo loading />);
  rerender(<Promo />);
  show(promo(container), { ratio: 1 });
  vi.advanceTimersByTime(1000);
  rerender(<Promo loading />);
  expect(told.timings).toMatchObject([{ duration: 1000 }]);
  rerender(<Promo />);
  show(promo(container), { ratio: 1 });
  vi.advanceTimersByTime(2000);
  unmount();
  expect(told.timings[1]).toMatchObject({ duration: 2000 });
});

test('a fragment is visible while one of its elements is', () => {
  const { container, unmount } = render(<Pair />);
  const [first, second] = container.children as unknown as [Element, Element];
  show(first, { ratio: 1 });
  vi.advanceTimersByTime(800);
  show(second, { ratio: 1 });
  show(first, { ratio: 0 });
  vi.advanceTimersByTime(800);
  unmount();
  expect(told.timings).toMatchObject([{ duration: 1600 }]);
});

test('does nothing on a server and where there is no IntersectionObserver', () => {
  vi.stubGlobal('window', undefined);
  expect(renderToString(<Promo />)).toBe('<section>promo</section>');
  vi.unstubAllGlobals();
  render(<Promo />).unmount();
  expect(told.timings).toEqual([]);
});
