import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeView, NOON } from '../testing/rows.js';
import { openTestStore } from '../testing/rumServer.js';
import { runJobs } from './runJobs.js';
import type { RumStore } from './store.js';
import { StoreError } from './storeError.js';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: NOON + 10 * MINUTE, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('counts and deletes by itself, until it is stopped', async () => {
  const store = await openTestStore();
  await store.insert({ views: [makeView(1)], events: [] });
  const stop = runJobs(store, {
    now: Date.now,
    onError: fail,
    onBegunAnew: (apps) => fail(apps.join(), null),
  });

  await vi.advanceTimersByTimeAsync(15_000);
  await vi.waitFor(async () => {
    const states = await store.jobs(Date.now());
    expect(states).toMatchObject([
      { name: 'rollup', lag: 0, lastRunAt: expect.any(Number) },
      { name: 'retention', lastRunAt: expect.any(Number) },
      { name: 'watch', lastRunAt: expect.any(Number) },
      { name: 'findings', lastRunAt: expect.any(Number) },
    ]);
  });
  await stop();
  const before = await store.jobs(0);
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(await store.jobs(0)).toEqual(before);
});

test('goes on after a run that failed, and tells of it', async () => {
  const failures: string[] = [];
  let runs = 0;
  const broken = {
    rollUp: () => {
      runs += 1;
      return Promise.reject(new StoreError('unavailable', 'down'));
    },
    retain: () => Promise.resolve({ kind: 'busy' }),
    keepFindings: () => Promise.resolve({ kind: 'busy' }),
    watch: () => Promise.resolve({ kind: 'done', hours: 1, opened: 0, resolved: 0, begunAnew: ['shop'] }),
  } satisfies Partial<RumStore> as unknown as RumStore;
  const begunAnew: string[] = [];
  const stop = runJobs(broken, {
    now: Date.now,
    onError: (job, error) => failures.push(`${job} ${error}`),
    onBegunAnew: (apps) => begunAnew.push(...apps),
  });

  await vi.advanceTimersByTimeAsync(46_000);

  expect(runs).toBe(3);
  expect(failures).toEqual(Array.from({ length: 3 }, () => 'rollup StoreError: down'));
  expect(begunAnew).toEqual(['shop']);
  await stop();
});

function fail(job: string, error: unknown): never {
  throw new Error(`${job} failed`, { cause: error });
}
