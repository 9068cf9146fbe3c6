import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFlushPolicy, type FlushPolicy } from './flushPolicy.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function createPolicy(): { policy: FlushPolicy; flush: ReturnType<typeof vi.fn> } {
  const flush = vi.fn(() => policy.flushed());
  const policy = createFlushPolicy({ bytes: 16 * 1024, items: 50, interval: 10_000 }, flush);
  return { policy, flush };
}

test('flushes 10 s after the first thing that waits, however much follows', () => {
  const { policy, flush } = createPolicy();
  policy.added(100);
  vi.advanceTimersByTime(9000);
  policy.added(100);
  expect(flush).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(flush).toHaveBeenCalledOnce();
});

test.each([
  ['50 items', 50, 10],
  ['16 KiB', 4, 4096],
])('flushes at %s, in a task of its own', (_name, items, bytes) => {
  const { policy, flush } = createPolicy();
  for (let item = 1; item < items; item++) policy.added(bytes);
  vi.advanceTimersByTime(0);
  expect(flush).not.toHaveBeenCalled();
  policy.added(bytes);
  expect(flush).not.toHaveBeenCalled();
  vi.advanceTimersByTime(0);
  expect(flush).toHaveBeenCalledOnce();
});

test('sends nothing while nothing waits', () => {
  const { policy, flush } = createPolicy();
  policy.added(100);
  policy.flushed();
  vi.advanceTimersByTime(3_600_000);
  expect(flush).not.toHaveBeenCalled();
});
