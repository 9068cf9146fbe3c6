import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
// A thread runs what was built: Node does not read TypeScript.
import { openStoreInThread } from '../../packages/next-rum/dist/store/thread/openStoreInThread.js';
import { describeStoreContract } from '../../packages/next-rum/src/store/store.contract.js';
import { openStoreInThread as openFromSource } from '../../packages/next-rum/src/store/thread/openStoreInThread.js';
import { makeView, NOON, randomViews } from '../../packages/next-rum/src/testing/rows.js';

const run = promisify(execFile);
const ALWAYS = { app: 'shop', from: 0, to: 8.64e15 };

let folder: string;
let url: string;
let threads: Worker[];
const note = (worker: Worker) => threads.push(worker);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rum-thread-'));
  url = `file:${folder}/rum.db`;
  threads = [];
  process.on('worker', note);
});
afterEach(async () => {
  process.off('worker', note);
  await rm(folder, { recursive: true, force: true });
});

describeStoreContract('SQLite, in a thread', () => openStoreInThread(url));

test('what a store is doing leaves the event loop free', async () => {
  const store = await openStoreInThread(url);
  onTestFinished(() => store.close());
  await store.insert({ views: randomViews(1, 20_000), events: [] });

  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await store.rollUp({ now: () => NOON + 86_400_000 });
  clearInterval(timer);

  expect(threads).toHaveLength(1);
  expect(turns).toBeGreaterThan(10);
});

describe('a thread that ends by itself', () => {
  test('fails what it was asked, and the next call starts another', async () => {
    const store = await openStoreInThread(url);
    onTestFinished(() => store.close());
    await store.insert({ views: [makeView(1)], events: [] });

    const asked = store.insert({ views: randomViews(2, 5000), events: [] });
    const failure = expect(asked).rejects.toMatchObject({
      name: 'StoreError',
      code: 'unavailable',
      message: expect.stringContaining('the store’s thread ended'),
    });
    await threads[0]?.terminate();
    await failure;

    expect(await store.insert({ views: [makeView(1), makeView(3)], events: [] })).toEqual({
      accepted: new Set([makeView(3).id]),
      duplicate: new Set([makeView(1).id]),
    });
    expect(threads).toHaveLength(2);
  });

  test('leaves nothing acknowledged that is not stored', async () => {
    const store = await openStoreInThread(url);
    onTestFinished(() => store.close());
    const views = randomViews(3, 2000);
    let acknowledged = 0;

    for (let start = 0; start < views.length; start += 100) {
      const inserted = store
        .insert({ views: views.slice(start, start + 100), events: [] })
        .then(({ accepted }) => accepted.size)
        // Not acknowledged; whether it is stored is not known.
        .catch(() => 0);
      if (start % 500 === 0) await threads.at(-1)?.terminate();
      acknowledged += await inserted;
    }

    const { views: stored } = await store.totals(ALWAYS);
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBeGreaterThan(0);
  });
});

test('a database that cannot be opened is tried again in the same thread', async () => {
  const missing = 'postgresql://nobody:x@127.0.0.1:1/none';

  for (let tries = 0; tries < 3; tries += 1) {
    await expect(openStoreInThread(missing)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'unavailable',
    });
  }

  expect(threads).toHaveLength(1);
  await threads[0]?.terminate();
});

test('closing ends the thread, and says so to whoever comes later', async () => {
  const store = await openStoreInThread(url);
  await store.close();

  await expect(store.totals(ALWAYS)).rejects.toMatchObject({
    code: 'unavailable',
    message: 'RUM: the store is closed',
  });
  expect(threads[0]?.threadId).toBe(-1);
  expect(threads).toHaveLength(1);
});

test('a process that has nothing else to do waits for what it asked, and ends once it has closed', async () => {
  const module = new URL('../../packages/next-rum/dist/store/thread/openStoreInThread.js', import.meta.url);
  const script = `
    const { openStoreInThread } = await import(${JSON.stringify(module.href)});
    const store = await openStoreInThread(${JSON.stringify(url)});
    console.log((await store.totals(${JSON.stringify(ALWAYS)})).views);
    await store.close();
    console.log('closed');`;

  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);

  expect(stdout).toBe('0\nclosed\n');
});

test('where the code of the thread is missing, the store opens without it', async () => {
  // Beside the source there is none that Node could run.
  const store = await openFromSource(url);
  await store.insert({ views: [makeView(1)], events: [] });

  expect(await store.totals(ALWAYS)).toMatchObject({ views: 1 });
  expect(threads).toHaveLength(1);
  await store.close();
});
