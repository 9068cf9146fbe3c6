import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeadlineError, sharedDeadline } from './deadline.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function work(ms: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('done'), ms));
}

test('what is waited for later has what the earlier left', async () => {
  const inTime = sharedDeadline(1000);
  const first = inTime(work(600));
  await vi.advanceTimersByTimeAsync(600);
  expect(await first).toBe('done');

  let given = false;
  const second = inTime(work(500), () => {
    given = true;
  });
  const refusal = expect(second).rejects.toThrow(DeadlineError);
  await vi.advanceTimersByTimeAsync(399);
  expect(given).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await refusal;
  expect(given).toBe(true);
});

test('work that fails in time fails as it would without', async () => {
  const failure = new Error('refused');
  await expect(sharedDeadline(1000)(Promise.reject(failure))).rejects.toBe(failure);
});
