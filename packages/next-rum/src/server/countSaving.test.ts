import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createCountSaving } from './countSaving.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
});

test('what changes within a second is stored in one go', async () => {
  const save = vi.fn(async () => true);
  const saving = createCountSaving(save);
  const first = saving.changed();
  await vi.advanceTimersByTimeAsync(900);
  expect(saving.changed()).toBe(first);
  expect(save).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100);
  await first;
  expect(save).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(1);
});

test('what changes while it is being stored is stored afterwards, one at a time', async () => {
  let finish = (_isSaved: boolean): void => undefined;
  const save = vi.fn(
    () =>
      new Promise<boolean>((resolve) => {
        finish = resolve;
      }),
  );
  const saving = createCountSaving(save);
  const first = saving.changed();
  await vi.advanceTimersByTimeAsync(1000);
  const second = saving.changed();
  expect(second).not.toBe(first);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(1);
  finish(true);
  await first;
  await vi.advanceTimersByTimeAsync(1000);
  expect(save).toHaveBeenCalledTimes(2);
  finish(true);
  await second;
});

test('what could not be stored is tried again by itself, less often', async () => {
  const save = vi.fn(async () => true);
  save.mockResolvedValueOnce(false).mockResolvedValueOnce(false);
  const saving = createCountSaving(save);
  await Promise.all([saving.changed(), vi.advanceTimersByTimeAsync(1000)]);
  void saving.changed();
  await vi.advanceTimersByTimeAsync(9000);
  expect(save).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(save).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(3);
});

test('a process that is about to end waits for nothing, and tries once', async () => {
  const save = vi.fn(async () => false);
  const saving = createCountSaving(save);
  const planned = saving.changed();
  saving.hurry();
  await planned;
  await saving.changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(save).toHaveBeenCalledTimes(2);
});
