import { expect, test, vi } from 'vitest';
import { newId } from '../../protocol/newId.js';
import { customEvent, senders, session, viewRevision } from '../../testing/senders.js';

const { createSender, serve } = senders();

test('what waits is sent when its time is over, with what is made only then', async () => {
  const server = await serve();
  const pull = vi.fn();
  const { transport, addEvents } = createSender(server.url, { now: Date.now, flushInterval: 20, pull });
  const ids = addEvents(1);
  await vi.waitFor(() => expect(server.committedIds).toEqual(ids));
  expect(pull).toHaveBeenCalledWith(false);
  transport.changed();
  await vi.waitFor(() => expect(pull).toHaveBeenCalledTimes(2));
});

test.each([
  ['50 items', 50, ''],
  ['16 KiB', 2, 'x'.repeat(9000)],
])('%s are sent before, in a task of their own', async (_what, count, text) => {
  const server = await serve();
  const { addEvents } = createSender(server.url);
  const ids = addEvents(count, text);
  expect(server.batches).toEqual([]);
  await vi.waitFor(() => expect(server.committedIds).toEqual(ids));
});

test('less than that waits', async () => {
  vi.useFakeTimers();
  const fetch = vi.fn<typeof globalThis.fetch>(() => new Promise(() => {}));
  const { addEvents } = createSender('http://collector.test/batch', {
    fetch,
    now: Date.now,
    flushInterval: 10_000,
  });
  addEvents(49);
  await vi.advanceTimersByTimeAsync(9999);
  expect(fetch).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(fetch).toHaveBeenCalledOnce();
  vi.useRealTimers();
});

test('a silent page sends nothing', async () => {
  vi.useFakeTimers();
  const pull = vi.fn();
  createSender('http://collector.test/batch', { now: Date.now, flushInterval: 10_000, pull });
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(pull).not.toHaveBeenCalled();
  vi.useRealTimers();
});

test('a backlog goes in bodies of at most 60,000 bytes, in order', async () => {
  const server = await serve();
  const { transport, addEvents } = createSender(server.url);
  const ids = addEvents(300, 'ä'.repeat(500));
  await transport.flush();
  expect(server.committedIds).toEqual(ids);
  expect(Math.max(...server.sizes)).toBeLessThanOrEqual(60_000);
});

test('and of at most 500 items', async () => {
  const server = await serve();
  const { transport } = createSender(server.url);
  const tiny = { ...customEvent(), properties: {}, viewId: '', route: '' };
  for (let index = 0; index < 1200; index++) transport.add({ ...tiny, id: `${index}` }, session);
  await transport.flush();
  expect(server.committedIds).toHaveLength(1200);
  expect(Math.max(...server.batches.map(({ events }) => events.length))).toBeLessThanOrEqual(500);
});

test('the queue takes 1 MiB; what more comes is counted as lost, and what is there is not', async () => {
  const server = await serve();
  let mayDeliver = false;
  const { transport, addEvents, losses } = createSender(server.url, { mayDeliver: () => mayDeliver });
  const ids = addEvents(3000, 'x'.repeat(1000));
  const refused = losses.get('queue_full') ?? 0;
  mayDeliver = true;
  await transport.flush();
  expect(server.committedIds).toEqual(ids.slice(0, -refused));
  const bytes = server.batches
    .flatMap(({ events }) => events)
    .reduce((sum, event) => sum + JSON.stringify(event).length, 0);
  expect(bytes).toBeLessThanOrEqual(1024 * 1024);
  expect(bytes).toBeGreaterThan(1024 * 1024 - 3000);
});

test('a full queue has room for views and for reports of losses', async () => {
  const server = await serve();
  let mayDeliver = false;
  const { transport, addEvents, losses } = createSender(server.url, { mayDeliver: () => mayDeliver });
  const id = newId(Date.now());
  const path = `/${'x'.repeat(400)}`;
  transport.add({ ...viewRevision(id, 1), path }, session);
  addEvents(3000, 'x'.repeat(1000));
  addEvents(20);
  const refused = losses.get('queue_full');
  transport.add({ ...viewRevision(id, 2), path }, session);
  const { id: lossId, viewId, at, route } = customEvent();
  transport.add({ type: 'loss', id: lossId, viewId, at, route, reason: 'queue_full', count: 7 }, session);
  expect(losses.get('queue_full')).toBe(refused);
  mayDeliver = true;
  await transport.flush();
  expect(server.batches.flatMap(({ views }) => views)).toMatchObject([{ id, revision: 2 }]);
  expect(server.committedIds).toContain(lossId);
});

test('what is too large for any body is counted, and the rest goes', async () => {
  const server = await serve();
  const { transport, addEvents, losses } = createSender(server.url);
  const texts = Array.from({ length: 60 }, () => 'x'.repeat(1000));
  transport.add({ ...customEvent(), type: 'custom', name: 'large', properties: { texts } }, session);
  const ids = addEvents(1);
  await transport.flush();
  expect([...losses]).toEqual([['too_large', 1]]);
  expect(server.committedIds).toEqual(ids);
});

test('bodies are compressed while the page lives', async () => {
  const server = await serve();
  const { transport, addEvents } = createSender(server.url, { isCompressed: true });
  const ids = addEvents(40, 'x'.repeat(300));
  await transport.flush();
  ids.push(...addEvents(40, 'x'.repeat(300)));
  transport.leave(true);
  await vi.waitFor(() => expect(server.committedIds).toEqual(ids));
  const [compressed, leaving] = server.sizes;
  expect(compressed).toBeLessThan(3000);
  expect(leaving).toBe(JSON.stringify(server.batches[1]).length);
});

test('where compression fails, the text goes', async () => {
  vi.stubGlobal('CompressionStream', undefined);
  const server = await serve();
  const { transport, addEvents } = createSender(server.url, { isCompressed: true });
  const ids = addEvents(40, 'x'.repeat(300));
  await transport.flush();
  expect(server.committedIds).toEqual(ids);
});

const throwing = (): never => {
  throw new Error('patched');
};
test.each([
  ['fetch', { fetch: throwing }],
  ['envelope', { envelopeOf: throwing }],
])('a flush never rejects, and what waits stays: %s throws', async (_what, broken) => {
  const { transport, addEvents, losses } = createSender('http://collector.test/batch', broken);
  addEvents(1);
  await transport.flush();
  await transport.flush();
  transport.leave(false);
  transport.leave(true);
  await new Promise((resolve) => setTimeout(resolve));
  expect([...losses]).toEqual([]);
});

test('once a request can be written again, it goes', async () => {
  const server = await serve();
  const envelopeOf = vi.fn((): object => ({ v: 1 })).mockImplementationOnce(throwing);
  const { addEvents } = createSender(server.url, { envelopeOf, now: Date.now, flushInterval: 20 });
  const ids = addEvents(1);
  await vi.waitFor(() => expect(server.committedIds).toEqual(ids));
});
