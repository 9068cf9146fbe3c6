// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { type FakeEntries, fakeEntries } from '../../testing/fakeEntries.js';
import { setPageVisible } from '../../testing/pageVisibility.js';
import type { Stop } from '../collector.js';
import type { Metric } from './navigation.js';
import { watchVitals } from './watchVitals.js';

// jsdom has no such entries. That a browser's are taken as `web-vitals` does it is tested there, against that.
let timeline: FakeEntries;
/** Of the browser's timeline, what was there before. */
let earlier: Record<string, readonly object[]>;
let told: Metric[];
let stop: Stop;

const ALL = [
  ...['navigation', 'paint', 'largest-contentful-paint', 'layout-shift', 'event', 'first-input'],
  ...['soft-navigation', 'interaction-contentful-paint'],
];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'requestAnimationFrame', 'performance'] });
  earlier = { navigation: [{ entryType: 'navigation', responseStart: 120, activationStart: 0 }] };
  vi.spyOn(performance, 'getEntriesByType').mockImplementation(
    (type) => (earlier[type] ?? []) as PerformanceEntryList,
  );
  vi.advanceTimersByTime(5000);
  told = [];
  await start();
  return () => {
    stop();
    setPageVisible(true);
    vi.useRealTimers();
  };
});

async function start(types = ALL): Promise<void> {
  stop?.();
  timeline = fakeEntries(...types);
  stop = watchVitals((metric) => told.push(metric));
  // It begins to watch in a microtask.
  await Promise.resolve();
}
const entry = (entryType: string, startTime: number, rest: object = {}) => ({
  entryType,
  startTime,
  duration: 0,
  ...rest,
});
const fcp = (startTime: number) => entry('paint', startTime, { name: 'first-contentful-paint' });
const lcp = (startTime: number) => entry('largest-contentful-paint', startTime);
const shift = (startTime: number, value: number) =>
  entry('layout-shift', startTime, { value, hadRecentInput: false });
const interaction = (id: number, startTime: number, duration: number) =>
  entry('event', startTime, { duration, name: 'click', interactionId: id });
const soft = (startTime: number, rest: object = {}) =>
  entry('soft-navigation', startTime, {
    ...{
      name: 'http://shop.example/cart',
      interactionId: 7,
      getLargestInteractionContentfulPaint: () => null,
    },
    ...rest,
  });
const values = () => told.map(({ name, value }) => [name, value]);

/** As the browser shows a page from the back/forward cache: the event, then frames. */
function restore(): Event {
  const shown = Object.assign(new Event('pageshow'), { persisted: true });
  Object.defineProperty(shown, 'timeStamp', { value: performance.now() });
  window.dispatchEvent(shown);
  return shown;
}

test('TTFB, FCP and LCP are times since the navigation, told with their entries', async () => {
  await timeline.add(entry('navigation', 0, { responseStart: 120 }));
  await timeline.add(entry('paint', 300, { name: 'first-paint' }), fcp(320.5), lcp(320.5));
  await timeline.add(lcp(800.25));
  expect(values()).toEqual([
    ['TTFB', 120],
    ['FCP', 320.5],
    ['LCP', 320.5],
    ['CLS', 0],
    ['LCP', 800.25],
  ]);
  expect(told.at(-1)).toMatchObject({ beganAt: 0, entries: [{ startTime: 800.25 }] });
});

test('of a prerendered page they are times since it was shown, and never less than 0', async () => {
  earlier.navigation = [{ responseStart: 120, activationStart: 500 }];
  await start();
  await timeline.add(entry('navigation', 0, { responseStart: 120 }), fcp(400), lcp(700));
  expect(values()).toEqual([
    ['TTFB', 0],
    ['FCP', 0],
    ['LCP', 200],
    ['CLS', 0],
  ]);
});

test('a TTFB that cannot be is none', async () => {
  await timeline.add(entry('navigation', 0, { responseStart: 0 }));
  await timeline.add(entry('navigation', 0, { responseStart: 9_999_999 }));
  expect(told).toEqual([]);
});

test('a page that is left before it has loaded has a TTFB all the same', async () => {
  setPageVisible(false);
  expect(values()).toEqual([['TTFB', 120]]);
});

test('what was painted after the page was first hidden does not count, nor do its shifts', async () => {
  earlier['visibility-state'] = [
    { name: 'visible', startTime: 0 },
    { name: 'hidden', startTime: 250 },
  ];
  await start();
  await timeline.add(fcp(300), lcp(300), shift(310, 0.2));
  expect(told).toEqual([]);
});

test('where the browser does not remember, a page that is hidden now has been hidden always', async () => {
  setPageVisible(false);
  await start();
  told.length = 0;
  await timeline.add(fcp(300));
  expect(told).toEqual([]);
});

test('a paint from before the page was hidden counts, though it is told of after', async () => {
  setPageVisible(false);
  told.length = 0;
  await timeline.add(lcp(300));
  expect(values()).toEqual([
    ['LCP', 300],
    ['CLS', 0],
  ]);
});

test('CLS comes with the first paint, and again when it grows', async () => {
  await timeline.add(shift(100, 0.05));
  expect(told).toEqual([]);
  await timeline.add(fcp(300));
  await timeline.add(shift(400, 0.1));
  await timeline.add(shift(5000, 0.01));
  expect(values()).toEqual([
    ['FCP', 300],
    ['CLS', 0.05],
    ['CLS', 0.05 + 0.1],
  ]);
});

test('where the browser knows no shifts there is no CLS', async () => {
  await start(['paint']);
  await timeline.add(fcp(300));
  expect(values()).toEqual([['FCP', 300]]);
});

test('INP is told in an idle moment, with what else took long; a page that is hidden does not wait for it', async () => {
  await timeline.add(interaction(1, 1000, 64));
  await timeline.add(interaction(2, 2000, 96));
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(values()).toEqual([['INP', 96]]);
  await timeline.add(interaction(3, 3000, 120));
  setPageVisible(false);
  expect(values().filter(([name]) => name === 'INP')).toEqual([
    ['INP', 96],
    ['INP', 120],
  ]);
});

test('a soft navigation begins anew: what ended before it belongs to the one before', async () => {
  await timeline.add(fcp(300), shift(400, 0.2));
  told.length = 0;
  const painted = { entryType: 'interaction-contentful-paint', interactionId: 7, startTime: 900 };
  await timeline.add(
    interaction(1, 500, 90),
    soft(900, {
      presentationTime: 1000,
      getLargestInteractionContentfulPaint: () => ({
        ...painted,
        largestContentfulPaint: { renderTime: 990 },
      }),
    }),
    shift(1100, 0.1),
  );
  await timeline.add({ ...painted, duration: 0, largestContentfulPaint: { renderTime: 1200 } });
  const cart = {
    softUrl: 'http://shop.example/cart',
    beganAt: 900,
  };
  expect(told).toMatchObject([
    { name: 'INP', value: 90, beganAt: 0 },
    { name: 'FCP', value: 100, ...cart },
    { name: 'LCP', value: 90, ...cart },
    { name: 'CLS', value: 0.1, ...cart },
    { name: 'LCP', value: 300, ...cart },
  ]);
});

test('paints of another interaction and of the document are not those of a soft navigation', async () => {
  await timeline.add(soft(900, { paintTime: 950 }));
  told.length = 0;
  await timeline.add(
    { ...entry('interaction-contentful-paint', 900), interactionId: 14 },
    fcp(960),
    lcp(960),
  );
  expect(told).toEqual([]);
});

test('a soft navigation in a page that was hidden before has its paints', async () => {
  setPageVisible(false);
  setPageVisible(true);
  await timeline.add(soft(9000, { paintTime: 9050 }));
  told.length = 0;
  await timeline.add({
    ...entry('interaction-contentful-paint', 9000),
    ...{ interactionId: 7, largestContentfulPaint: { renderTime: 9100 } },
  });
  expect(values()).toEqual([['LCP', 100]]);
});

test('a page from the back/forward cache has been painted with its second frame', async () => {
  await timeline.add(fcp(300), shift(400, 0.2));
  told.length = 0;
  const shown = restore();
  expect(values()).toEqual([['TTFB', 0]]);
  vi.advanceTimersByTime(40);
  const [, painted] = told;
  expect(values()).toEqual([
    ['TTFB', 0],
    ['FCP', painted?.value],
    ['LCP', painted?.value],
    ['CLS', 0],
  ]);
  // Sixty frames a second.
  expect(painted?.value).toBeGreaterThan(16);
  expect(painted?.value).toBeLessThan(40);
  expect(told.at(-1)).toMatchObject({
    value: 0,
    entries: [],
    beganAt: shown.timeStamp,
  });
  // Times since the document began are none of it.
  await timeline.add(lcp(6000));
  expect(told).toHaveLength(4);
});

test('one that was hidden when it was loaded has shifts from when it is shown', async () => {
  setPageVisible(false);
  await start();
  setPageVisible(true);
  told.length = 0;
  restore();
  vi.advanceTimersByTime(40);
  await timeline.add(shift(7000, 0.3));
  expect(told.filter(({ name }) => name === 'CLS').map(({ value }) => value)).toEqual([0, 0.3]);
});

test('afterwards nothing is told', async () => {
  stop();
  await timeline.add(fcp(300), interaction(1, 400, 90));
  restore();
  setPageVisible(false);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([]);
});
