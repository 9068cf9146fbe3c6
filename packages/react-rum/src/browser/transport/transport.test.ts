import { expect, test, vi } from 'vitest';
import type { LossReason } from '../../protocol/index.js';
import { newId } from '../../protocol/newId.js';
import { type Answer, accept } from '../../testing/collectorServer.js';
import {
  answerWith,
  customEvent,
  senders,
  session,
  unavailable,
  viewRevision,
} from '../../testing/senders.js';
import type { Emit } from '../signals.js';
import type { Item } from './item.js';

const { createSender, serve } = senders();
const URL = 'http://collector.test/batch';

test('each event is committed once although the collector fails in every way first', async () => {
  const failures: Answer[] = [
    unavailable,
    answerWith(429),
    answerWith(500),
    answerWith(408),
    () => {
      // Hangs up without an answer.
    },
  ];
  const server = await serve((response, before, batch) =>
    (failures[before] ?? accept)(response, before, batch),
  );
  const { transport, addEvents, losses, pass } = createSender(server.url);
  const ids = addEvents(3);
  for (let attempt = 0; attempt < failures.length + 1; attempt++) {
    await transport.flush();
    pass(60_000);
  }
  ids.push(...addEvents(1));
  await transport.flush();
  expect(server.committedIds).toEqual(ids);
  expect(server.batches).toHaveLength(failures.length + 2);
  expect([...losses]).toEqual([]);
});

test('a retry carries the same items and says when it was sent', async () => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? unavailable : accept)(response, before, batch),
  );
  const { transport, addEvents, pass } = createSender(server.url);
  addEvents(2);
  await transport.flush();
  pass(5000);
  await transport.flush();
  const [first, second] = server.batches;
  expect(second?.events).toEqual(first?.events);
  expect(second?.sentAt).toBe((first?.sentAt ?? 0) + 5000);
});

test('the retry comes by itself', async () => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? unavailable : accept)(response, before, batch),
  );
  const { transport, addEvents } = createSender(server.url, { now: Date.now, flushInterval: 20 });
  vi.spyOn(Math, 'random').mockReturnValue(0.05);
  const ids = addEvents(1);
  await transport.flush();
  await vi.waitFor(() => expect(server.committedIds).toEqual(ids));
});

test('the retry comes by itself though the clock was set back meanwhile', async () => {
  vi.useFakeTimers();
  let setBack = 0;
  const fetch = vi.fn(async () => Response.json({}, { status: 503 }));
  const { addEvents } = createSender(URL, { fetch, now: () => Date.now() - setBack, flushInterval: 1000 });
  addEvents(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(fetch).toHaveBeenCalledTimes(1);
  setBack = 3_600_000;
  await vi.advanceTimersByTimeAsync(1500);
  expect(fetch).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});

test('nothing is sent before Retry-After is over, unless the page goes', async () => {
  vi.useFakeTimers();
  const fetch = vi.fn(async () => new Response(null, { status: 503, headers: { 'retry-after': '120' } }));
  const { transport, addEvents } = createSender(URL, { fetch, now: Date.now, flushInterval: 10_000 });
  addEvents(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(fetch).toHaveBeenCalledTimes(1);
  addEvents(100);
  await vi.advanceTimersByTimeAsync(119_000);
  transport.leave(false);
  expect(fetch).toHaveBeenCalledTimes(1);
  transport.leave(true);
  expect(fetch).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});

test.each(['-5', 'soon', '99999999999', 'Wed, 21 Oct 2099 07:28:00 GMT'])(
  'a Retry-After of %s stops nothing for good',
  async (retryAfter) => {
    const server = await serve((response, before, batch) =>
      (before === 0 ? answerWith(503, {}, { 'retry-after': retryAfter }) : accept)(response, before, batch),
    );
    const { transport, addEvents, pass } = createSender(server.url);
    const ids = addEvents(1);
    await transport.flush();
    pass(3_600_000);
    await transport.flush();
    expect(server.committedIds).toEqual(ids);
  },
);

test('what must wait for a pause to end is told of as if it went, for those who keep it', async () => {
  const server = await serve(unavailable);
  const told: string[] = [];
  const emit: Emit = (_name, ...[items, , status]) => {
    if (status === undefined) told.push(...(items as readonly Item[]).map(({ id }) => id));
    return false;
  };
  const { transport, addEvents } = createSender(server.url, { emit });
  const ids = addEvents(150, 'x'.repeat(1000));
  await transport.flush();
  expect(told).toEqual(ids);
  expect(server.batches).toHaveLength(1);

  const later = addEvents(1);
  transport.leave(false);
  expect(told.slice(ids.length)).toEqual([...ids, ...later]);
  await transport.flush();
  expect(server.batches).toHaveLength(2);
});

test('where it is kept, what comes in a pause, or while an answer is waited for, is told of no later than else', async () => {
  vi.useFakeTimers();
  let answer = (): void => {};
  const fetch = vi.fn(
    () =>
      new Promise<Response>((resolve) => {
        answer = () => resolve(Response.json({}, { status: 503, headers: { 'retry-after': '3600' } }));
      }),
  );
  const told = new Set<string>();
  const emit: Emit = (_name, ...[items, , status]) => {
    if (status === undefined) for (const { id } of items as readonly Item[]) told.add(id);
    return true;
  };
  const { addEvents } = createSender(URL, { fetch, now: Date.now, flushInterval: 10_000, emit });
  const [first = ''] = addEvents(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([...told]).toEqual([first]);
  const whileAsked = addEvents(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([...told]).toEqual([first, ...whileAsked]);
  answer();
  await vi.advanceTimersByTimeAsync(1);
  const inPause = addEvents(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([...told]).toEqual([first, ...whileAsked, ...inPause]);
  expect(fetch).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(fetch).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});

test('one who asks for a flush does not wait for the pause', async () => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? unavailable : accept)(response, before, batch),
  );
  const { transport, addEvents } = createSender(server.url);
  const ids = addEvents(1);
  await transport.flush();
  await transport.flush();
  expect(server.committedIds).toEqual(ids);
});

test('after five failures the breaker opens, and one request finds out whether the collector is back', async () => {
  vi.useFakeTimers();
  let status = 503;
  const fetch = vi.fn(async () => Response.json({}, { status }));
  const { addEvents } = createSender(URL, { fetch, now: Date.now, flushInterval: 10_000 });
  addEvents(200, 'x'.repeat(1000));
  await vi.advanceTimersByTimeAsync(40_000);
  expect(fetch).toHaveBeenCalledTimes(5);
  await vi.advanceTimersByTimeAsync(44_000);
  expect(fetch).toHaveBeenCalledTimes(5);
  await vi.advanceTimersByTimeAsync(2000);
  expect(fetch).toHaveBeenCalledTimes(6);
  status = 202;
  await vi.advanceTimersByTimeAsync(45_000);
  expect(fetch).toHaveBeenCalledTimes(11);
  vi.useRealTimers();
});

test.each([
  [400, 'rejected'],
  [403, 'rejected'],
  [404, 'rejected'],
  [413, 'too_large'],
  [415, 'rejected'],
  [422, 'rejected'],
] satisfies [number, LossReason][])('%i drops the batch and counts it as %s', async (status, reason) => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? answerWith(status, { error: 'malformed' }) : accept)(response, before, batch),
  );
  const { transport, addEvents, losses } = createSender(server.url);
  addEvents(3);
  await transport.flush();
  const later = addEvents(1);
  await transport.flush();
  expect([...losses]).toEqual([[reason, 3]]);
  expect(server.committedIds).toEqual(later);
});

test('an answer that is no JSON is known by its status', async () => {
  const server = await serve((response, before, batch) => {
    if (before > 0) return accept(response, before, batch);
    response.writeHead(404, { 'content-type': 'text/html' });
    response.end('<h1>Not here</h1>');
  });
  const { transport, addEvents, losses } = createSender(server.url);
  addEvents(1);
  await transport.flush();
  expect([...losses]).toEqual([['rejected', 1]]);
});

test('a collector of another protocol version is told to the agent, once, with what is lost', async () => {
  const server = await serve(answerWith(400, { error: 'unsupported_version', supported: [2] }));
  const onUnsupported = vi.fn(() => transport.clear());
  const { transport, addEvents, losses } = createSender(server.url, { onUnsupported });
  addEvents(2, 'x'.repeat(35_000));
  await transport.flush();
  transport.leave(true);
  expect(server.batches).toHaveLength(1);
  expect([...losses]).toEqual([['unsupported_version', 1]]);
  expect(onUnsupported).toHaveBeenCalledOnce();
});

test('a page that answers 200 is no collector: nothing is taken for committed', async () => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? answerWith(200) : accept)(response, before, batch),
  );
  const { transport, addEvents, pass } = createSender(server.url);
  const ids = addEvents(1);
  await transport.flush();
  pass(60_000);
  await transport.flush();
  expect(server.committedIds).toEqual(ids);
});

test('items that the collector refuses are counted, refused reports of losses are not', async () => {
  const server = await serve((response, _before, { events }) => {
    const rejected = events.map(({ id }, index) => ({ kind: 'event', index, id, reason: 'invalid' }));
    answerWith(202, { accepted: 0, duplicate: 0, rejected })(response, 0, { views: [], events } as never);
  });
  const { transport, addEvents, losses } = createSender(server.url);
  addEvents(1);
  const { id, viewId, at, route } = customEvent();
  transport.add({ type: 'loss', id, viewId, at, route, reason: 'queue_full', count: 7 }, session);
  await transport.flush();
  expect([...losses]).toEqual([['rejected', 1]]);
  await transport.flush();
  expect(server.batches).toHaveLength(1);
});

test('a newer revision takes the place of the one that waits', async () => {
  const server = await serve();
  const { transport } = createSender(server.url);
  const id = newId(Date.now());
  for (const revision of [1, 2, 3]) transport.add(viewRevision(id, revision), session);
  await transport.flush();
  expect(server.batches.map(({ views }) => views.map(({ revision }) => revision))).toEqual([[3]]);
});

test('a revision that comes while an older one is under way is sent after it', async () => {
  const server = await serve();
  const { transport } = createSender(server.url);
  const id = newId(Date.now());
  transport.add(viewRevision(id, 1), session);
  const flushed = transport.flush();
  await vi.waitFor(() => expect(server.batches).toHaveLength(1));
  transport.add(viewRevision(id, 2), session);
  await flushed;
  await transport.flush();
  await transport.flush();
  expect(server.batches.map(({ views }) => views.map(({ revision }) => revision))).toEqual([[1], [2]]);
});

test('a batch is of one session', async () => {
  const server = await serve();
  const { transport } = createSender(server.url);
  const other = { id: newId(2), sampled: 1 } as const;
  for (const from of [session, other, session]) transport.add(customEvent(), from);
  await transport.flush();
  expect(server.batches.map(({ sessionId, events }) => [sessionId, events.length])).toEqual([
    [session.id, 2],
    [other.id, 1],
  ]);
});

test('nothing is sent while nothing may be delivered; then all of it', async () => {
  let mayDeliver = false;
  const server = await serve();
  const { transport, addEvents } = createSender(server.url, { mayDeliver: () => mayDeliver });
  const ids = addEvents(2);
  await transport.flush();
  transport.leave(false);
  transport.leave(true);
  mayDeliver = true;
  await transport.flush();
  expect(server.batches).toHaveLength(1);
  expect(server.committedIds).toEqual(ids);
});

test('what was thrown away is not sent', async () => {
  const server = await serve();
  const { transport, addEvents } = createSender(server.url);
  addEvents(3);
  transport.clear();
  await transport.flush();
  expect(server.batches).toEqual([]);
});

test('what is being compressed when the visitor says no is not sent', async () => {
  const server = await serve();
  let mayDeliver = true;
  const { transport, addEvents } = createSender(server.url, {
    isCompressed: true,
    mayDeliver: () => mayDeliver,
  });
  addEvents(40, 'x'.repeat(500));
  const flushed = transport.flush();
  await Promise.resolve();
  mayDeliver = false;
  await flushed;
  expect(server.batches).toEqual([]);
});
