// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Activity, createActivity } from './activity.js';

let activity: Activity;
let settled: ReturnType<typeof vi.fn<(activeAt?: number) => void>>;
const START = 1_700_000_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  activity = createActivity(Date.now);
  settled = vi.fn();
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

test('where nothing happens, patience runs out', () => {
  activity.wait(2500, settled);
  vi.advanceTimersByTime(2450);
  expect(settled).not.toHaveBeenCalled();
  vi.advanceTimersByTime(50);
  expect(settled.mock.calls).toEqual([[undefined]]);
});

test('after the last mutation of the page come 100 ms of silence', async () => {
  activity.wait(2500, settled);
  await vi.advanceTimersByTimeAsync(200);
  document.body.append('new');
  await vi.advanceTimersByTimeAsync(60);
  document.body.setAttribute('class', 'open');
  await vi.advanceTimersByTimeAsync(90);
  activity.check();
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(60);
  activity.check();
  expect(settled.mock.calls).toEqual([[START + 260]]);
});

test('what happens in the same millisecond counts, as where a page answers a click at once', async () => {
  activity.wait(2500, settled);
  document.body.append('new');
  await vi.advanceTimersByTimeAsync(100);
  activity.check();
  expect(settled.mock.calls).toEqual([[START]]);
});

test('that it has settled is told without a check too', () => {
  activity.wait(2500, settled);
  vi.advanceTimersByTime(10);
  activity.touch();
  vi.advanceTimersByTime(1240);
  expect(settled.mock.calls).toEqual([[START + 10]]);
});

test('what happens after the silence was not waited for', () => {
  activity.wait(100, settled);
  vi.advanceTimersByTime(50);
  activity.touch();
  vi.advanceTimersByTime(120);
  activity.touch();
  expect(settled.mock.calls).toEqual([[START + 50]]);
});

test('a request under way is activity', () => {
  activity.wait(100, settled);
  activity.request(1);
  vi.advanceTimersByTime(5000);
  expect(settled).not.toHaveBeenCalled();
  activity.request(-1);
  vi.advanceTimersByTime(1250);
  expect(settled).toHaveBeenCalledWith(START + 5000);
});

test('so is a document that loads', () => {
  const readyState = vi.spyOn(document, 'readyState', 'get').mockReturnValue('interactive');
  activity = createActivity(Date.now);
  activity.wait(100, settled);
  vi.advanceTimersByTime(3000);
  expect(settled).not.toHaveBeenCalled();
  readyState.mockReturnValue('complete');
  document.dispatchEvent(new Event('readystatechange'));
  vi.advanceTimersByTime(1250);
  expect(settled).toHaveBeenCalledWith(START + 3000);
});

test.each(['scroll', 'input', 'focusin', 'selectionchange', 'copy'])('so is %s', (type) => {
  activity.wait(2500, settled);
  vi.advanceTimersByTime(10);
  document.body.dispatchEvent(new Event(type, { bubbles: true }));
  document.dispatchEvent(new Event(type));
  vi.advanceTimersByTime(1240);
  expect(settled).toHaveBeenCalledWith(START + 10);
});

test('a page that never settles is waited for ten seconds', () => {
  activity.wait(100, settled);
  activity.request(1);
  vi.advanceTimersByTime(9900);
  expect(settled).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1400);
  expect(settled).toHaveBeenCalledOnce();
});

test('what it returns settles at once, and only once', () => {
  const finish = activity.wait(100, settled);
  finish();
  finish();
  vi.advanceTimersByTime(1000);
  expect(settled).toHaveBeenCalledOnce();
});

test('once nobody waits, nothing is watched', () => {
  const disconnect = vi.spyOn(MutationObserver.prototype, 'disconnect');
  const first = activity.wait(100, settled);
  activity.wait(100, settled);
  first();
  expect(disconnect).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1250);
  expect(disconnect).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('who waits may throw', () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  activity.wait(100, () => {
    throw new Error('no');
  });
  activity.wait(100, settled);
  expect(() => vi.advanceTimersByTime(1250)).not.toThrow();
  expect(settled).toHaveBeenCalledOnce();
});

test.each([3_600_000, -3_600_000])('a clock that is set by %i ms does not keep it waiting', (jump) => {
  activity.wait(100, settled);
  vi.setSystemTime(START + jump);
  vi.advanceTimersByTime(20_000);
  expect(settled).toHaveBeenCalledOnce();
});
