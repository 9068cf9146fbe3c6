// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { type FakeEntries, fakeEntries } from '../../testing/fakeEntries.js';
import { setPageVisible } from '../../testing/pageVisibility.js';
import type { Stop } from '../collector.js';
import { type ToldMetric, watchInp } from './inp.js';

// jsdom has no such entries. That a browser's are taken as `web-vitals` does it is tested there, against that.
let timeline: FakeEntries;
let interactionCount: number | undefined;
let told: ToldMetric[];
let eventsTold: (readonly PerformanceEventTiming[])[];
let stop: Stop;

beforeEach(() => {
  vi.useFakeTimers();
  timeline = fakeEntries('event', 'first-input', 'soft-navigation');
  interactionCount = 0;
  const { performance } = globalThis;
  vi.stubGlobal('performance', {
    now: () => performance.now(),
    get interactionCount() {
      return interactionCount;
    },
  });
  told = [];
  eventsTold = [];
  stop = watchInp((metric, events) => {
    told.push(metric);
    eventsTold.push([...events]);
  });
  return () => {
    stop();
    vi.useRealTimers();
  };
});

/** An interaction of one event. */
function interact(id: number, duration: number, rest: object = {}): void {
  timeline.add({
    entryType: 'event',
    name: 'click',
    interactionId: id,
    startTime: id * 1000,
    duration,
    ...rest,
  });
  vi.advanceTimersByTime(1);
}
const values = () => told.map(({ value }) => value);

test('is the longest interaction, told when it changes', () => {
  for (const [id, duration] of [80, 64, 120, 120, 96].entries()) interact(id + 1, duration);
  expect(values()).toEqual([80, 120]);
  expect(told[1]).toMatchObject({ name: 'INP', entries: [{ interactionId: 3 }] });
});

test('an interaction takes as long as the longest of its events, and is explained by those that took as long', () => {
  interact(1, 64, { name: 'pointerdown', startTime: 10 });
  interact(1, 96, { name: 'pointerup', startTime: 40 });
  interact(1, 96, { name: 'click', startTime: 40 });
  interact(1, 96, { name: 'pointerout', startTime: 30 });
  interact(1, 40, { name: 'focus', startTime: 40 });
  setPageVisible(false);
  expect(values()).toEqual([64, 96]);
  expect(told[1]?.entries.map(({ name }) => name)).toEqual(['pointerup', 'click']);
});

test('an event that is part of no interaction is none, but is told of beside', () => {
  interact(0, 500, { name: 'mouseover' });
  expect(told).toEqual([]);
  interact(1, 48);
  expect(eventsTold).toMatchObject([[{ name: 'mouseover' }, { name: 'click' }]]);
});

test('of fifty interactions, most of which were too short to be seen, one is left out', () => {
  interact(1, 200);
  interact(2, 120);
  interactionCount = 49;
  interact(3, 80);
  expect(values()).toEqual([200]);
  interactionCount = 50;
  setPageVisible(false);
  expect(values()).toEqual([200, 120]);
});

test('where the browser does not count them, their ids do', () => {
  interactionCount = undefined;
  interact(7, 200);
  interact(14, 120);
  expect(values()).toEqual([200]);
  interact(7 * 50, 80);
  expect(values()).toEqual([200, 120]);
});

test('no more than the ten longest are kept', () => {
  for (let id = 1; id <= 30; id++) interact(id, 40 + 8 * id);
  interactionCount = 10_000;
  interact(31, 40);
  // Of thirty the tenth longest.
  expect(values().at(-1)).toBe(40 + 8 * 21);
});

test('a soft navigation begins anew: what ended before it belongs to the one before', () => {
  interactionCount = 60;
  timeline.add({ entryType: 'event', interactionId: 1, startTime: 10, duration: 90 });
  timeline.add({
    entryType: 'soft-navigation',
    name: 'http://shop.example/cart',
    startTime: 200,
    duration: 0,
  });
  expect(told).toMatchObject([{ value: 90 }]);
  interact(2, 64);
  expect(told[1]).toMatchObject({
    value: 64,
    navigationType: 'soft-navigation',
    navigationURL: 'http://shop.example/cart',
    navigationStartTime: 200,
  });
  // Those before it count no more.
  interactionCount = 109;
  interact(3, 56);
  setPageVisible(false);
  expect(values()).toEqual([90, 64]);
});

test('so does a return from the back/forward cache', () => {
  interact(1, 90);
  const shown = Object.assign(new Event('pageshow'), { persisted: true });
  window.dispatchEvent(shown);
  interact(2, 48);
  expect(told[1]).toMatchObject({
    navigationType: 'back-forward-cache',
    navigationStartTime: shown.timeStamp,
  });
});

test('a page that is hidden does not wait for an idle moment', () => {
  timeline.add({ entryType: 'event', interactionId: 1, startTime: 10, duration: 90 });
  expect(told).toEqual([]);
  setPageVisible(false);
  expect(values()).toEqual([90]);
});

test('afterwards nothing is told', () => {
  stop();
  interact(1, 90);
  expect(told).toEqual([]);
});
