// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import type { LongFrame } from '../longFrame.js';
import type { navigationEntry } from '../navigations.js';
import { attribute } from './attribution.js';
import type { Metric } from './navigation.js';

// jsdom has no such entries. That these are explained as `web-vitals` does it is tested in a browser, against that.
let navigation: Partial<ReturnType<typeof navigationEntry>>;
let resources: Partial<PerformanceResourceTiming>[];

beforeEach(() => {
  navigation = { activationStart: 0, responseStart: 100 };
  resources = [];
  document.body.innerHTML = '<main id="shop"><img><button></button></main>';
  const timeline = {
    getEntriesByType: (type: string) => (type === 'navigation' && navigation ? [navigation] : []),
    getEntriesByName: (name: string) => resources.filter((resource) => resource.name === name),
  };
  vi.stubGlobal('performance', { ...timeline, now: () => 10_000 });
});

function explain(metric: object, frames: object[] = [], events: object[] = []): object {
  return attribute(
    { entries: [], ...metric } as unknown as Metric,
    frames as LongFrame[],
    events as PerformanceEventTiming[],
  );
}
const img = () => document.querySelector('img');
const button = () => document.querySelector('button');

test('LCP: element, URL without query, and four parts that add up', () => {
  const url = 'https://cdn.example/hero.jpg?token=private#x';
  resources = [{ name: url, startTime: 250, requestStart: 300, responseEnd: 600 }];
  const parts = explain({ name: 'LCP', value: 1200, entries: [{ url, element: img(), startTime: 1200 }] });
  expect(parts).toEqual({
    element: '#shop>img',
    url: 'https://cdn.example/hero.jpg',
    timeToFirstByte: 100,
    resourceLoadDelay: 200,
    resourceLoadDuration: 300,
    elementRenderDelay: 600,
  });
});

test('LCP of a text, of another origin that tells no times, of an image that is the URL itself', () => {
  expect(
    explain({ name: 'LCP', value: 400, entries: [{ url: '', element: img(), startTime: 400 }] }),
  ).toEqual({
    element: '#shop>img',
    url: '',
    timeToFirstByte: 100,
    resourceLoadDelay: 0,
    resourceLoadDuration: 0,
    elementRenderDelay: 300,
  });
  const url = 'https://cdn.example/a.jpg';
  resources = [{ name: url, startTime: 250, requestStart: 0, responseEnd: 600 }];
  expect(explain({ name: 'LCP', value: 800, entries: [{ url, startTime: 800 }] })).toMatchObject({
    resourceLoadDelay: 150,
    resourceLoadDuration: 350,
  });
  const data = 'data:image/png;base64,AAAA';
  expect(explain({ name: 'LCP', value: 800, entries: [{ url: data, startTime: 800 }] })).toMatchObject({
    url: 'data:image/png;base64',
  });
});

test('LCP: of files asked for twice the one that was painted', () => {
  const url = 'https://cdn.example/a.jpg';
  resources = [
    { name: url, startTime: 200, requestStart: 200, responseEnd: 300 },
    { name: url, startTime: 900, requestStart: 900, responseEnd: 950 },
  ];
  const parts = explain({ name: 'LCP', value: 500, entries: [{ url, startTime: 500 }] });
  expect(parts).toMatchObject({ resourceLoadDelay: 100, resourceLoadDuration: 100, elementRenderDelay: 200 });
});

test('LCP: what loads on after it was painted adds up all the same', () => {
  const url = 'https://cdn.example/film.mp4';
  resources = [{ name: url, startTime: 200, requestStart: 210, responseEnd: 9000 }];
  const parts = explain({ name: 'LCP', value: 500, entries: [{ url, startTime: 500 }] });
  expect(parts).toMatchObject({ resourceLoadDuration: 290, elementRenderDelay: 0 });
});

test('TTFB: parts that add up, and what the server said', () => {
  navigation = {
    activationStart: 0,
    workerStart: 0,
    fetchStart: 5,
    domainLookupStart: 8,
    connectStart: 20,
    connectEnd: 50,
    responseStart: 120,
    serverTiming: [
      { name: 'db', duration: 53.2, description: '' },
      { name: 'cache', duration: 0, description: 'hit' },
    ] as unknown as PerformanceServerTiming[],
  };
  const parts = explain({ name: 'TTFB', value: 120, entries: [navigation] });
  expect(parts).toEqual({
    waitingDuration: 5,
    cacheDuration: 3,
    dnsDuration: 12,
    connectionDuration: 30,
    requestDuration: 70,
    'server.db': 53.2,
    'server.cache': 0,
  });
});

test('a prerendered page counts from its activation, and what was before is 0', () => {
  navigation = { activationStart: 500, responseStart: 100 };
  const parts = explain({ name: 'LCP', value: 30, entries: [{ element: img(), startTime: 530 }] });
  expect(parts).toMatchObject({ timeToFirstByte: 0, elementRenderDelay: 30 });
});

test('a page from the back/forward cache is explained by nothing of its first load', () => {
  for (const name of ['TTFB', 'LCP', 'FCP', 'CLS', 'INP']) {
    expect(explain({ name, value: 30, beganAt: 5000 })).toEqual({});
  }
});

test('a soft navigation has no first byte', () => {
  const soft = { softUrl: 'https://shop.example/cart', beganAt: 3000 };
  expect(explain({ name: 'TTFB', value: 0, entries: [{}], ...soft })).toEqual({});
  const url = 'https://cdn.example/next.jpg';
  resources = [{ name: url, startTime: 3040, requestStart: 3050, responseEnd: 3100 }];
  expect(explain({ name: 'LCP', value: 180, entries: [{ url, startTime: 3180 }], ...soft })).toMatchObject({
    resourceLoadDelay: 50,
    resourceLoadDuration: 50,
    elementRenderDelay: 80,
  });
});

test('CLS: the largest shift and the first element that moved in it', () => {
  const shift = (value: number, ...nodes: (Node | null)[]) => ({
    value,
    sources: nodes.map((node) => ({ node })),
  });
  const entries = [
    shift(0.01, img()),
    shift(0.2, null, document.createTextNode('x'), button()),
    shift(0.1, img()),
  ];
  expect(explain({ name: 'CLS', value: 0.31, entries })).toEqual({
    target: '#shop>button',
    largestShiftValue: 0.2,
  });
});

test('INP: target, kind, three parts that add up, and the script that took longest', () => {
  const entries = [
    {
      name: 'pointerdown',
      startTime: 1000,
      duration: 200,
      processingStart: 1020,
      processingEnd: 1050,
      target: null,
    },
    {
      name: 'click',
      startTime: 1000,
      duration: 200,
      processingStart: 1060,
      processingEnd: 1150,
      target: button(),
    },
  ];
  const script = (sourceURL: string, startTime: number, duration: number) => ({
    sourceURL,
    startTime,
    duration,
    sourceFunctionName: 'buy',
    invoker: 'BUTTON.onclick',
  });
  const frames = [
    { startTime: 0, duration: 100, scripts: [script('https://shop.example/early.js', 0, 900)] },
    {
      startTime: 1010,
      duration: 180,
      scripts: [
        script('https://shop.example/short.js', 1020, 30),
        script('https://shop.example/long.js?v=1', 1060, 90),
      ],
    },
    { startTime: 5000, duration: 100, scripts: [script('https://shop.example/late.js', 5000, 99)] },
  ];
  const parts = explain({ name: 'INP', value: 200, entries }, frames);
  expect(parts).toEqual({
    target: '#shop>button',
    event: 'pointerdown',
    inputDelay: 20,
    processingDuration: 130,
    presentationDelay: 50,
    script: 'https://shop.example/long.js',
    function: 'buy',
    invoker: 'BUTTON.onclick',
    scriptDuration: 90,
  });
});

test('INP: of the keyboard, without a frame that is known', () => {
  const entries = [
    { name: 'keydown', startTime: 10, duration: 40, processingStart: 12, processingEnd: 90, target: null },
  ];
  expect(explain({ name: 'INP', value: 40, entries })).toEqual({
    target: undefined,
    event: 'keydown',
    inputDelay: 2,
    processingDuration: 38,
    presentationDelay: 0,
  });
});

test('INP: all events of the frame held it up, also those of no interaction', () => {
  const click = { name: 'click', startTime: 1000, duration: 200, processingStart: 1060, processingEnd: 1061 };
  const others = [
    { startTime: 1001, duration: 200, processingStart: 1010, processingEnd: 1150 },
    { startTime: 400, duration: 100, processingStart: 400, processingEnd: 480 },
  ];
  expect(explain({ name: 'INP', value: 200, entries: [click] }, [], others)).toMatchObject({
    inputDelay: 10,
    processingDuration: 140,
    presentationDelay: 50,
  });
});

test('where the browser tells nothing of its navigation, the value stays whole', () => {
  navigation = undefined;
  expect(explain({ name: 'TTFB', value: 100, entries: [{}] })).toEqual({});
  expect(explain({ name: 'LCP', value: 300, entries: [{ startTime: 300 }] })).toMatchObject({
    timeToFirstByte: 0,
    elementRenderDelay: 300,
  });
});
