import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LossReason } from '../../protocol/index.js';
import {
  type Answer,
  accept,
  type CollectorServer,
  startCollectorServer,
} from '../../testing/collectorServer.js';
import { type BodyStore, LEASE_MS, openBodyStore } from './bodyStore.js';
import { createResender, type Resender } from './resender.js';

const NOON = 1_795_608_000_000;

let time: number;
let server: CollectorServer;
let store: BodyStore;
let resender: Resender;
let lost: [LossReason, number][];
let isAllowed: boolean;

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  time = NOON;
  lost = [];
  isAllowed = true;
});

afterEach(async () => {
  resender.stop();
  store.close();
  await server.close();
});

/** Bodies of an earlier page, and a resender in a later one. */
async function start(answer: Answer, ...ids: string[]): Promise<void> {
  server = await startCollectorServer(answer);
  store = await openBodyStore(
    () => time,
    () => {},
  );
  for (const id of ids) {
    const text = JSON.stringify({ sentAt: time, views: [], events: [{ id, properties: { sentAt: 1 } }] });
    await store.put([time, text.length, 2, id], { url: server.url, text });
    time += 1;
  }
  time += LEASE_MS;
  resender = createResender(store, {
    now: () => time,
    fetch,
    mayResend: () => isAllowed,
    isOwn: ([, , , id]) => id === 'own',
    lose: (reason, count) => {
      if (count > 0) lost.push([reason, count]);
    },
  });
}

const refuse =
  (status: number, body: object = {}, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** What is still kept. */
async function left(): Promise<number> {
  let count = 0;
  time += 2 * LEASE_MS;
  while ((await store.claim(() => false)).key) count += 1;
  return count;
}

test('bodies go oldest first, as they were but for the time of sending', async () => {
  await start(accept, 'a', 'b');
  resender.run();
  await vi.waitFor(() => expect(server.batches).toHaveLength(2));
  expect(server.batches).toEqual([
    { sentAt: time, views: [], events: [{ id: 'a', properties: { sentAt: 1 } }] },
    { sentAt: time, views: [], events: [{ id: 'b', properties: { sentAt: 1 } }] },
  ]);
  await vi.waitFor(async () => expect(await left()).toBe(0));
  expect(lost).toEqual([]);
});

test('a body that its own page still sends is left to it', async () => {
  await start(accept, 'own', 'a');
  resender.run();
  await vi.waitFor(() => expect(server.committedIds).toEqual(['a']));
  resender.stop();
  await vi.waitFor(async () => expect(await left()).toBe(1));
});

test.each([
  [400, {}, 'rejected', 2],
  [400, { error: 'unsupported_version' }, 'unsupported_version', 2],
  [413, { error: 'too_large' }, 'too_large', 2],
  [202, { rejected: [{ id: 'a', reason: 'invalid' }] }, 'rejected', 1],
])('what is refused with %i %j goes, and is counted', async (status, body, reason, count) => {
  await start(refuse(status, body), 'a');
  resender.run();
  await vi.waitFor(() => expect(lost).toEqual([[reason, count]]));
  await vi.waitFor(async () => expect(await left()).toBe(0));
});

test.each([
  ['no answer', () => {}],
  ['a sign-in page', refuse(200)],
  ['408', refuse(408)],
  ['429', refuse(429)],
  ['503', refuse(503)],
] satisfies [string, Answer][])(
  'after %s all of it stays, and one request is tried',
  async (_name, answer) => {
    await start(answer, 'a', 'b');
    resender.run();
    await vi.waitFor(() => expect(server.batches).toHaveLength(1));
    resender.stop();
    await vi.waitFor(async () => expect(await left()).toBe(2));
    expect(server.batches).toHaveLength(1);
    expect(lost).toEqual([]);
  },
);

test('looks again when the collector said so, and sooner where the network is back', async () => {
  await start((response, before, batch) => {
    (before === 0 ? refuse(503, {}, { 'retry-after': '120' }) : accept)(response, before, batch);
  }, 'a');
  const wait = vi.spyOn(globalThis, 'setTimeout');
  resender.run();
  await vi.waitFor(() => expect(wait).toHaveBeenCalledWith(expect.any(Function), 120_000));
  expect(server.batches).toHaveLength(1);

  resender.run();
  await vi.waitFor(() => expect(server.committedIds).toEqual(['a']));
});

test('sends nothing once the visitor has taken consent back', async () => {
  await start(accept, 'a');
  isAllowed = false;
  resender.run();
  await vi.waitFor(async () => expect(await left()).toBe(1));
  expect(server.batches).toEqual([]);
});

test('looks when it is told to', async () => {
  await start(accept, 'a');
  resender.wake(10);
  await vi.waitFor(() => expect(server.committedIds).toEqual(['a']));
});

test('an earlier look is not held up by a later one', async () => {
  await start(accept, 'a');
  resender.wake(LEASE_MS);
  resender.wake(10);
  await vi.waitFor(() => expect(server.committedIds).toEqual(['a']));
});
