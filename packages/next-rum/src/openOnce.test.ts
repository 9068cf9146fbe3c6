import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { openOnce } from './openOnce.js';
import { makeView } from './testing/rows.js';
import { CONFIG } from './testing/rumServer.js';

// Where this runs, the code of the thread is always found.
vi.mock('./thread/findThread.js', () => ({ findThread: async () => null }));

const OPTIONS = { config: CONFIG };

let database: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rum-'));
  database = `file:${join(folder, 'rum.db')}`;
  onTestFinished(() => rm(folder, { recursive: true }));
});

test('without the code of the thread the store works all the same, and one line of the log says so', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { store, thread } = await openOnce(database, { ...OPTIONS, inThread: true });
  onTestFinished(() => store.close());

  expect(thread).toEqual({ state: 'shared', reason: 'not_found' });
  const view = makeView(1);
  expect(await store.insert({ views: [view], events: [] })).toMatchObject({ accepted: new Set([view.id]) });
  await openOnce(database, { ...OPTIONS, inThread: true });
  expect(error).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(/^RUM: \{"event":"thread_not_used","reason":"not_found",.*withRum\(\)/),
  );
});

test('where no thread is asked for, nothing is said about it', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { store, thread } = await openOnce(database, { ...OPTIONS, inThread: false });
  onTestFinished(() => store.close());

  expect(thread).toEqual({ state: 'shared', reason: 'serverless' });
  expect(error).not.toHaveBeenCalled();
});

test('a store that was closed is opened anew, and closing it again closes no other', async () => {
  const first = await openOnce(database, { ...OPTIONS, inThread: false });
  const view = makeView(1);
  await first.store.insert({ views: [view], events: [] });
  await first.store.close();

  const second = await openOnce(database, { ...OPTIONS, inThread: false });
  onTestFinished(() => second.store.close());
  expect(second).not.toBe(first);
  await first.store.close();
  expect((await openOnce(database, { ...OPTIONS, inThread: false })).store).toBe(second.store);
  expect(await second.store.insert({ views: [view], events: [] })).toMatchObject({
    duplicate: new Set([view.id]),
  });
});
