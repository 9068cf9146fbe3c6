import type { ServerResponse } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { type LossReason, newId, type RumEvent } from '../../protocol/index.js';
import { type Answer, accept, startCollectorServer } from '../../testing/collectorServer.js';
import { writeBatch } from './batch.js';
import { createDelivery, type Delivery, type DeliveryOptions } from './delivery.js';
import { createLosses, type Losses } from './losses.js';
import { createQueue, type Queue } from './queue.js';
import { createRetryGate } from './retryGate.js';

interface Sender {
  readonly delivery: Delivery;
  readonly queue: Queue;
  readonly losses: Losses;
  /** Moves the clock on, in ms. */
  pass(ms: number): void;
}

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

function createSender(options: Partial<DeliveryOptions> & Pick<DeliveryOptions, 'url'>): Sender {
  let now = 1_700_000_000_000;
  const losses = createLosses();
  const queue = createQueue({ bytes: 1024 * 1024, itemBytes: 58_000 }, losses);
  const delivery = createDelivery({
    queue,
    losses,
    gate: createRetryGate(
      () => now,
      () => 0.5,
    ),
    now: () => now,
    write: (items) => writeBatch({ app: 'default', sessionId: newId(now) }, { automated: true }, items, now),
    fetch,
    beacon: () => false,
    keepalive: true,
    onUnsupported: () => {},
    ...options,
  });
  cleanups.push(() => delivery.stop());
  return {
    delivery,
    queue,
    losses,
    pass: (ms) => {
      now += ms;
    },
  };
}

async function serve(answer?: Answer) {
  const server = await startCollectorServer(answer);
  cleanups.push(server.close);
  return server;
}

function customEvent(text = ''): RumEvent {
  const now = Date.now();
  return {
    type: 'custom',
    id: newId(now),
    viewId: newId(now),
    at: now,
    route: '/',
    name: 'test',
    properties: { text },
  };
}

function addEvents(queue: Queue, count: number, text?: string): string[] {
  return Array.from({ length: count }, () => {
    const event = customEvent(text);
    queue.add(event);
    return event.id;
  });
}

function answerWith(status: number, body: unknown = {}, headers: Record<string, string> = {}): Answer {
  return (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

const unavailable = answerWith(503, { error: 'unavailable', message: '' });

test('each event is committed once although the collector fails in every way first', async () => {
  const failures: Answer[] = [
    unavailable,
    answerWith(429),
    answerWith(500),
    () => {
      // Hangs up without an answer.
    },
  ];
  const server = await serve((response, before, batch) =>
    (failures[before] ?? accept)(response, before, batch),
  );
  const { delivery, queue, losses, pass } = createSender({ url: server.url });
  const ids = addEvents(queue, 3);

  for (let attempt = 0; attempt < failures.length + 1; attempt++) {
    await delivery.send();
    pass(60_000);
  }
  ids.push(...addEvents(queue, 1));
  await delivery.send();

  expect(server.committedIds).toEqual(ids);
  expect(server.batches).toHaveLength(failures.length + 2);
  expect(losses.take()).toEqual([]);
});

test('a retry carries the same ids and says when it was sent', async () => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? unavailable : accept)(response, before, batch),
  );
  const { delivery, queue, pass } = createSender({ url: server.url });
  addEvents(queue, 2);
  await delivery.send();
  pass(5000);
  await delivery.send();

  const [first, second] = server.batches;
  expect(second?.events).toEqual(first?.events);
  expect(second?.sentAt).toBe((first?.sentAt ?? 0) + 5000);
});

test('the retry comes by itself', async () => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? unavailable : accept)(response, before, batch),
  );
  const { delivery, queue } = createSender({
    url: server.url,
    gate: createRetryGate(Date.now, () => 0.01),
  });
  const ids = addEvents(queue, 1);
  await delivery.send();
  await vi.waitFor(() => expect(server.committedIds).toEqual(ids));
});

test('nothing is sent before Retry-After is over, unless the page goes', async () => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? answerWith(503, {}, { 'retry-after': '120' }) : accept)(response, before, batch),
  );
  const { delivery, queue, pass } = createSender({ url: server.url });
  const ids = addEvents(queue, 1);
  await delivery.send();
  pass(119_000);
  await delivery.send();
  delivery.sendLeaving(false);
  expect(server.batches).toHaveLength(1);

  delivery.sendLeaving(true);
  await vi.waitFor(() => expect(server.committedIds).toEqual(ids));
});

test('after five failures the breaker opens, and one request finds out whether the collector is back', async () => {
  let down = true;
  const server = await serve((response, before, batch) =>
    (down ? unavailable : accept)(response, before, batch),
  );
  const { delivery, queue, pass } = createSender({ url: server.url });
  const ids = addEvents(queue, 400, 'x'.repeat(400));
  for (let failure = 0; failure < 5; failure++) {
    await delivery.send();
    pass(failure < 4 ? 10_000 : 29_000);
  }
  expect(server.batches).toHaveLength(5);
  await delivery.send();
  expect(server.batches).toHaveLength(5);

  pass(31_000);
  delivery.sendLeaving(false);
  await delivery.send();
  expect(server.batches).toHaveLength(6);

  down = false;
  pass(60_000);
  await delivery.send();
  expect(server.committedIds).toEqual(ids);
});

test.each([
  [400, 'rejected'],
  [413, 'too_large'],
  [415, 'rejected'],
  [422, 'rejected'],
  [404, 'rejected'],
] satisfies [number, LossReason][])('%i drops the batch and counts it as %s', async (status, reason) => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? answerWith(status, { error: 'malformed', message: '' }) : accept)(
      response,
      before,
      batch,
    ),
  );
  const { delivery, queue, losses } = createSender({ url: server.url });
  addEvents(queue, 3);
  await delivery.send();
  const later = addEvents(queue, 1);
  await delivery.send();

  expect(losses.take()).toEqual([[reason, 3]]);
  expect(server.committedIds).toEqual(later);
});

test('a collector of another protocol version gets nothing more', async () => {
  const onUnsupported = vi.fn();
  const server = await serve(answerWith(400, { error: 'unsupported_version', message: '', supported: [2] }));
  const { delivery, queue, losses, pass } = createSender({ url: server.url, onUnsupported });
  addEvents(queue, 2);
  await delivery.send();
  pass(3_600_000);
  addEvents(queue, 1);
  await delivery.send();
  delivery.sendLeaving(true);

  expect(server.batches).toHaveLength(1);
  expect(losses.take()).toEqual([['unsupported_version', 2]]);
  expect(onUnsupported).toHaveBeenCalledOnce();
});

test('a page that answers 200 is no collector: nothing is taken for committed', async () => {
  const server = await serve((response, before, batch) =>
    (before === 0 ? answerWith(200) : accept)(response, before, batch),
  );
  const { delivery, queue, pass } = createSender({ url: server.url });
  const ids = addEvents(queue, 1);
  await delivery.send();
  pass(60_000);
  await delivery.send();
  expect(server.committedIds).toEqual(ids);
});

test('items that the collector refuses are counted, refused reports of losses are not', async () => {
  const server = await serve(
    answerWith(202, {
      accepted: 0,
      duplicate: 0,
      rejected: [
        { kind: 'event', index: 0, reason: 'invalid', message: '' },
        { kind: 'event', index: 1, reason: 'invalid', message: '' },
      ],
    }),
  );
  const { delivery, queue, losses } = createSender({ url: server.url });
  addEvents(queue, 1);
  const { id, viewId, at, route } = customEvent();
  queue.add({ type: 'loss', id, viewId, at, route, reason: 'queue_full', count: 7 });
  await delivery.send();
  expect(losses.take()).toEqual([['rejected', 1]]);
});

test('a backlog goes in bodies of at most 60,000 bytes, in order', async () => {
  const sizes: number[] = [];
  const server = await serve((response, before, batch) => {
    sizes.push(JSON.stringify(batch).length);
    accept(response, before, batch);
  });
  const { delivery, queue } = createSender({ url: server.url });
  const ids = addEvents(queue, 300, 'x'.repeat(1000));
  await delivery.send();
  expect(server.committedIds).toEqual(ids);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(60_000);
});

test('a leaving page hands every item over once, within what the browser allows', () => {
  const kept: string[] = [];
  const beacons: string[] = [];
  const plain: string[] = [];
  const { delivery, queue } = createSender({
    url: 'http://collector.test/batch',
    fetch: (_url, init) => {
      (init?.keepalive ? kept : plain).push(String(init?.body));
      return new Promise(() => {});
    },
    // A browser that has only so much left for beacons.
    beacon: (_url, body) => {
      const left = 20_000 - beacons.join('').length;
      if (body.length <= left) beacons.push(body);
      return body.length <= left;
    },
  });
  const ids = addEvents(queue, 200, 'x'.repeat(1000));
  delivery.sendLeaving(true);

  const idsOf = (bodies: string[]): string[] =>
    bodies.flatMap((body) => (JSON.parse(body) as { events: RumEvent[] }).events.map(({ id }) => id));
  expect(kept.join('').length).toBeLessThanOrEqual(60_000);
  expect(kept.length).toBeGreaterThan(0);
  expect(beacons.length).toBeGreaterThan(0);
  expect([...idsOf(kept), ...idsOf(beacons), ...idsOf(plain)].sort()).toEqual(ids.sort());
  expect(queue.size()).toBe(0);
});

test('where requests end with their page, the ones under way go once more as beacons, with the same ids', async () => {
  const beacons: string[] = [];
  const { delivery, queue } = createSender({
    url: 'http://collector.test/batch',
    fetch: () => new Promise(() => {}),
    beacon: (_url, body) => beacons.push(body) > 0,
    keepalive: false,
  });
  const [first] = addEvents(queue, 1);
  void delivery.send();
  const [second] = addEvents(queue, 1);
  delivery.sendLeaving(true);

  const events = beacons.flatMap((body) => (JSON.parse(body) as { events: RumEvent[] }).events);
  expect(events.map(({ id }) => id)).toEqual([first, second]);
});
