import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
// A thread runs what was built: Node does not read TypeScript.
import { openInThread } from '../../packages/next-rum/dist/thread/openInThread.js';
import type { BatchLetter, IntakeConfig } from '../../packages/next-rum/src/server/intake.js';
import { DEFAULT_RETENTION } from '../../packages/next-rum/src/store/jobStore.js';
import { openStore } from '../../packages/next-rum/src/store/openStore.js';
import { describeStoreContract } from '../../packages/next-rum/src/store/store.contract.js';
import type { RumStore } from '../../packages/next-rum/src/store/store.js';
import { makeView, NOON, randomViews } from '../../packages/next-rum/src/testing/rows.js';
import { batch, event, view } from '../../packages/next-rum/src/testing/rumServer.js';
import { createTestDatabase } from '../../packages/next-rum/src/testing/testDatabase.js';
import type { Opened } from '../../packages/next-rum/src/thread/openInThread.js';

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

describeStoreContract('SQLite, in a thread', () => open(url));

test('every method hands over as many parameters as the store itself takes', async () => {
  const store = await open(url);
  onTestFinished(() => store.close());
  const itself = await openStore(url);
  onTestFinished(() => itself.close());
  const counted = (methods: RumStore): { readonly [name: string]: number } =>
    Object.fromEntries(Object.entries(methods).map(([name, { length }]) => [name, length]));

  expect(counted(store)).toEqual(counted(itself));
});

test("the app's retention reaches the thread: the first partitions are as long as it needs", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const { store } = await openInThread(database.url, undefined, { retention: { raw: 4500 * 86_400_000 } });
  if (store === null) throw new Error('there is no thread');
  const partitions = await database.query(
    "SELECT 1 FROM pg_inherits WHERE inhparent = 'rum_view'::regclass AND inhrelid <> 'rum_view_default'::regclass",
  );
  await store.close();

  // Of 100 days each, one of which may end in the days that are made ahead; they would be four of a day.
  expect([1, 2]).toContain(partitions.length);
  expect(threads).toHaveLength(1);
});

test('what is older than the retention that is asked for goes, in the thread too', async () => {
  const store = await open(url);
  onTestFinished(() => store.close());
  await store.insert({ views: [makeView(1)], events: [] });
  const now = () => NOON + 3 * 86_400_000;
  await store.rollUp({ now });
  expect(await store.retain({ now })).toMatchObject({ views: 0 });
  const retention = { ...DEFAULT_RETENTION, raw: 86_400_000 };
  expect(await store.retain({ now, retention })).toMatchObject({ views: 1 });
});

test('what a store is doing leaves the event loop free', async () => {
  const store = await open(url);
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

test('what is no plain data fails by itself, and what was asked beside it does not', async () => {
  const store = await open(url);
  onTestFinished(() => store.close());
  const [before, between, after] = [
    store.insert({ views: [makeView(1)], events: [] }),
    store.insert({ views: [Object.assign(makeView(2), { path: () => '/' })], events: [] }),
    store.insert({ views: [makeView(3)], events: [] }),
  ];

  await expect(between).rejects.toMatchObject({ name: 'StoreError', code: 'internal' });
  expect([...(await before).accepted, ...(await after).accepted]).toHaveLength(2);
});

describe('a thread that ends by itself', () => {
  test('fails what it was asked, and the next call starts another', async () => {
    const store = await open(url);
    onTestFinished(() => store.close());
    await store.insert({ views: [makeView(1)], events: [] });

    const asked = store.insert({ views: randomViews(2, 5000), events: [] });
    const failure = expect(asked).rejects.toMatchObject({
      name: 'StoreError',
      code: 'unavailable',
      message: expect.stringContaining('the thread of the store ended'),
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
    const store = await open(url);
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
    await expect(openInThread(missing)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'unavailable',
    });
  }

  expect(threads).toHaveLength(1);
  await threads[0]?.terminate();
});

test('closing ends the thread, and says so to whoever comes later', async () => {
  const store = await open(url);
  await store.close();

  await expect(store.totals(ALWAYS)).rejects.toMatchObject({
    code: 'unavailable',
    message: 'RUM: the store is closed',
  });
  expect(threads[0]?.threadId).toBe(-1);
  expect(threads).toHaveLength(1);
});

test('a process that has nothing else to do waits for what it asked, and ends once it has closed', async () => {
  const module = new URL('../../packages/next-rum/dist/thread/openInThread.js', import.meta.url);
  const script = `
    const { openInThread } = await import(${JSON.stringify(module.href)});
    const { store } = await openInThread(${JSON.stringify(url)});
    console.log((await store.totals(${JSON.stringify(ALWAYS)})).views);
    await store.close();
    console.log('closed');`;

  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);

  expect(stdout).toBe('0\nclosed\n');
});

test('where the code of the thread cannot be run, nothing is opened, and why is said', async () => {
  expect(await openInThread(url, null)).toEqual({
    store: null,
    reason: 'not_found',
    detail: expect.stringContaining('withRum()'),
  });
  expect(await openInThread(url, join(folder, 'missing.js'))).toEqual({
    store: null,
    reason: 'failed',
    detail: expect.stringMatching(/^the thread of the store failed — .*missing\.js/),
  });
  expect(threads).toHaveLength(1);
});

test('a thread of another build refuses to work', async () => {
  const worker = new URL('../../packages/next-rum/dist/thread/rumWorker.js', import.meta.url);
  const other = join(folder, 'other.mjs');
  await writeFile(
    other,
    `import { workerData } from 'node:worker_threads';
    workerData.build = '0.0.9-of-an-earlier-day';
    await import(${JSON.stringify(worker.href)});`,
  );

  expect(await openInThread(url, other)).toEqual({
    store: null,
    reason: 'other_version',
    detail: expect.stringMatching(/built with 0\.0\.9-of-an-earlier-day, and .* build the app again/),
  });
  expect(existsSync(join(folder, 'rum.db'))).toBe(false);
});

describe('batches', () => {
  const CONFIG: IntakeConfig = {
    app: 'shop',
    privacy: 'strict',
    bots: 'counted',
    labels: { routes: 1000, releases: 100, names: 1000 },
    countryDatabase: null,
    sample: false,
  };
  const letterOf = (body: unknown): BatchLetter => ({
    text: typeof body === 'string' ? body : JSON.stringify(body),
    receivedAt: NOON,
    address: '192.0.2.1',
    app: null,
    headers: [
      ['user-agent', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/155.0.0.0 Safari/537.36'],
      ['cf-ipcountry', 'PT'],
    ],
  });

  test('are read, stored and answered for there', async () => {
    const { store, intakeOf } = await openBoth(url);
    const intake = intakeOf(CONFIG);
    const body = batch({ views: [view()], events: [event(), { type: 'of no known kind' }] });

    expect(await intake.take(letterOf(body))).toMatchObject({
      kind: 'committed',
      receipt: { accepted: 2, duplicate: 0, rejected: [{ kind: 'event', index: 1 }] },
    });
    expect(await intake.take(letterOf(body))).toMatchObject({ receipt: { accepted: 0, duplicate: 2 } });
    expect(await intake.take(letterOf('{'))).toMatchObject({ kind: 'refused', status: 400 });

    expect(await store.views(ALWAYS, 10)).toMatchObject([{ country: 'PT', browser: 'Chrome' }]);
    await intake.idle();
    expect(await intake.state()).toMatchObject({ rows: 0, bytes: 0, lastCommit: { rows: 2 } });
    expect(intake.full()).toBe(false);
  });

  test('are turned away where they do not fit beside those that are there already', async () => {
    const { store, intakeOf } = await openBoth(url);
    // Of one thread, whatever they are told to do with the rows.
    const intakes = [intakeOf(CONFIG), intakeOf({ ...CONFIG, bots: 'counted' })];
    const bodies = Array.from({ length: 50 }, () =>
      JSON.stringify(batch({ events: [event()] })).padEnd(1024 * 1024),
    );
    const taken = bodies.map((body, index) => intakes[index % 2]?.take(letterOf(body)));
    expect(intakes.map((intake) => intake.full())).toEqual([true, true]);
    const kinds = (await Promise.all(taken)).map((result) => result?.kind);
    expect(kinds).toEqual([...Array(32).fill('committed'), ...Array(18).fill('full')]);
    expect(intakes.map((intake) => intake.full())).toEqual([false, false]);
    for (const body of bodies.slice(32)) {
      expect(await intakes[0]?.take(letterOf(body))).toMatchObject({ kind: 'committed' });
    }
    expect(await store.events(ALWAYS, 100)).toHaveLength(50);
  });

  test('of a thread that ended are not acknowledged, and those after it go to another', async () => {
    const intake = (await openBoth(url)).intakeOf(CONFIG);
    const body = batch({ views: [view()] });

    const taken = intake.take(letterOf(body));
    await threads[0]?.terminate();
    expect(await taken).toMatchObject({ kind: 'failed', code: 'unavailable' });
    expect(await intake.take(letterOf(body))).toMatchObject({ kind: 'committed' });
  });
});

async function openBoth(url: string): Promise<Opened> {
  const opened = await openInThread(url);
  if (opened.store === null) throw new Error(`${opened.detail} — npx turbo run build`);
  onTestFinished(() => opened.store.close());
  return opened;
}

async function open(url: string): Promise<RumStore> {
  const opened = await openInThread(url);
  if (opened.store === null) throw new Error(`${opened.detail} — npx turbo run build`);
  return opened.store;
}
